import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clockingOf, type Design, holdsProperties } from "../../ir/index.ts";
import { findTool } from "../../tools/find-tool.ts";
import { runTool, ToolError } from "../../tools/run-tool.ts";
import type { AssertionMode } from "../property-failure.ts";
import { benchModuleName } from "./bench-names.ts";
import { coverCountersOf } from "./cover-counters.ts";
import { type EmittedFile, refuseUnsafeNames } from "./emitted-file.ts";
import { hexProtocol } from "./hex-protocol.ts";
import { icarusBench, waveArgument } from "./icarus-bench.ts";
import { memoryWords } from "./memory-words.ts";
import { enginePorts, frameLayout } from "./ports.ts";
import { ProcessEngine } from "./process-engine.ts";
import { PropertyLog } from "./property-log.ts";
import { startSimulator, withPrivateFolder } from "./start-simulator.ts";
import { prepareWave } from "./wave-file.ts";

export interface IcarusEngineOptions {
  /** Path of a VCD file to write; complete after `dispose()`. */
  readonly trace?: string | undefined;
  /** What a failing assertion does. Default `throw`. */
  readonly assertions?: AssertionMode | undefined;
  /** Time limit in milliseconds for each wait on the running simulator; 60 s unless told. */
  readonly timeoutMs?: number | undefined;
  /** Time limit in milliseconds for the compiler; 300 s unless told. */
  readonly buildTimeoutMs?: number | undefined;
}

/**
 * Compiles the design's Verilog with Icarus and starts it as one long-lived process. Four-state: registers without a
 * reset value and memories begin unknown, and reading an output with an unknown bit throws `UnknownValueError`.
 *
 * @throws ToolError when Icarus is missing, refuses the design or hangs.
 */
export async function createIcarusEngine(
  design: Design,
  files: readonly EmittedFile[],
  options: IcarusEngineOptions = {},
): Promise<ProcessEngine> {
  const inputs = frameLayout(enginePorts(design.top, "input"));
  const outputs = frameLayout(enginePorts(design.top, "output"));
  const [compiler, runtime] = await Promise.all([findTool("iverilog"), findTool("vvp")]);
  const wave = prepareWave(options.trace, design);
  const assertions = options.assertions ?? "throw";
  const checked = assertions !== "off" && holdsProperties(design.top);
  const covers = checked ? coverCountersOf(design, files) : [];
  const text = icarusBench(design, inputs, outputs, covers ?? [], wave ? memoryWords(design, files) : []);
  // The bench comes first: its time unit holds for the modules behind it, whose reports then tell the time.
  const sources = [{ module: "", fileName: "lodestone_bench.v", text }, ...files];
  refuseUnsafeNames(sources);
  const period = clockingOf(design).clocks.some((clock) => clock.bothEdges) ? 3 : 2;
  const protocol = hexProtocol(inputs, outputs);

  const channel = await withPrivateFolder(async (folder) => {
    for (const file of sources) await writeFile(join(folder, file.fileName), file.text);
    const program = join(folder, "simulation.vvp");
    const names = sources.map((file) => file.fileName);
    const result = await runTool(
      compiler.path,
      [
        "-g2005",
        ...(!checked && holdsProperties(design.top) ? ["-DSYNTHESIS"] : []),
        "-s",
        benchModuleName(design),
        "-o",
        program,
        ...names,
      ],
      {
        timeoutMs: options.buildTimeoutMs ?? 300_000,
        cwd: folder,
      },
    );
    if (result.status !== 0) {
      // Warnings may come before what it refuses the design for.
      const lines = result.stderr.split("\n").filter((line) => line.trim() !== "");
      const first = lines.find((line) => !/: warning: /.test(line)) ?? lines[0] ?? "it left no message";
      throw new ToolError(`iverilog refuses ${design.top.name} (status ${result.status}): ${first.trim()}`);
    }
    return startSimulator({
      path: runtime.path,
      // -n: end instead of waiting for an interactive command.
      args: ["-n", program, ...(wave === undefined ? [] : [`+${waveArgument}=${wave.path}`])],
      title: `the Icarus simulation of ${design.top.name}`,
      timeoutMs: options.timeoutMs ?? 60_000,
      replyBytes: Math.max(protocol.outputBytes, protocol.coverBytes(covers?.length ?? 0)),
    });
  });
  return new ProcessEngine({
    name: "icarus",
    version: compiler.product,
    inputs,
    outputs,
    clocking: clockingOf(design),
    protocol,
    channel,
    // A cycle takes two units of time, or three where both edges of a clock matter; the first passes before the edge.
    // Setting resets takes one.
    properties: checked
      ? new PropertyLog(design, assertions, (time, resets) => Math.floor((time - resets - 1) / period))
      : undefined,
    endOnFailure: wave !== undefined,
    onClosed: wave?.finish,
    covers,
    cyclesPerCommand: 256,
  });
}
