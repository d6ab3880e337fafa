import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Design } from "../../ir/index.ts";
import { findTool } from "../../tools/find-tool.ts";
import { makeFolders } from "../../tools/make-folders.ts";
import { type RunToolOptions, runTool, ToolError } from "../../tools/run-tool.ts";
import { benchModuleName } from "./bench-names.ts";
import { discardEntry, findCacheFolder, moveIntoCache, pruneCache, temporaryName } from "./cache-folder.ts";
import type { CoverCounter } from "./cover-counters.ts";
import { type EmittedFile, refuseUnsafeNames } from "./emitted-file.ts";
import type { FrameLayout } from "./ports.ts";
import { modelPrefix, verilatorBench, verilatorMain } from "./verilator-harness.ts";
import { type RunMake, VerilatorRuntime } from "./verilator-runtime.ts";

/** Simulators kept in a cache folder; about a megabyte each. */
const entriesKept = 200;

export interface VerilatorBuildOptions {
  readonly cacheDir: string | undefined;
  /** Build with support for waves. */
  readonly trace: boolean;
  /** The covers that the program tells of. Default none. */
  readonly covers?: readonly CoverCounter[];
  /** Leave assertions out. Default false. */
  readonly withoutProperties?: boolean;
  /** Time limit in milliseconds for Verilator and for the C++ compiler, each. */
  readonly timeoutMs: number;
}

export interface VerilatorBuild {
  readonly program: string;
  /** For instance `Verilator 5.006`. */
  readonly product: string;
  /** False when the program was in the cache. */
  readonly fresh: boolean;
}

/**
 * The simulator program for a design: from the cache when one was built from the same Verilog, harness, flags and
 * tools, else built now. A damaged cache entry is built again.
 *
 * @throws ToolError when a tool is missing, too old, refuses the Verilog or exceeds its time limit.
 */
