/** One group of a Liberty file, for instance `cell (NAND2_X1) { ... }`, with the place it has in the text. */
export interface LibertyGroup {
  readonly kind: string;
  /** The words in the parentheses, without quotes. */
  readonly names: readonly string[];
  /** Simple attributes, `name : value ;`, without quotes. The last one wins. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly groups: readonly LibertyGroup[];
  /** Offset of the first character of the group in the text. */
  readonly start: number;
  /** Offset behind the closing brace. */
  readonly end: number;
}

/** The text is not a Liberty file, or a damaged one. */
export class LibertyError extends Error {
  override readonly name = "LibertyError";
  readonly exitCode = 2;
}

interface OpenGroup {
  kind: string;
  names: string[];
  attributes: Map<string, string>;
  groups: LibertyGroup[];
  start: number;
}

/** One alternative per token: blanks, comment, string, punctuation, word. A backslash continues a line. */
const TOKEN = /(?:[\s\\]|\/\*.*?\*\/|\/\/[^\n]*)+|"([^"]*)"|([{}():;,])|([^\s{}():;,"\\]+)/sy;

/** Values may contain what is otherwise punctuation (`1.0 * A`, `A:B`), so they are read up to the end of the statement. */
const VALUE = /\s*(?:"([^"]*)"|([^;}\n]*))/y;

/**
 * Reads the text of a Liberty library into a tree of groups. Complex attributes such as `values (...)` are skipped:
 * nothing here needs them, and skipping makes a library of 13 MB a matter of half a second.
 *
 * @param text the whole file
 * @param where what to call the file in a message
 * @throws LibertyError when the text is no `library (...) { ... }`, or ends inside a group
 */
export function parseLiberty(text: string, where: string): LibertyGroup {
  const open: OpenGroup[] = [];
  let position = 0;
  let word = "";
  let wordStart = 0;
  let names: string[] | undefined;

  const fail = (what: string): never => {
    const line = text.slice(0, position).split("\n").length;
    throw new LibertyError(`${where}:${line}: not a Liberty library: ${what}`);
  };

  while (position < text.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null) return fail(`unexpected ${JSON.stringify(text.slice(position, position + 12))}`);
    const start = position;
    position = TOKEN.lastIndex;
    const [, quoted, mark, plain] = match;
    if (plain !== undefined || quoted !== undefined) {
      word = plain ?? quoted ?? "";
      wordStart = start;
      names = undefined;
      continue;
    }
    if (mark === undefined) continue;
    if (open.length === 0 && mark !== "(" && mark !== "{" && mark !== ")")
      return fail("it does not begin with library (...) {");
    switch (mark) {
      case "(": {
        const close = closingParenthesis(text, position);
        if (close < 0) return fail(`the parenthesis after ${word} is never closed`);
        names = text
          .slice(position, close)
          .split(",")
          .map((name) => name.trim().replace(/^"(.*)"$/s, "$1"));
        position = close + 1;
        break;
      }
      case "{": {
        if (names === undefined) return fail(`a brace without a group's name before it`);
        if (open.length === 0 && word !== "library") return fail("it does not begin with library (...) {");
        open.push({ kind: word, names, attributes: new Map(), groups: [], start: wordStart });
        names = undefined;
        break;
      }
      case "}": {
        const last = open.pop();
        if (last === undefined) return fail("a closing brace too many");
        const group: LibertyGroup = { ...last, end: position };
        const parent = open.at(-1);
        if (parent === undefined) return group;
        parent.groups.push(group);
        break;
      }
      case ":": {
        VALUE.lastIndex = position;
        const value = VALUE.exec(text);
        open.at(-1)?.attributes.set(word, (value?.[1] ?? value?.[2] ?? "").trim());
        position = VALUE.lastIndex;
        break;
      }
      default:
        break;
    }
  }
  return open.length === 0
    ? fail("it does not begin with library (...) {")
    : fail(`the file ends inside ${open.at(-1)?.kind} (${open.at(-1)?.names.join(", ")})`);
}

/** The offset of the parenthesis that closes the one before `from`, or -1. Strings may hold parentheses. */
function closingParenthesis(text: string, from: number): number {
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) inString = !inString;
    else if (code === 0x29 && !inString) return at;
  }
  return -1;
}
