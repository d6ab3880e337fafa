/** A piece of TypeScript. A string's text is its content; templates and regular expressions have lost theirs. */
export interface Token {
  readonly kind: "word" | "string" | "template" | "regex" | "mark";
  readonly text: string;
  readonly line: number;
}

/** After these words a `/` begins a regular expression; after any other name it divides. */
const wordsBeforeRegex: ReadonlySet<string> = new Set(
  "return typeof case do else in of instanceof new delete void throw yield await".split(" "),
);

/**
 * Splits TypeScript into tokens, without comments. Enough of the language to find imports and type names: what stands
 * inside strings, comments and regular expressions is not mistaken for code, what stands inside `${}` is code.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  /** For each open template, how many braces are open inside its present `${}`. */
  const templates: number[] = [];
  let position = 0;
  let line = 1;

  const push = (kind: Token["kind"], text: string): void => {
    tokens.push({ kind, text, line });
  };
  const advance = (end: number): void => {
    for (let i = position; i < end; i++) if (source[i] === "\n") line++;
    position = end;
  };
  const endOfQuoted = (start: number, quote: string): number => {
    let i = start;
    while (i < source.length && source[i] !== quote && source[i] !== "\n") i += source[i] === "\\" ? 2 : 1;
    return i;
  };
  /** Reads template text up to its end or to the next `${`. */
  const readTemplate = (): void => {
    let i = position;
    while (i < source.length && source[i] !== "`" && !source.startsWith("${", i)) i += source[i] === "\\" ? 2 : 1;
    const opens = source.startsWith("${", i);
    advance(Math.min(source.length, i + (opens ? 2 : 1)));
    if (opens) templates.push(0);
    else push("template", "`");
  };
  const endOfRegex = (): number => {
    let inClass = false;
    let i = position + 1;
    while (i < source.length && source[i] !== "\n" && (inClass || source[i] !== "/")) {
      if (source[i] === "[") inClass = true;
      else if (source[i] === "]") inClass = false;
      i += source[i] === "\\" ? 2 : 1;
    }
    i++;
    while (/[a-z]/.test(source[i] ?? "")) i++;
    return i;
  };
  const regexMayStart = (): boolean => {
    const last = tokens.at(-1);
    if (last === undefined) return true;
    if (last.kind === "word") return wordsBeforeRegex.has(last.text);
    return last.kind === "mark" && !/[)\]}]/.test(last.text);
  };

  while (position < source.length) {
    const char = source[position] ?? "";
    if (/\s/.test(char)) advance(position + 1);
    else if (source.startsWith("//", position) || (position === 0 && source.startsWith("#!"))) {
      const end = source.indexOf("\n", position);
      advance(end < 0 ? source.length : end);
    } else if (source.startsWith("/*", position)) {
      const end = source.indexOf("*/", position + 2);
      advance(end < 0 ? source.length : end + 2);
    } else if (char === '"' || char === "'") {
      const end = endOfQuoted(position + 1, char);
      push("string", source.slice(position + 1, end));
      advance(end + 1);
    } else if (char === "`") {
      position++;
      readTemplate();
    } else if (char === "/" && regexMayStart()) {
      push("regex", "/");
      advance(endOfRegex());
    } else if (/[\w$\u0080-\uffff]/.test(char)) {
      const word = /^[\w$\u0080-\uffff]+/.exec(source.slice(position, position + 256))?.[0] ?? char;
      push("word", word);
      advance(position + word.length);
    } else {
      const depth = templates.at(-1);
      if (char === "}" && depth === 0) {
        templates.pop();
        position++;
        readTemplate();
        continue;
      }
      if (depth !== undefined && char === "{") templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && char === "}") templates[templates.length - 1] = depth - 1;
      const text = source.startsWith("=>", position) ? "=>" : char;
      push("mark", text);
      advance(position + text.length);
    }
  }
  return tokens;
}
