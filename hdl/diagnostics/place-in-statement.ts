/** How far up the beginning of a statement is looked for, and how far down the end of a call. */
const LINES_UP = 8;
const LINES_DOWN = 30;

/** Calls behind a value that only say how its bits are read: the value is still what the declaration names. */
const conversions = new Set(["asUint", "asSint", "toSint", "extend", "wrap", "truncate", "resize", "named"]);

/** Words before a bracket that call nothing. */
const noCalls = new Set(["return", "of", "in", "await", "typeof", "yield"]);

/** What a call is in the statement around it. */
export interface PlaceInStatement {
  /**
   * `value`: all of what is assigned; `returned`: what a function returns; `part`: an operand or argument of something
   * else; `statement`: a statement of its own.
   */
  readonly kind: "value" | "returned" | "part" | "statement";
  /** The key in an object that is assigned or returned: `wraps` for `return { wraps: a.and(b) }`. */
  readonly key?: string | undefined;
}

const withoutComment = (line: string): string => line.replace(/(?:^|\s)\/\/.*$/, "");

/** The index behind the bracket that closes the one at `open`; the length of the text where none does. */
function behindBracket(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text[i]!;
    if (c === '"' || c === "'" || c === "`") {
      const end = text.indexOf(c, i + 1);
      if (end < 0) return text.length;
      i = end;
    } else if ("([{".includes(c)) {
      depth++;
    } else if (")]}".includes(c) && --depth === 0) {
      return i + 1;
    }
  }
  return text.length;
}

/** Whether something is made of the result of the call that `text` begins with. */
function goesOn(text: string): boolean {
  let rest = text.replace(/^[\w$]+(?:<[^()]*>)?\s*/, "");
  for (;;) {
    if (rest.startsWith("(") || rest.startsWith("[")) rest = rest.slice(behindBracket(rest, 0));
    const next = /^\s*(?:\?\.|!?\.)\s*([\w$]+)(\s*\()?/.exec(rest);
    if (!next) return false;
    if (next[2] !== undefined && !conversions.has(next[1]!)) return true;
    rest = rest.slice(next[0].length - (next[2] === undefined ? 0 : 1));
  }
}

/** What stands around the place behind `text`. */
function around(text: string): PlaceInStatement {
  let depth = 0;
  let key: string | undefined;
  const keyFrom = (start: number): string | undefined => /^\s*([A-Za-z_$][\w$]*)\s*:/.exec(text.slice(start))?.[1];
  for (let i = text.length - 1; i >= 0; i--) {
    const c = text[i]!;
    const before = text.slice(0, i).trimEnd();
    if (c === '"' || c === "'" || c === "`") {
      i = Math.max(0, text.lastIndexOf(c, i - 1));
    } else if (")]}".includes(c)) {
      depth++;
    } else if ("([{".includes(c) && depth > 0) {
      depth--;
    } else if (depth > 0) {
      // What stands in brackets of its own.
    } else if (c === "(") {
      if (before.endsWith("=>")) return { kind: "returned", key };
      const word = /[\w$]+$/.exec(before)?.[0];
      if (/[\w$)\]>]$/.test(before) && !noCalls.has(word ?? "")) return { kind: "part" };
    } else if (c === "[") {
      if (/[\w$)\]]$/.test(before)) return { kind: "part" };
    } else if (c === "{") {
      key ??= keyFrom(i + 1);
      if (key === undefined) return { kind: "statement" };
    } else if (c === ",") {
      key ??= keyFrom(i + 1);
    } else if (c === ";") {
      return { kind: "statement" };
    } else if (c === "=") {
      if (text[i + 1] === ">") return { kind: "returned", key };
      if (!/[=!<>]$/.test(before) && text[i + 1] !== "=") return { kind: "value", key };
    } else if (c === "n" && /(?:^|[^\w$.])return$/.test(text.slice(0, i + 1)) && !/[\w$]/.test(text[i + 1] ?? "")) {
      return { kind: "returned", key };
    }
  }
  return { kind: "statement" };
}

/** What the call at `line`:`column` (both from 1) is in its statement. */
export function placeInStatement(lines: readonly string[], line: number, column: number): PlaceInStatement {
  const own = lines[line - 1] ?? "";
  const behind = [own.slice(column - 1), ...lines.slice(line, line + LINES_DOWN)].map(withoutComment).join("\n");
  if (goesOn(behind)) return { kind: "part" };
  const before = [...lines.slice(Math.max(0, line - 1 - LINES_UP), line - 1), own.slice(0, column - 1)];
  return around(before.map(withoutComment).join("\n"));
}
