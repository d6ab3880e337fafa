import { enclosingCall } from "./enclosing-call.ts";

/** A name in TypeScript; of a private field without its `#`. */
const identifier = String.raw`([\p{ID_Start}_$][\p{ID_Continue}$\u200c\u200d]*)`;
const variable = new RegExp(String.raw`(?:^|[\s;{(])(?:const|let|var)\s+${identifier}\s*(?::[^=]+)?=(?![=>])`, "gu");
const modifiers = String.raw`(?:(?:public|private|protected|readonly|override|static)\s+)*`;
const assignment = new RegExp(String.raw`^\s*${modifiers}(?:this\.)?#?${identifier}\s*(?::[^=]*)?=(?![=>])`, "u");
const driven = new RegExp(
  String.raw`^\s*(?:this\.)?(?:[#\p{ID_Continue}$]+\.)*?#?${identifier}(?:\.at\([^)]*\))?\.(value|next)\s*=(?!=)`,
  "u",
);
const property = new RegExp(String.raw`^\s*${identifier}\s*:\s`, "u");

/** How many lines up the start of a statement is looked for. */
const LINES_UP = 8;

/** `const f = (x) =>` names a function, not what is made when it runs: the caller's line says what that is. */
const functionValue = new RegExp(
  String.raw`^\s*(?:async\s*)?(?:<[^=]*>)?\s*(?:\([^()]*\)|${identifier})\s*(?::[^=]*)?=>`,
  "u",
);

/** The head of a loop, which declares what counts: a number, and no name for what the body makes. */
const loopHead = /(?<![\w$.])for\s*\([^()]*(?:\([^()]*\)[^()]*)*\)?/;

/** Statements whose objects are cases: what a case is called says when something is, not what. */
const takesCases = new Set(["switchOn", "match", "stateMachine"]);

/**
 * Whether the call at `line`:`column` is a statement that runs callbacks for its cases: what it declares is not what they
 * compute.
 */
export function runsCases(lines: readonly string[], line: number, column: number): boolean {
  return takesCases.has(/^[\w$]+/.exec((lines[line - 1] ?? "").slice(column - 1))?.[0] ?? "");
}

/** What `x.value = …` or `x.next = …` computes is named after x. */
function nameOfDriven(text: string): string | undefined {
  const target = driven.exec(text);
  return target ? `${target[1]}_${target[2] === "next" ? "next" : "value"}` : undefined;
}

/** The key of an object is a name for its value; not that of a case, nor that of a function for what runs in it. */
function nameOfKey(lines: readonly string[], index: number, text: string): string | undefined {
  const key = property.exec(text);
  if (!key) return undefined;
  const value = text.slice(key[0].length);
  if (functionValue.test(value))
    return nameOfDriven(value.slice(Math.max(value.lastIndexOf("{"), value.lastIndexOf(";")) + 1));
  return takesCases.has(enclosingCall(lines, index, text.slice(0, key[0].length)) ?? "") ? undefined : key[1];
}

/** The name that `text`, the beginning of the line with that index, gives to what follows it. */
function nameOnLine(lines: readonly string[], index: number, line: string): string | undefined {
  const text = line.replace(loopHead, "");
  let name: string | undefined;
  for (const match of text.matchAll(variable)) {
    name = functionValue.test(text.slice(match.index + match[0].length)) ? undefined : match[1];
  }
  if (name) return name;
  if (/(?:^|[\s;{(])(?:const|let|var)\s/.test(text)) return undefined;
  return nameOfDriven(text) ?? assignment.exec(text)?.[1] ?? nameOfKey(lines, index, text);
}

/** Whether the line above ends a statement or opens a block, so that a statement cannot reach across it. */
function endsStatement(text: string): boolean {
  const code = text.replace(/\/\/.*$/, "").trimEnd();
  return code === "" || /[;{}]$/.test(code) || /\*\/$/.test(code);
}

/**
 * The name that a declaration gives to what is made at `line`:`column` (both from 1): `total` for
 * `const total = register(…)`, `sum` for `readonly sum = output(…)`, `total_next` for `total.next = a.add(b)`. Looks
 * upward while the statement continues. Undefined when the code gives none.
 */
export function declaredName(lines: readonly string[], line: number, column: number): string | undefined {
  const own = lines[line - 1];
  if (own === undefined) return undefined;
  const before = nameOnLine(lines, line - 1, own.slice(0, column - 1));
  if (before) return before;
  for (let up = line - 2; up >= 0 && up >= line - 1 - LINES_UP; up--) {
    const text = lines[up]!;
    if (endsStatement(text)) return undefined;
    const name = nameOnLine(lines, up, text);
    if (name) return name;
  }
  return undefined;
}
