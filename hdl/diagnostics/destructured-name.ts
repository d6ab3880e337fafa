import { blanked, identifier } from "./declarator.ts";

const plainElement = new RegExp(String.raw`^${identifier}(?:\s*=.*)?$`, "u");
const plainProperty = new RegExp(String.raw`^${identifier}(?:\s*:\s*${identifier})?(?:\s*=.*)?$`, "u");
const key = new RegExp(String.raw`^\s*${identifier}\s*:(.*)$`, "us");

/** Which name a pattern gives to a part of its value, and the text of that part as far as it is written. */
export interface NamedPart {
  readonly name: string;
  readonly value: string;
}

/** The parts of an array or object literal, the last of them unfinished; undefined where `value` is none that is open. */
function partsOf(value: string, opening: string): readonly string[] | undefined {
  const code = blanked(value);
  const start = code.search(/\S/);
  if (code[start] !== opening) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < code.length; at++) {
    const sign = code[at]!;
    if ("([{".includes(sign)) depth++;
    else if (")]}".includes(sign)) depth--;
    if (depth === 0) return undefined;
    if (sign === "," && depth === 1) {
      parts.push(value.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, value.slice(from)];
}

/**
 * The name that a pattern gives to what stands at the end of `value`: `q` for `[p, q]` and `[f(a), f(`, `local` for
 * `{ field: local }` and `{ field: f(`. Undefined where the place of a part is not plain: a pattern in a pattern, a spread,
 * a value that is no literal.
 */
export function destructuredName(pattern: string, value: string): NamedPart | undefined {
  const inside = pattern.slice(1, -1);
  const parts = partsOf(value, pattern.charAt(0));
  if (!parts || /[[\]{}()]/.test(inside) || parts.some((part) => part.trimStart().startsWith("..."))) return undefined;
  const names = inside.split(",").map((name) => name.trim());
  const last = parts.at(-1)!;
  if (pattern.startsWith("[")) {
    const name = plainElement.exec(names[parts.length - 1] ?? "")?.[1];
    return name === undefined ? undefined : { name, value: last };
  }
  const field = key.exec(last);
  for (const property of names) {
    const match = plainProperty.exec(property);
    if (field && match?.[1] === field[1]) return { name: match![2] ?? match![1]!, value: field[2]! };
  }
  return undefined;
}
