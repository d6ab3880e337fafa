import { checkCombinationalLoops, checkDesign } from "./check/index.ts";
import {
  applyAllowances,
  DesignError,
  type Diagnostic,
  formatDiagnostic,
  type SuppressedDiagnostic,
} from "./diagnostics/index.ts";
import { type Design, designOf } from "./ir/index.ts";
import { buildNetlist, Elaboration, endlessInstances, Module } from "./language/index.ts";
import { splitLoops } from "./transform/index.ts";

/** What building and checking a module gave. */
export interface Elaborated {
  /** Absent when there are errors. */
  readonly design: Design | undefined;
  /** Every complaint, each once. */
  readonly diagnostics: readonly Diagnostic[];
  /** Warnings that the code allows with `allow()`, each with the reason it gives. */
  readonly suppressed: readonly SuppressedDiagnostic[];
}

/** The same fault found in many copies of a module is told once. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const at = diagnostic.places[0]?.source.location;
    const key = `${diagnostic.code}/${diagnostic.message}/${at?.file}:${at?.line}:${at?.column}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The combinational loops of a design. One through different bits of a wire or a child's port is none: those are split. */
function withoutFalseLoops(built: Design): { design: Design; loops: readonly Diagnostic[] } {
  const loops = checkCombinationalLoops(built);
  if (loops.length === 0) return { design: built, loops };
  const design = splitLoops(built);
  return { design, loops: checkCombinationalLoops(design) };
}

/** Builds a module and everything below it and checks the netlist; faults of the design are returned, not thrown. */
export function inspect(module: Module): Elaborated {
  if (typeof module?.build !== "function") {
    throw new TypeError("expected a module object with a build() method: new Counter({ … }), not the class itself");
  }
  const elaboration = new Elaboration();
  try {
    const built = designOf(buildNetlist(module, elaboration));
    const { design, loops } = withoutFalseLoops(built);
    const found = distinct([...elaboration.diagnostics, ...loops, ...checkDesign(built, Module.madeAt(module))]);
    const errors = found.filter((diagnostic) => diagnostic.severity === "error");
    // After an error stand-ins take the place of what was wrong; warnings would speak of those.
    if (errors.length > 0) return { design: undefined, diagnostics: errors, suppressed: [] };
    const { told, suppressed } = applyAllowances(found, elaboration.allowances);
    return { design, diagnostics: told, suppressed };
  } catch (error) {
    // A fault after which nothing sensible can follow ends the build, but not what was found before it.
    const last = error instanceof DesignError ? error.diagnostics : endlessInstances(error, elaboration);
    if (last === undefined) throw error;
    const diagnostics = distinct([...elaboration.diagnostics, ...last]);
    return { design: undefined, diagnostics, suppressed: [] };
  }
}

/**
 * Module class to checked netlist, as written. Unless told, warnings go where Node's warnings go: to standard error, or to
 * listeners of `process.on("warning")`.
 * @throws DesignError with every complaint, each with its code, signal, line and hint.
 */
export function elaborate(module: Module, onWarning: (warning: Diagnostic) => void = emitWarning): Design {
  const { design, diagnostics } = inspect(module);
  if (!design) throw new DesignError(diagnostics);
  for (const warning of diagnostics) onWarning(warning);
  return design;
}

function emitWarning(warning: Diagnostic): void {
  process.emitWarning(`\n${formatDiagnostic(warning)}`, { type: "DesignWarning", code: warning.code });
}
