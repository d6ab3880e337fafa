import { type Token, tokenize } from "./tokens.ts";

/** One import of a file. */
export interface ImportStatement {
  /** As written: `node:fs`, `zod`, `../ir/index.ts`. */
  readonly specifier: string;
  /** `types` is gone at run time; `dynamic` is `import(...)`. */
  readonly kind: "value" | "types" | "dynamic";
  readonly line: number;
}

/** All imports, re-exports and dynamic imports with a literal name, in the order of the text. */
export function findImports(source: string): ImportStatement[] {
  const tokens = tokenize(source);
  const found: ImportStatement[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token?.kind !== "word") continue;
    const before = tokens[i - 1];
    if (before?.kind === "mark" && before.text === ".") continue;
    const next = tokens[i + 1];
    if (token.text === "import") {
      if (next?.kind === "string") {
        found.push({ specifier: next.text, kind: "value", line: token.line });
      } else if (next?.kind === "mark" && next.text === "(") {
        const argument = tokens[i + 2];
        if (argument?.kind === "string") found.push({ specifier: argument.text, kind: "dynamic", line: token.line });
      } else {
        addFrom(found, tokens, i);
      }
    } else if (token.text === "export" && isReexport(tokens, i)) {
      addFrom(found, tokens, i);
    }
  }
  return found;
}

/** `export *`, `export {` and `export type {`; with braces only a `from` behind them makes it one. */
function isReexport(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  const brace = next?.text === "type" ? tokens[at + 2] : next;
  if (brace?.text === "*") return true;
  if (brace?.text !== "{") return false;
  const close = tokens.findIndex(({ kind, text }, i) => i > at && kind === "mark" && text === "}");
  return tokens[close + 1]?.text === "from";
}

/** The name behind the next `from`, if that comes before the statement ends. */
function addFrom(found: ImportStatement[], tokens: readonly Token[], at: number): void {
  for (let i = at + 1; i + 1 < tokens.length; i++) {
    const token = tokens[i];
    const next = tokens[i + 1];
    if (token?.kind === "mark" && (token.text === ";" || token.text === "(")) return;
    // `import { from } from "x"`: the one that counts has a string behind it.
    if (token?.kind === "word" && token.text === "from" && next?.kind === "string") {
      const kind = tokens[at + 1]?.text === "type" && tokens[at + 2]?.text !== "from" ? "types" : "value";
      found.push({ specifier: next.text, kind, line: tokens[at]?.line ?? 0 });
      return;
    }
  }
}
