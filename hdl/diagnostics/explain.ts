import { exampleText } from "./codes/code-record.ts";
import { codes, type DiagnosticCode, diagnosticCodes } from "./codes.ts";

/** All that is known of a code, as data. */
export interface Explanation {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly meaning: string;
  readonly why: string;
  /** A program that is told this, without its imports. */
  readonly bad: string;
  /** The same program, mended. */
  readonly good: string;
  readonly suppress: string;
}

/** What is known of `code`. */
export function explain(code: DiagnosticCode): Explanation {
  const { severity, title, meaning, why, bad, good, suppress } = codes[code];
  const usual =
    severity === "error"
      ? "An error: no Verilog comes of the design until it is mended."
      : `A warning: mend it, or say in the code why it may stay: allow("${code}", "why", signal).`;
  return {
    code,
    severity,
    title,
    meaning,
    why,
    bad: exampleText(bad),
    good: exampleText(good),
    suppress: suppress ?? usual,
  };
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, "    ");

/** The explanation of a code as text for a terminal. */
export function explanationText(code: DiagnosticCode): string {
  const { severity, title, meaning, why, bad, good, suppress } = explain(code);
  return [
    `${severity} ${code}: ${title}`,
    meaning,
    why,
    "Told of:",
    indented(bad),
    "Mended:",
    indented(good),
    suppress,
  ].join("\n\n");
}

/** The code that `text` names, in capitals or not, with or without `LS` and leading zeros; undefined for none. */
export function codeNamed(text: string): DiagnosticCode | undefined {
  const digits = /^(?:ls)?(\d{1,4})$/i.exec(text.trim())?.[1];
  return diagnosticCodes.find((code) => digits !== undefined && code === `LS${digits.padStart(4, "0")}`);
}

/** The codes most like a text that names none, best first, at most three. */
export function codesLike(text: string): DiagnosticCode[] {
  const wanted = text.trim().toUpperCase();
  return diagnosticCodes
    .map((code) => ({ code, distance: editDistance(wanted, code) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ code }) => code);
}

/** Letters to change, add or take away to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