export async function buildVerilatorProgram(
  design: Design,
  files: readonly EmittedFile[],
  inputs: FrameLayout,
  outputs: FrameLayout,
  options: VerilatorBuildOptions,
): Promise<VerilatorBuild> {
  const [verilator, compiler, make] = await Promise.all([findTool("verilator"), findTool("g++"), findTool("make")]);
  const covers = options.covers ?? [];
  const sources: EmittedFile[] = [
    ...files,
    { module: "", fileName: "lodestone_bench.v", text: verilatorBench(design, inputs, outputs, covers) },
    { module: "", fileName: "lodestone_main.cpp", text: verilatorMain(design, inputs, outputs, covers) },
  ];
  refuseUnsafeNames(sources);
  const flags = verilatorFlags(design, options.trace, options.withoutProperties === true);
  const tools = [
    verilator.path,
    verilator.version,
    compiler.path,
    compiler.version,
    ...makeFlags,
    String(options.trace),
  ];
  const folder = await findCacheFolder(options.cacheDir);
  const key = hashOf([...tools, ...flags, ...sources.flatMap((file) => [file.fileName, file.text])]);
  const entry = join(folder, `sim-${key}`);
  const result = { program: join(entry, "simulator"), product: verilator.product };
  if (await isIntact(entry)) return { ...result, fresh: false };

  await discardEntry(entry);
  const work = temporaryName(entry);
  const objects = join(work, "obj");
  const runtime = new VerilatorRuntime(join(folder, `runtime-${hashOf(tools)}`), objects);
  const how = { cwd: work, timeoutMs: options.timeoutMs, topName: design.top.name };
  makeFolders(objects);
  try {
    for (const file of sources) await writeFile(join(work, file.fileName), file.text);
    const verilogNames = sources.filter((file) => file.fileName.endsWith("v")).map((file) => file.fileName);
    await run(verilator.path, [...flags, "lodestone_main.cpp", ...verilogNames], how);
    const runMake: RunMake = (args, environment) =>
      run(
        make.path,
        ["-C", "obj", "-f", `${modelPrefix}.mk`, "-j", "2", `CXX=${compiler.path}`, ...makeFlags, ...args],
        {
          ...how,
          // The caller's flags, and those of a make that runs us, are not part of the key and so must have no effect.
          env: { CPPFLAGS: undefined, CXXFLAGS: undefined, LDFLAGS: undefined, MAKEFLAGS: undefined, ...environment },
        },
      );
    try {
      await runMake(await parallelFlags(objects), await runtime.lend(runMake));
    } catch (error) {
      // Should a damaged runtime be the reason, the next build must not meet it again.
      await runtime.discard();
      throw error;
    }
    await runtime.keep();

    const finished = temporaryName(entry);
    await mkdir(finished);
    await copyFile(join(objects, modelPrefix), join(finished, "simulator"));
    await writeFile(join(finished, "sha256"), await fileHash(join(finished, "simulator")));
    await moveIntoCache(finished, entry);
    await pruneCache(folder, entriesKept);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { ...result, fresh: true };
}

function verilatorFlags(design: Design, trace: boolean, withoutProperties: boolean): string[] {
  return [
    "--cc",
    "--exe",
    "-O3",
    // Memories and registers begin at 0 and unknown reads give 0, as in the in-process engine.
    "--x-assign",
    "0",
    "--x-initial",
    "0",
    "--noassert",
    // The properties of the emitted Verilog are hidden by this name.
    ...(withoutProperties ? ["-DSYNTHESIS"] : []),
    // Style is the business of lint; here only errors count.
    "-Wno-lint",
    "-Wno-style",
    "-Wno-fatal",
    ...(trace ? traceFlags : []),
    "--top-module",
    benchModuleName(design),
    "--prefix",
    modelPrefix,
    "-Mdir",
    "obj",
  ];
}

// Signals of any width, and nothing of the constants that stand for the names of values.
const traceFlags = ["--trace", "--trace-max-width", "1000000", "--no-trace-params", "--timescale-override", "1ns/1ns"];

// -CFLAGS would come before the makefile's own level and lose. The TER pass of g++ takes minutes on wide flat trees.
const makeFlags = ["OPT_FAST=-O1 -fno-tree-ter", "OPT_SLOW=-O0", "OPT_GLOBAL=-O2"];

/**
 * Verilator has all files of a small model compiled as one. For a large one it is better to compile them at the same
 * time and to leave out optimising the half that only runs at the start.
 */
async function parallelFlags(objects: string): Promise<string[]> {
  let size = 0;
  for (const name of await readdir(objects)) {
    if (name.endsWith(".cpp")) size += (await stat(join(objects, name))).size;
  }
  return size > 1_000_000 ? ["VM_PARALLEL_BUILDS=1"] : [];
}

interface HowToRun extends RunToolOptions {
  /** Name of the design, for messages. */
  readonly topName: string;
}

async function run(path: string, args: readonly string[], how: HowToRun): Promise<void> {
  const result = await runTool(path, args, how);
  if (result.status === 0) return;
  const lines = `${result.stderr}\n${result.stdout}`.split("\n").map((line) => line.trim());
  const telling = lines.find((line) => /^%Error|error:|\*\*\*/.test(line)) ?? lines.find((line) => line !== "");
  const what = `${basename(path)} ended with status ${result.status}`;
  throw new ToolError(`the simulator of ${how.topName} cannot be built: ${what}: ${telling ?? "it left no message"}`);
}

/** Whether the entry holds a program whose bytes are those that were put there; marks it as used. */
async function isIntact(entry: string): Promise<boolean> {
  try {
    const expected = await readFile(join(entry, "sha256"), "utf8");
    if ((await fileHash(join(entry, "simulator"))) !== expected) return false;
    const now = new Date();
    await utimes(entry, now, now);
    return true;
  } catch {
    return false;
  }
}

async function fileHash(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

/** A hash of a list of texts; their lengths go in, so that no two lists run together to the same bytes. */
function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${Buffer.byteLength(text)}:`).update(text);
  return hash.digest("hex").slice(0, 32);
}
