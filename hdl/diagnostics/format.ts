import { relative } from "node:path";
import type { Diagnostic, Place } from "./diagnostic.ts";
import { linesOf } from "./source-files.ts";

/** A place as lines of text: where, the line itself with a caret, the note. `gutter` is the room for line numbers. */
export function formatPlace({ source, note }: Place, gutter: number): string[] {
  const at = source.location;
  if (!at) return [];
  const pad = " ".repeat(gutter);
  const lines = [`${pad}--> ${relative(process.cwd(), at.file) || at.file}:${at.line}:${at.column}`];
  const text = linesOf(at.file)[at.line - 1];
  if (text !== undefined) {
    lines.push(`${pad} |`, `${String(at.line).padStart(gutter)} | ${text}`);
    const indent = text.slice(0, at.column - 1).replace(/[^\t]/g, " ");
    lines.push(`${pad} | ${indent}^${note ? ` ${note}` : ""}`);
  } else if (note) {
    lines.push(`${pad} = ${note}`);
  }
  return lines;
}

/** A diagnostic as a person reads it: message, the user's lines with a caret each, hint. No colour. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const gutter = Math.max(2, ...diagnostic.places.map((p) => String(p.source.location?.line ?? 0).length));
  const where = diagnostic.module ? ` (in ${diagnostic.module})` : "";
  return [
    `${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}${where}`,
    ...diagnostic.places.flatMap((place) => formatPlace(place, gutter)),
    `${" ".repeat(gutter)} = hint: ${diagnostic.hint}`,
  ].join("\n");
}
