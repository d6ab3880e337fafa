import type { Diagnostic } from "./diagnostic.ts";
import { formatDiagnostic } from "./format.ts";
import { showWhenUncaught } from "./uncaught.ts";

/** A design that cannot be built. Holds every complaint of the run, not the first alone. */
export class DesignError extends Error {
  declare readonly exitCode: 1;
  declare readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((d) => d.severity === "error").length;
    const count = `${errors} error${errors === 1 ? "" : "s"} in the design`;
    super(`${diagnostics.map(formatDiagnostic).join("\n\n")}\n\n${count}`);
    this.name = "DesignError";
    // Not listed with the error's properties: a runtime that prints them would say everything twice.
    Object.defineProperty(this, "diagnostics", { value: diagnostics, enumerable: false });
    Object.defineProperty(this, "exitCode", { value: 1, enumerable: false });
    showWhenUncaught();
    // The message names the user's lines; where the library noticed is of no use to a reader.
    this.stack = `${this.name}: ${this.message}`;
  }
}
