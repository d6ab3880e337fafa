import type { DiagnosticCode } from "./codes.ts";
import type { Source, SourceLocation } from "./source.ts";

/** A place with a word on what stands there: "declared here", "first driven here". */
export interface Place {
  readonly source: Source;
  readonly note?: string | undefined;
}

/** One complaint: what, about which signal, where in the user's code, and what to do. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** The signal's name, when there is one. */
  readonly signal?: string | undefined;
  /** The module in which it was found. */
  readonly module?: string | undefined;
  /** The most useful place first. */
  readonly places: readonly Place[];
  readonly hint: string;
}

/** The machine-readable form of a diagnostic. */
export interface DiagnosticJson {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly signal?: string | undefined;
  readonly module?: string | undefined;
  readonly places: readonly (SourceLocation & { note?: string | undefined })[];
  readonly hint: string;
}

/** The machine-readable form of `diagnostic`; places whose line is not known are left out. */
export function diagnosticJson(diagnostic: Diagnostic): DiagnosticJson {
  const places = diagnostic.places.flatMap(({ source, note }) =>
    source.location ? [{ ...source.location, note }] : [],
  );
  return { ...diagnostic, places };
}
