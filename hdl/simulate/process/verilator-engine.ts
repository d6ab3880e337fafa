import { clockingOf, type Design, holdsProperties } from "../../ir/index.ts";
import type { AssertionMode } from "../property-failure.ts";
import { binaryProtocol } from "./binary-protocol.ts";
import { coverCountersOf } from "./cover-counters.ts";
import type { EmittedFile } from "./emitted-file.ts";
import { enginePorts, frameLayout } from "./ports.ts";
import { ProcessEngine } from "./process-engine.ts";
import { PropertyLog } from "./property-log.ts";
import { startSimulator } from "./start-simulator.ts";
import { buildVerilatorProgram } from "./verilator-build.ts";
import { prepareWave } from "./wave-file.ts";

export interface VerilatorEngineOptions {
  /** Folder for built simulators; `build/verilator-cache` in the project unless told. */
  readonly cacheDir?: string | undefined;
  /** Path of a VCD file to write; complete after `dispose()`. */
  readonly trace?: string | undefined;
  /** What a failing assertion does. Default `throw`. */
  readonly assertions?: AssertionMode | undefined;
  /** Time limit in milliseconds for each wait on the running simulator; 60 s unless told. */
  readonly timeoutMs?: number | undefined;
  /** Time limit in milliseconds for Verilator and for the C++ compiler, each; 300 s unless told. */
  readonly buildTimeoutMs?: number | undefined;
}

/**
 * Builds the design's Verilog with Verilator, or takes the build from the cache, and starts it as one long-lived
 * process. Two-state: registers and memories begin at 0.
 *
 * @throws ToolError when Verilator, g++ or make is missing, refuses the design or hangs.
 */
export async function createVerilatorEngine(
  design: Design,
  files: readonly EmittedFile[],
  options: VerilatorEngineOptions = {},
): Promise<ProcessEngine> {
  const inputs = frameLayout(enginePorts(design.top, "input"));
  const outputs = frameLayout(enginePorts(design.top, "output"));
  const wave = prepareWave(options.trace, design);
  const assertions = options.assertions ?? "throw";
  const checked = assertions !== "off" && holdsProperties(design.top);
  const covers = checked ? coverCountersOf(design, files) : [];
  const build = await buildVerilatorProgram(design, files, inputs, outputs, {
    cacheDir: options.cacheDir,
    trace: wave !== undefined,
    covers: covers ?? [],
    withoutProperties: !checked && holdsProperties(design.top),
    timeoutMs: options.buildTimeoutMs ?? 300_000,
  });
  const protocol = binaryProtocol(inputs, outputs);
  const channel = await startSimulator({
    path: build.program,
    args: wave === undefined ? [] : [wave.path],
    title: `the Verilator simulation of ${design.top.name}`,
    timeoutMs: options.timeoutMs ?? 60_000,
    replyBytes: Math.max(protocol.outputBytes, protocol.coverBytes(covers?.length ?? 0)),
  });
  return new ProcessEngine({
    name: "verilator",
    version: build.product,
    inputs,
    outputs,
    clocking: clockingOf(design),
    protocol,
    channel,
    properties: checked ? new PropertyLog(design, assertions, (time) => time) : undefined,
    endOnFailure: wave !== undefined,
    onClosed: wave?.finish,
    covers,
    cyclesPerCommand: 16_384,
  });
}
