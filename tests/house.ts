/** For each floor of the house, the other floors it may import from. */
export const floors: Readonly<Record<string, readonly string[]>> = {
  hdl: [],
  spec: [],
  golden: ["spec"],
  generators: ["hdl", "spec"],
  tb: ["hdl", "spec", "golden", "generators"],
  synth: ["hdl", "spec"],
  cli: ["hdl", "spec", "golden", "generators", "tb", "synth"],
  bench: ["hdl", "spec", "golden", "generators", "tb", "synth", "cli", "bin"],
  examples: ["hdl", "spec", "golden", "generators", "tb", "synth", "cli"],
  tests: ["hdl", "spec", "golden", "generators", "tb", "synth", "cli", "bench", "examples", "scripts", "bin"],
  scripts: [],
  bin: ["cli", "hdl"],
};

/** The order inside `hdl`, lowest first: each folder may import those before it. */
export const hdlOrder: readonly string[] = [
  "types",
  "diagnostics",
  "ir",
  "language",
  "library",
  "check",
  "transform",
  "verilog",
  "tools",
  "simulate",
  "prove",
];

/** Whether code of one floor may import another. */
export function floorAllows(from: string, to: string): boolean {
  return from === to || (floors[from]?.includes(to) ?? false);
}

/** Whether code of one folder of `hdl` may import another; `""` is `hdl/index.ts`, above them all. */
export function hdlAllows(from: string, to: string): boolean {
  if (from === to || from === "") return true;
  const [fromPlace, toPlace] = [hdlOrder.indexOf(from), hdlOrder.indexOf(to)];
  return toPlace >= 0 && fromPlace > toPlace;
}
