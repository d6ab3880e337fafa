const variable = /(?:^|[\s;{(])(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=(?![=>])/g;
const assignment =
  /^\s*(?:(?:public|private|protected|readonly|override|static)\s+)*(?:this\.)?([A-Za-z_$][\w$]*)\s*(?::[^=]*)?=(?![=>])/;
const driven = /^\s*(?:this\.)?(?:[\w$]+\.)*?([A-Za-z_$][\w$]*)(?:\.at\([^)]*\))?\.(value|next)\s*=(?!=)/;
const property = /^\s*([A-Za-z_$][\w$]*)\s*:\s/;

/** How many lines up the start of a statement is looked for. */
const LINES_UP = 8;

/** `const f = (x) =>` names a function, not what is made when it runs: the caller's line says what that is. */
const functionValue = /^\s*(?:async\s*)?(?:<[^=]*>)?\s*(?:\([^()]*\)|[A-Za-z_$][\w$]*)\s*(?::[^=]*)?=>/;

/** The head of a loop, which declares what counts: a number, and no name for what the body makes. */
const loopHead = /(?<![\w$.])for\s*\([^()]*(?:\([^()]*\)[^()]*)*\)?/;

function nameOnLine(line: string): string | undefined {
  const text = line.replace(loopHead, "");
  let name: string | undefined;
  for (const match of text.matchAll(variable)) {
    name = functionValue.test(text.slice(match.index + match[0].length)) ? undefined : match[1];
  }
  if (name) return name;
  if (/(?:^|[\s;{(])(?:const|let|var)\s/.test(text)) return undefined;
  const target = driven.exec(text);
  if (target) return target[2] === "next" ? `${target[1]}_next` : `${target[1]}_value`;
  return assignment.exec(text)?.[1] ?? property.exec(text)?.[1];
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
  const before = nameOnLine(own.slice(0, column - 1));
  if (before) return before;
  for (let up = line - 2; up >= 0 && up >= line - 1 - LINES_UP; up--) {
    const text = lines[up]!;
    if (endsStatement(text)) return undefined;
    const name = nameOnLine(text);
    if (name) return name;
  }
  return undefined;
}
