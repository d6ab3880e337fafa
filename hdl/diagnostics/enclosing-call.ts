/** How far up the beginning of a call is looked for: the cases of a large `switchOn` are many lines. */
const mostLines = 400;

/** Texts and comments, whose brackets are none. */
export const noCode = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*$/g;

const opening = "({[";
const closing = ")}]";

/** The name of the function that is called by the bracket behind `text`. */
const called = /([A-Za-z_$][\w$]*)\s*(?:<[^<>()]*>\s*)?$/;

/**
 * The name of the function to which the object literal around a place is given: `match` for what stands in
 * `match(state, { idle: …, run: … })`. The place is `text`, the beginning of the line with that index. Undefined where the
 * literal is no argument.
 */
export function enclosingCall(lines: readonly string[], index: number, text: string): string | undefined {
  let depth = 0;
  let inObject = false;
  for (let line = index; line >= 0 && line > index - mostLines; line--) {
    const code = (line === index ? text : lines[line]!).replace(noCode, (match) => " ".repeat(match.length));
    for (let at = code.length - 1; at >= 0; at--) {
      const sign = code[at]!;
      if (closing.includes(sign)) depth++;
      else if (opening.includes(sign) && depth > 0) depth--;
      else if (opening.includes(sign)) {
        // The first that is open here is the object's, the second the call's.
        if (inObject) return sign === "(" ? called.exec(code.slice(0, at))?.[1] : undefined;
        if (sign !== "{") return undefined;
        inObject = true;
      }
    }
  }
  return undefined;
}
