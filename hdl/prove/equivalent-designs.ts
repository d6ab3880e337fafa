import { type ClockingPort, clockingOf, clockingPorts, type Design, domainUses } from "../ir/index.ts";
import { createInProcessEngine } from "../simulate/inprocess/index.ts";
import { ToolError } from "../tools/tool-error.ts";
import { runYosys } from "../tools/yosys/run-yosys.ts";
import { YosysTimeoutError } from "../tools/yosys/yosys-error.ts";
import { describeType } from "../types/index.ts";
import { emitVerilog, goalSuffix } from "../verilog/index.ts";
import { flatScript, type Harness, hasReset, instanceText, proofModule, surrounding } from "./harness.ts";
import { refuseBothEdges } from "./moving-clocks.ts";
import { bitsOf } from "./port-bits.ts";
import { usualYosys } from "./prove-design.ts";
import { drive, inputsOf, tick } from "./replay.ts";
import type { ProveOptions, Trace } from "./result.ts";
import { SatSolver } from "./sat-solver.ts";
import { SmtSolver } from "./smt-solver.ts";
import type { Model } from "./solver.ts";

/** Where two designs differ: the inputs of every cycle, and the last cycle's outputs. */
export interface Difference {
  readonly cycles: Trace["cycles"];
  /** The output port that differs in the last cycle, and its elements in either design. */
  readonly output: string;
  readonly first: readonly (number | bigint)[];
  readonly second: readonly (number | bigint)[];
}

/** What is known of the equality of two designs. */
export interface EquivalenceReport {
  /** Equal in all runs; in all runs of `depth` cycles; different; not known. */
  readonly status: "proven" | "holds" | "fails" | "undecided";
  /** Cycles after reset that were compared in all runs; for `fails` the cycle of the difference. */
  readonly depth: number;
  /** `registers`: every register and output equals its namesake; `outputs`: the outputs in all runs from reset. */
  readonly method: "registers" | "outputs";
  readonly difference?: Difference | undefined;
  readonly tools: string;
  readonly seconds: number;
}

/** Options of an equivalence proof. */
export type EquivalenceOptions = Omit<ProveOptions, "covers" | "wave" | "periods" | "resets">;

/**
 * Whether two designs with the same ports have the same outputs in every run from reset, where registers without a reset
 * value and memories begin at 0. First registers of the same name are taken to be equal and that is proven by induction;
 * where that does not do, the outputs are compared in all runs of a length.
 * @throws ToolError for different ports, several clocks or a missing program
 */
export async function equivalentDesigns(
  first: Design,
  second: Design,
  options: EquivalenceOptions = {},
): Promise<EquivalenceReport> {
  const started = Date.now();
  const deadline = started + (options.timeLimitMs ?? 300_000);
  refusePorts(first, second);
  for (const design of [first, second]) refuseClocks(design);
  const yosys = options.yosys ?? (await usualYosys());
  const harness = miter(first, second);
  const done = (report: Omit<EquivalenceReport, "seconds">): EquivalenceReport => ({
    ...report,
    seconds: (Date.now() - started) / 1000,
  });
  options.onProgress?.("registers by name");
  // Without the same clock and reset ports there is nothing to match by name.
  const ports = [first, second].map((design) => clockingPorts(domainUses(design).get(design.top)!).map(portKey).join());
  const matched = [...harness.parts, "equiv_make gold gate equiv", "hierarchy -top equiv", "clean"];
  const script = [...matched, "equiv_simple -undef", "equiv_induct -undef", "equiv_status"].join("\n");
  if (ports[0] === ports[1]) {
    try {
      const { log, version } = await runYosys(script, harness.files, { yosys, timeoutMs: deadline - Date.now() });
      if (/Equivalence successfully proven!/.test(log)) {
        return done({ status: "proven", depth: 0, method: "registers", tools: version });
      }
    } catch (error) {
      if (!(error instanceof YosysTimeoutError)) throw error;
    }
  }

  const solver = options.engine === "smt" ? await SmtSolver.find() : new SatSolver(yosys);
  const lead = hasReset(first) ? 1 : 0;
  let depth = 0;
  let timedOut = false;
  for (const [method, length] of [
    ["induction", options.induction ?? 10],
    ["bounded", options.depth ?? 20],
  ] as const) {
    if (length <= 0 || (method === "bounded" && length <= depth)) continue;
    const answer = await solver.ask({
      harness,
      goals: harness.goals,
      known: [],
      steps: length + lead,
      method,
      timeoutMs: Math.max(1, deadline - Date.now()),
      onProgress: (step) => options.onProgress?.(`${method}, ${step}`),
    });
    const tools = solver.tools;
    if (answer.kind === "proven") return done({ status: "proven", depth: answer.steps, method: "outputs", tools });
    if (answer.kind === "fails") {
      const difference = compare(first, second, answer.model, lead === 1);
      if (!difference) return done({ status: "undecided", depth, method: "outputs", tools });
      const at = difference.cycles.length - lead;
      return done({ status: "fails", depth: at, method: "outputs", difference, tools });
    }
    depth = Math.max(depth, answer.steps - lead);
    timedOut = answer.kind === "timeout";
    if (timedOut) break;
  }
  return done({ status: depth > 0 ? "holds" : "undecided", depth, method: "outputs", tools: solver.tools });
}

