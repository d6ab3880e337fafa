import type { YosysEngine } from "../tools/yosys/engine.ts";
import { runYosys } from "../tools/yosys/run-yosys.ts";
import { YosysError, YosysTimeoutError } from "../tools/yosys/yosys-error.ts";
import { prepareScript } from "./prepare-script.ts";
import type { Answer, Model, Question, Solver } from "./solver.ts";

/** The solver inside Yosys: MiniSat on the whole design, with temporal induction. */
export class SatSolver implements Solver {
  tools = "Yosys";
  readonly #yosys: YosysEngine;

  constructor(yosys: YosysEngine) {
    this.#yosys = yosys;
  }

  async ask(question: Question): Promise<Answer> {
    const { harness, steps, method, timeoutMs, onProgress } = question;
    const bounded = method === "bounded" ? "-tempinduct-baseonly " : "";
    const script = [
      ...prepareScript(question),
      `sat -prove-asserts -set-assumes -tempinduct ${bounded}-maxsteps ${steps} -show-inputs -show-regs`,
    ].join("\n");
    let good = 0;
    const onLine = (line: string): void => {
      const proven = /^Base case for induction length (\d+) proven/.exec(line);
      if (!proven) return;
      good = Number(proven[1]);
      onProgress?.(`${good} cycles`);
    };
    try {
      const { log, version } = await runYosys(script, harness.files, { yosys: this.#yosys, timeoutMs, onLine });
      this.tools = version;
      return answerIn(log, good);
    } catch (error) {
      if (error instanceof YosysTimeoutError) return { kind: "timeout", steps: good };
      throw error;
    }
  }
}

function answerIn(log: string, good: number): Answer {
  if (/Induction step proven: SUCCESS!/.test(log)) return { kind: "proven", steps: good };
  const failed = log.lastIndexOf("model found for base case: FAIL!");
  if (failed >= 0) return { kind: "fails", model: modelIn(log.slice(failed)) };
  if (/Reached maximum number of time steps/.test(log)) return { kind: "bounded", steps: good };
  throw new YosysError("Yosys gave no verdict", log);
}

/** The table of a model: `  init \dut.count  3  3  0011`, `  1 \in_0  9  9  1001`. */
function modelIn(text: string): Model {
  const initial = new Map<string, bigint>();
  const cycles: Map<string, bigint>[] = [];
  for (const line of text.split("\n")) {
    const row = /^\s*(init|\d+)\s+\\(\S+)(?:\s+\S+)?(?:\s+\S+)?\s+([01x]+)\s*$/.exec(line);
    if (!row) continue;
    const [, time, name, bits] = row as unknown as [string, string, string, string];
    const value = BigInt(`0b${bits.replaceAll("x", "0")}`);
    if (time === "init") {
      initial.set(name, value);
      continue;
    }
    const at = Number(time) - 1;
    while (cycles.length <= at) cycles.push(new Map());
    cycles[at]!.set(name, value);
  }
  return { initial, cycles };
}
