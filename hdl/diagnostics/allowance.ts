import type { DiagnosticCode } from "./codes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Source } from "./source.ts";

/** A warning that the user's code allows, and why. */
export interface Allowance {
  readonly code: DiagnosticCode;
  readonly reason: string;
  /** Where the code says so. */
  readonly source: Source;
  /** The module in which it holds. */
  readonly module: string;
  /** What it is about, by the places where that is declared or written; undefined for the whole module. */
  readonly about: readonly Source[] | undefined;
}

/** A warning that is not told, because the code allows it. */
export interface SuppressedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly allowance: Allowance;
}

/** Complaints divided by what the code allows. */
export interface Sorted {
  readonly told: readonly Diagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
}

function allows(allowance: Allowance, { code, module, places, severity }: Diagnostic): boolean {
  if (severity === "error" || allowance.code !== code || allowance.module !== module) return false;
  const { about } = allowance;
  return about === undefined || places.some(({ source }) => about.includes(source));
}

function unused({ code, module, reason, source }: Allowance): Diagnostic {
  return {
    code: "LS0207",
    severity: "warning",
    message: `nothing here is told ${code}, so allowing it ("${reason}") has no effect`,
    module,
    places: [{ source, note: "allowed here" }],
    hint: "take the allow() away; where only some parameters need it, call it for those",
  };
}

/**
 * Takes out of `diagnostics` what the code allows. An allowance that allowed nothing in any copy of its module is told
 * itself (LS0207).
 */
export function applyAllowances(diagnostics: readonly Diagnostic[], allowances: readonly Allowance[]): Sorted {
  const byCode = new Map<DiagnosticCode, Allowance[]>();
  for (const allowance of allowances) {
    const same = byCode.get(allowance.code);
    if (same) same.push(allowance);
    else byCode.set(allowance.code, [allowance]);
  }
  const told: Diagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  const used = new Set<Source>();
  for (const diagnostic of diagnostics) {
    const fitting = byCode.get(diagnostic.code)?.filter((allowance) => allows(allowance, diagnostic)) ?? [];
    for (const { source } of fitting) used.add(source);
    if (fitting.length === 0) told.push(diagnostic);
    else suppressed.push({ diagnostic, allowance: fitting[0]! });
  }
  const idle = new Map<Source, Allowance>();
  for (const allowance of allowances) {
    // Leave to be idle is never idle itself: whether it is needed depends on the parameters.
    if (allowance.code !== "LS0207" && !used.has(allowance.source)) idle.set(allowance.source, allowance);
  }
  for (const diagnostic of [...idle.values()].map(unused)) {
    const allowance = byCode.get("LS0207")?.find((candidate) => allows(candidate, diagnostic));
    if (allowance) suppressed.push({ diagnostic, allowance });
    else told.push(diagnostic);
  }
  return { told, suppressed };
}