function refuseClocks(design: Design): void {
  const clocking = clockingOf(design);
  refuseBothEdges(design, clocking);
  const clocks = clocking.clocks.filter(({ present }) => present);
  if (clocks.length <= 1) return;
  throw new ToolError(
    `${design.top.name} has ${clocks.length} clocks (${clocks.map(({ name }) => name).join(", ")}): designs with one can be compared; compare its parts`,
  );
}

const portKey = ({ name, domain }: ClockingPort): string =>
  `${name} ${domain.edge} ${domain.resetKind} ${domain.resetActive}`;

function refusePorts(first: Design, second: Design): void {
  const portsOf = ({ top }: Design): string[] =>
    top.ports.map(({ direction, name, type }) => `${direction} ${name}: ${describeType(type)}`);
  const [ours, theirs] = [portsOf(first), portsOf(second)];
  const odd = ours.length >= theirs.length ? ours.findIndex((port, i) => port !== theirs[i]) : ours.length;
  if (odd < 0) return;
  throw new ToolError(
    `${first.top.name} and ${second.top.name} cannot be compared: the same ports are needed in the same order, ` +
      `but one has ${ours[odd] ?? "none"} where the other has ${theirs[odd] ?? "none"}`,
  );
}

interface Miter extends Harness {
  /** Commands that leave the two designs as the flat modules `gold` and `gate`. */
  readonly parts: readonly string[];
  readonly goals: readonly string[];
}

/** Both designs side by side with the same inputs, and an assertion for every output that it is the same. */
function miter(first: Design, second: Design): Miter {
  const files: Record<string, string> = {};
  const part = (design: Design, name: string): string[] => {
    const names = emitVerilog(design, { sourceComments: false, registersByName: true }).map((file) => {
      files[`${name}_${file.fileName}`] = file.text;
      return `${name}_${file.fileName}`;
    });
    return [
      `read_verilog ${names.join(" ")}`,
      `prep -flatten -top ${design.top.name}`,
      "memory_map",
      "async2sync",
      "dffunmap",
      "setundef -zero -init",
      `rename ${design.top.name} ${name}`,
      `design -stash ${name}`,
    ];
  };
  const parts = [
    ...part(first, "gold"),
    ...part(second, "gate"),
    "design -copy-from gold gold",
    "design -copy-from gate gate",
  ];
  const outputs = first.top.ports.filter((port) => port.direction === "output");
  const nets = (prefix: string): string[] => outputs.map((_, i) => `${prefix}_${i}`);
  const declared = ["gold", "gate"].flatMap((prefix) =>
    outputs.map((port, i) => `  wire [${bitsOf(port) - 1}:0] ${prefix}_${i};\n`),
  );
  const checks = outputs.map((_, i) => `    equal_${i}${goalSuffix}: assert (gold_${i} == gate_${i});\n`);
  const active = hasReset(first) || hasReset(second) ? "if (running) " : "";
  const body = [
    ...declared,
    instanceText(first, "gold", "gold", nets("gold")),
    instanceText(second, "gate", "gate", nets("gate")),
    `  always @(*) ${active}begin\n${checks.join("")}  end\n`,
  ];
  files[`${proofModule}.v`] = surrounding(first.top, body.join(""));
  return {
    files,
    parts,
    script: [...parts, `read_verilog -formal ${proofModule}.v`, ...flatScript],
    goals: outputs.map((_, i) => `equal_${i}${goalSuffix}`),
  };
}

/** Runs both designs in this process until an output differs. */
function compare(first: Design, second: Design, model: Model, resets: boolean): Difference | undefined {
  const engines = [first, second].map((design) => createInProcessEngine(design, { assertions: "off" }));
  const cycles = inputsOf(first, model);
  const ports = engines[0]!.outputs.map(({ name }) => name);
  for (const [cycle, values] of cycles.entries()) {
    engines.forEach((engine, i) => {
      drive(engine, i === 0 ? first : second, values);
    });
    for (const [i, output] of ports.entries()) {
      if (resets && cycle === 0) break;
      const read = engines.map((engine) => Array.from(engine.read(i) as ArrayLike<number | bigint>));
      if (read[0]!.some((value, element) => value !== read[1]![element])) {
        return { cycles: cycles.slice(0, cycle + 1), output, first: read[0]!, second: read[1]! };
      }
    }
    for (const engine of engines) tick(engine, resets && cycle === 0);
  }
  return undefined;
}
