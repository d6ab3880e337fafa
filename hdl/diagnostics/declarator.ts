import { noCode } from "./enclosing-call.ts";

/** A name in TypeScript; of a private field without its `#`. */
export const identifier = String.raw`([\p{ID_Start}_$][\p{ID_Continue}$\u200c\u200d]*)`;

/** What is declared, up to the `=`: a name, or the pattern that takes an array or an object apart. */
const target = new RegExp(String.raw`\s*(${identifier}|\[[^\]]*\]|\{[^}]*\})\s*(?::[^=]+)?=(?![=>])`, "uy");

/** One of the declarations of `const a = …, b = …`, as far as it is written. */
export interface Declarator {
  /** A name, or a pattern in its brackets. */
  readonly target: string;
  /** What stands behind its `=`. */
  readonly value: string;
  /** Where in the text the whole declaration ended; undefined while it goes on. */
  readonly end: number | undefined;
}

/** The text with blanks in place of what its texts and comments say, so that a bracket is one. */
export const blanked = (text: string): string => text.replace(noCode, (match) => " ".repeat(match.length));

/**
 * The declaration that the end of `text` stands in, `text` being what follows `const`: the second for `a = f(x), b = f(`.
 * A comma between type arguments parts nothing, for no `=` follows. Undefined where `text` begins with no declaration.
 */
export function lastDeclarator(text: string): Declarator | undefined {
  const code = blanked(text);
  const begin = (at: number): { target: string; from: number } | undefined => {
    target.lastIndex = at;
    const match = target.exec(code);
    return match ? { target: match[1]!, from: target.lastIndex } : undefined;
  };
  let current = begin(0);
  if (!current) return undefined;
  let depth = 0;
  for (let at = current.from; at < code.length; at++) {
    const sign = code[at]!;
    if ("([{".includes(sign)) depth++;
    else if (depth > 0) depth -= ")]}".includes(sign) ? 1 : 0;
    else if (";)]}".includes(sign)) {
      return { target: current.target, value: text.slice(current.from, at), end: at };
    } else if (sign === ",") {
      current = begin(at + 1) ?? current;
      at = Math.max(at, current.from - 1);
    }
  }
  return { target: current.target, value: text.slice(current.from), end: undefined };
}
