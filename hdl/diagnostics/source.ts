/** A place in the user's TypeScript. Lines and columns count from 1; the file is an absolute path. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where something was declared and what the declaration calls it. Reading either property may parse a stack trace, so
 * they are computed when asked for.
 */
export interface Source {
  readonly location: SourceLocation | undefined;
  /** The name in `const NAME =`, `NAME =` or `readonly NAME =` at that place. */
  readonly name: string | undefined;
  /** Whether it is only part of what has the name: an operand or argument in the expression behind `NAME =`. */
  readonly isPart?: boolean | undefined;
}
