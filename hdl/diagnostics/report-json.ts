import type { SuppressedDiagnostic } from "./allowance.ts";
import { type Diagnostic, type DiagnosticJson, diagnosticJson } from "./diagnostic.ts";
import type { SourceLocation } from "./source.ts";

/** A warning that the code allows, with the reason it gives and where it does. */
export interface SuppressedJson extends DiagnosticJson {
  readonly allowed: Partial<SourceLocation> & { readonly reason: string };
}

/** The machine-readable form of all that is told of a design. */
export interface DiagnosticsJson {
  readonly errors: number;
  readonly warnings: number;
  readonly diagnostics: readonly DiagnosticJson[];
  readonly suppressed: readonly SuppressedJson[];
}

/** The machine-readable form of what `inspect()` returns, or of the `diagnostics` of a `DesignError`. */
export function diagnosticsJson(found: {
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed?: readonly SuppressedDiagnostic[];
}): DiagnosticsJson {
  const { diagnostics, suppressed = [] } = found;
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return {
    errors,
    warnings: diagnostics.length - errors,
    diagnostics: diagnostics.map(diagnosticJson),
    suppressed: suppressed.map(({ diagnostic, allowance }) => ({
      ...diagnosticJson(diagnostic),
      allowed: { reason: allowance.reason, ...allowance.source.location },
    })),
  };
}
