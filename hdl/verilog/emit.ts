import { type Design, domainUses } from "../ir/index.ts";
import { lowerModule } from "./lower-module.ts";
import type { PropertyStyle } from "./lower-properties.ts";
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
  /**
   * How properties are written: `guarded` (the default) is hidden from synthesis, reports failures in simulation and is
   * assertions under `FORMAL`; `proof` is for the prover: assertions alone, with their names as labels, and below the top
   * every assumption is an assertion, since it is the parent that must meet it.
   */
  readonly properties?: PropertyStyle | undefined;
}

/**
 * Writes a verified design as Verilog, one file for each distinct module, children first, the top last. The text depends
 * on the design alone: every process writes the same bytes.
 */
export function emitVerilog(design: Design, options: EmitOptions = {}): EmittedFile[] {
  const places = options.sourceComments === false ? undefined : new SourcePlaces();
  const uses = domainUses(design);
  return design.modules.map((module) => ({
    module: module.name,
    fileName: `${module.name}.v`,
    text: printModule(
      lowerModule(module, uses, places, { style: options.properties ?? "guarded", top: module === design.top }),
    ),
  }));
}
