import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Design } from "../ir/index.ts";
import { makeFolders } from "../tools/make-folders.ts";
import { removeAtExit } from "../tools/remove-at-exit.ts";
import { ToolError } from "../tools/tool-error.ts";
import { statedRangeChecks, withoutRangeChecks } from "../transform/index.ts";
import { type EmittedFile, emitVerilog } from "../verilog/index.ts";
import type { Engine } from "./engine.ts";
import type { createVerilatorEngine } from "./process/verilator-engine.ts";
import { AssertionFailure, type AssertionMode } from "./property-failure.ts";
import { recordWave } from "./vcd-record.ts";

/** The simulators: ours in this process, or an installed one that reads the emitted Verilog. */
export type EngineName = "inprocess" | "verilator" | "icarus";

/** Their names, the default first. */
export const engineNames: readonly EngineName[] = Object.freeze(["inprocess", "verilator", "icarus"] as const);

/** How to run a design. */
export interface EngineOptions {
  /** Default: in process. */
  readonly engine?: EngineName | undefined;
  /** A VCD file to write; complete when the engine is disposed of. */
  readonly wave?: string | undefined;
  /** What a failing assertion or assumption does: `throw` (the default), `collect` or `off`. */
  readonly assertions?: AssertionMode | undefined;
  /** The design's Verilog, when it has been emitted already. Indices are then not checked by Verilator and Icarus. */
  readonly files?: readonly EmittedFile[] | undefined;
}

/** Records all that an engine does; the file appears under its name when the engine is disposed of. */
function recorded(engine: Engine, path: string, top: string): Engine {
  const refuse = (error: unknown): never => {
    throw new ToolError(`cannot write the wave ${path}: ${(error as Error).message.split(",")[0]}`);
  };
  const temporary = `${path}.${process.pid}.tmp`;
  let file = -1;
  try {
    if (existsSync(path) && statSync(path).isDirectory()) throw new Error("it is a folder");
    makeFolders(dirname(resolve(path)));
    file = openSync(temporary, "w");
  } catch (error) {
    engine.dispose();
    refuse(error);
  }
  const recorder = recordWave(engine, { write: (text) => writeSync(file, text) }, { top });
  let written = false;
  /** Completes the file and gives it its name. */
  const finish = (end: () => void): void => {
    if (written) {
      end();
      return;
    }
    written = true;
    try {
      end();
    } finally {
      closeSync(file);
    }
    try {
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      refuse(error);
    }
  };
  const dispose = recorder.dispose.bind(recorder);
  recorder.dispose = () => finish(dispose);
  // Who gets the error may never close the bench: the wave up to the failure is what there is to look at.
  const completing = <A extends unknown[]>(run: (...args: A) => void) => {
    return (...args: A): void => {
      try {
        run(...args);
      } catch (error) {
        if (error instanceof AssertionFailure) finish(() => recorder.finish());
        throw error;
      }
    };
  };
  recorder.step = completing(recorder.step.bind(recorder));
  recorder.replay = completing(recorder.replay.bind(recorder));
  removeAtExit(temporary);
  return recorder;
}

/** External modules need a model here, and their Verilog elsewhere. */
function refuseExternal(design: Design, engine: EngineName, hasFiles: boolean): void {
  for (const { name, external } of design.modules) {
    if (external === undefined) continue;
    if (engine === "inprocess" && !external.modelled) {
      throw new ToolError(
        `${name} is external Verilog without a model, which the engine in this process cannot run: give the class a model(), or simulate with { engine: "verilator" } or "icarus"`,
      );
    }
    if (engine !== "inprocess" && !hasFiles && external.sources.length === 0) {
      throw new ToolError(
        `${name} is external Verilog, and nothing says where: let the class name its files in sources, or use the engine in this process${external.modelled ? "" : " and give the class a model()"}`,
      );
    }
  }
}

/** Engines are loaded when they are asked for: who only writes Verilog need not wait for them. */
async function creatorOf(engine: "verilator" | "icarus"): Promise<typeof createVerilatorEngine> {
  if (engine === "verilator") return (await import("./process/verilator-engine.ts")).createVerilatorEngine;
  return (await import("./process/icarus-engine.ts")).createIcarusEngine;
}

/**
 * Starts a simulator on a compiled design.
 * @throws ToolError when the simulator is missing, too old, refuses the design or hangs.
 */
export async function startEngine(given: Design, options: EngineOptions = {}): Promise<Engine> {
  const { engine = "inprocess", wave, assertions } = options;
  if (!engineNames.includes(engine)) {
    throw new ToolError(`there is no engine "${String(engine)}"; engines: ${engineNames.join(", ")}`);
  }
  refuseExternal(given, engine, options.files !== undefined);
  if (engine === "inprocess") {
    const { createInProcessEngine } = await import("./inprocess/index.ts");
    const inProcess = createInProcessEngine(given, { assertions });
    return wave === undefined ? inProcess : recorded(inProcess, wave, given.top.name);
  }
  // Verilog that is there already is as it is delivered: without the checks of indices.
  const unchecked = options.files !== undefined || assertions === "off";
  const design = unchecked ? withoutRangeChecks(given) : statedRangeChecks(given);
  const files = options.files ?? emitVerilog(design);
  return (await creatorOf(engine))(design, files, { trace: wave, assertions });
}
