import type { Design, ModuleNetlist } from "../ir/index.ts";
import { lowerModule } from "./lower-module.ts";
import type { ClockAndReset } from "./lower-ports.ts";
import { printModule } from "./printer.ts";
import { SourcePlaces } from "./source-place.ts";

/** The Verilog of one module. */
export interface EmittedFile {
  readonly module: string;
  /** `${module}.v` */
  readonly fileName: string;
  /** Verilog-2005, ending in a line feed. */
  readonly text: string;
}

/** What the emitted text contains besides the design. */
export interface EmitOptions {
  /** Comments that name the TypeScript file and line; true when not given. */
  readonly sourceComments?: boolean | undefined;
}

/** Which modules have a clock and a reset port: those with state, or with a child that has one. */
function impliedPorts(design: Design): Map<ModuleNetlist, ClockAndReset> {
  const implied = new Map<ModuleNetlist, ClockAndReset>();
  for (const module of design.modules) {
    const children = module.instances.map((instance) => implied.get(instance.module)!);
    implied.set(module, {
      clock: module.registers.length + module.memories.length > 0 || children.some((child) => child.clock),
      reset: module.registers.some((r) => r.reset !== undefined) || children.some((child) => child.reset),
    });
  }
  return implied;
}

/**
 * Writes a verified design as Verilog, one file for each distinct module, children first, the top last. The text depends
 * on the design alone: every process writes the same bytes.
 */
export function emitVerilog(design: Design, options: EmitOptions = {}): EmittedFile[] {
  const places = options.sourceComments === false ? undefined : new SourcePlaces();
  const implied = impliedPorts(design);
  return design.modules.map((module) => ({
    module: module.name,
    fileName: `${module.name}.v`,
    text: printModule(lowerModule(module, implied, places)),
  }));
}
