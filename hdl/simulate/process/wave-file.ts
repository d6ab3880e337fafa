import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Design } from "../../ir/index.ts";
import { makeFolders } from "../../tools/make-folders.ts";
import { ToolError } from "../../tools/run-tool.ts";
import { temporaryFolder } from "../../tools/temporary-folder.ts";
import { nameWave } from "./name-wave.ts";

/** A wave that a simulator in another process writes. */
export interface WaveFile {
  /** Where the simulator writes: a plain name in a private folder, as some crash on other names. */
  readonly path: string;
  /** Puts the finished wave in its place. */
  finish(): void;
}

/**
 * Prepares a wave of `design` at `target`: makes sure that it can be written there, since simulators only complain later, or not, and
 * leaves what is there alone until the wave is complete.
 * @throws ToolError when the file cannot be written.
 */
export function prepareWave(target: string | undefined, design: Design): WaveFile | undefined {
  if (target === undefined) return undefined;
  const absolute = resolve(target);
  const beside = `${absolute}.${process.pid}.tmp`;
  try {
    if (existsSync(absolute) && statSync(absolute).isDirectory()) throw new Error("it is a folder");
    makeFolders(dirname(absolute));
    closeSync(openSync(beside, "w"));
    rmSync(beside);
  } catch (error) {
    throw new ToolError(`cannot write the wave ${target}: ${(error as Error).message.split(",")[0]}`);
  }
  const folder = temporaryFolder("wave");
  const path = join(folder, "wave.vcd");
  return {
    path,
    finish() {
      if (!existsSync(path)) return;
      // The temporary folder may lie on another disk: the wave is written beside its place first.
      nameWave(path, beside, design);
      renameSync(beside, absolute);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
