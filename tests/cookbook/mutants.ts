/** Changes of one place each that a person might make: another operator, another constant, a condition turned round. */
const changes: readonly (readonly [RegExp, string])[] = [
  [/ \+ /g, " - "],
  [/ - (?=\d+'d1|4'd1|\{)/g, " + "],
  [/ & (?!-)/g, " | "],
  [/ \| /g, " & "],
  [/ \^ /g, " | "],
  [/ == /g, " != "],
  [/ < (?=[a-z$])/g, " >= "],
  [/ > (?=[a-z])/g, " <= "],
  [/(?<=assign \w+ = )(?=\w)/g, "~"],
  [/(?<= <= )(?=[a-z]\w*;)/g, "~"],
  [/(?<= = )(?=\d+'h)/g, "~"],
  [/(?<== \d'd)\d(?=;\n *for)/g, "5"],
  [/(?<=\[)\d(?=\]\};)/g, "0"],
  [/ && /g, " || "],
  [/ \* i/g, " + i"],
];
const atMost = 4;

/** Whether a place lies in the head of a loop, which a change could make endless. */
const inLoop = (verilog: string, index: number): boolean =>
  verilog.slice(verilog.lastIndexOf("\n", index), index).includes("for (");

/** Texts that differ from a Verilog text in one place each; a few, spread over it. */
export function mutantsOf(verilog: string): string[] {
  const all = changes.flatMap(([pattern, replacement]) =>
    [...verilog.matchAll(pattern)]
      .map((match) => ({ match, replacement }))
      .filter(({ match }) => !inLoop(verilog, match.index)),
  );
  const step = Math.max(1, all.length / atMost);
  return Array.from({ length: Math.min(atMost, all.length) }, (_, i) => {
    const { match, replacement } = all[Math.floor(i * step)]!;
    return verilog.slice(0, match.index) + replacement + verilog.slice(match.index + match[0].length);
  });
}
