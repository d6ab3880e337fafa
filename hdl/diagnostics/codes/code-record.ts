/** All that is to be said of one code. `lodestone explain`, docs/diagnostics.md and the tests are made from it. */
export interface CodeRecord {
  readonly severity: "error" | "warning";
  /** A few words, beginning small, without a full stop. */
  readonly title: string;
  /** What has been found. */
  readonly meaning: string;
  /** Why it is told, and what would happen otherwise. */
  readonly why: string;
  /**
   * A program that is told this, without its imports: a class `Example` without parameters, and what it needs. Casts such
   * as `as never` stand for code that the type checker cannot see. Run by the tests, and its message shown on the page.
   */
  readonly bad: string;
  /** The same program, mended. Type-checked and run by the tests. */
  readonly good: string;
  /** How to live with it, where that is not what the severity says (`allow()` for a warning, nothing for an error). */
  readonly suppress?: string;
}

/** The records of one family of codes. */
export type CodeFamily = Readonly<Record<`LS${number}`, CodeRecord>>;

/** The lines of an example without the indentation they share and the empty lines around them. */
export function exampleText(text: string): string {
  const lines = text
    .replace(/^\s*\n/, "")
    .trimEnd()
    .split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared)).join("\n");
}
