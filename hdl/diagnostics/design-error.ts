import type { Diagnostic } from "./diagnostic.ts";
import { formatDiagnostic } from "./format.ts";

/** A design that cannot be built. Holds every complaint of the run, not the first alone. */
export class DesignError extends Error {
  readonly exitCode = 1;
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((d) => d.severity === "error").length;
    const count = `${errors} error${errors === 1 ? "" : "s"} in the design`;
    super(`${diagnostics.map(formatDiagnostic).join("\n\n")}\n\n${count}`);
    this.name = "DesignError";
    this.diagnostics = diagnostics;
  }
}
