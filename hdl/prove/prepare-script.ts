import type { Question } from "./solver.ts";

/** The Yosys commands that read a harness and leave one flat module with the asked-for assertions. */
export function prepareScript({ harness, goals, known }: Question): string[] {
  const wanted = [...goals, ...known].map((cell) => ` c:${cell} %d`).join("");
  return [...harness.script, `delete t:$assert${wanted}`, ...known.map((cell) => `chformal -assert2assume c:${cell}`)];
}
