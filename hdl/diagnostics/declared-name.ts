import { identifier, lastDeclarator } from "./declarator.ts";
import { destructuredName } from "./destructured-name.ts";
import { enclosingCall } from "./enclosing-call.ts";

const declaration = /(?:^|[\s;{(])(?:const|let|var)\s/g;
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

/** What `x.value = …` or `x.next = …` computes is named after x, also in a block that begins on the same line. */
function nameOfDriven(text: string): string | undefined {
  const inBlock = text.slice(Math.max(text.lastIndexOf("{"), text.lastIndexOf(";")) + 1);
  const target = driven.exec(inBlock) ?? driven.exec(text);
  return target ? `${target[1]}_${target[2] === "next" ? "next" : "value"}` : undefined;
}

/** The key of an object is a name for its value; not that of a case, nor that of a function for what runs in it. */
function nameOfKey(lines: readonly string[], index: number, text: string): string | undefined {
  const key = property.exec(text);
  if (!key) return undefined;
  const value = text.slice(key[0].length);
  if (functionValue.test(value)) return nameOfDriven(value);
  return takesCases.has(enclosingCall(lines, index, text.slice(0, key[0].length)) ?? "") ? undefined : key[1];
}

/** The name that a declaration gives to what stands at the end of its value. */
function nameOfTarget(target: string, value: string): string | undefined {
  const part = /^[[{]/.test(target) ? destructuredName(target, value) : { name: target, value };
  return part === undefined || functionValue.test(part.value) ? undefined : part.name;
}

/**
 * The name that `line`, the beginning of the line with that index, gives to what follows `between`, the text from there to
 * the call.
 */
function nameOnLine(lines: readonly string[], index: number, line: string, between: string): string | undefined {
  const text = line.replace(loopHead, "");
  let rest = text;
  const declarations = [...text.matchAll(declaration)];
  for (const match of declarations.reverse()) {
    const from = match.index + match[0].length;
    const last = lastDeclarator(text.slice(from) + between);
    // A list that goes on below, or a loop's variable.
    if (!last) return undefined;
    if (last.end === undefined) return nameOfTarget(last.target, last.value);
    // A declaration that has ended names nothing behind it, but a statement there may.
    if (rest === text) rest = text.slice(from + last.end).replace(/^[;)}\]\s]+/, "");
  }
  const driver = nameOfDriven(rest);
  if (driver) return driver;
  const assigned = assignment.exec(rest);
  if (!assigned) return nameOfKey(lines, index, rest);
  // The second line of a list of declarations may hold more than one.
  const last = lastDeclarator(assigned[1] + rest.slice(assigned[0].length - 1) + between);
  return last && last.end === undefined ? nameOfTarget(last.target, last.value) : assigned[1];
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
  let between = "";
  const before = nameOnLine(lines, line - 1, own.slice(0, column - 1), between);
  if (before) return before;
  between = `\n${own.slice(0, column - 1)}`;
  for (let up = line - 2; up >= 0 && up >= line - 1 - LINES_UP; up--) {
    const text = lines[up]!;
    if (endsStatement(text)) return undefined;
    const name = nameOnLine(lines, up, text, between);
    if (name) return name;
    between = `\n${text}${between}`;
  }
  return undefined;
}
