import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findTool, type Tool } from "../tools/find-tool.ts";
import { runTool, ToolError, ToolTimeoutError } from "../tools/run-tool.ts";
import { temporaryFolder } from "../tools/temporary-folder.ts";
import { runYosys } from "../tools/yosys/run-yosys.ts";
import { YosysTimeoutError } from "../tools/yosys/yosys-error.ts";
import { proofModule } from "./harness.ts";
import { prepareScript } from "./prepare-script.ts";
import type { Answer, Model, Question, Solver } from "./solver.ts";

/** yosys-smtbmc with z3 or cvc5: word-level reasoning, which arithmetic likes better than single bits. */
export class SmtSolver implements Solver {
  tools = "yosys-smtbmc";
  readonly #solver: Tool;
  readonly #name: string;

  private constructor(name: string, solver: Tool) {
    this.#name = name;
    this.#solver = solver;
  }

  /** @throws ToolError when neither z3 nor cvc5 is on the path */
  static async find(): Promise<SmtSolver> {
    for (const name of ["z3", "cvc5"] as const) {
      try {
        return new SmtSolver(name, await findTool(name));
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
      }
    }
    throw new ToolError("the smt engine needs z3 or cvc5: sudo apt-get install z3, or use the sat engine");
  }

  async ask(question: Question): Promise<Answer> {
    const deadline = Date.now() + question.timeoutMs;
    const left = (): number => Math.max(1, deadline - Date.now());
    const folder = temporaryFolder("smt");
    try {
      const script = [...prepareScript(question), "write_smt2 -wires proof.smt2"].join("\n");
      const made = await runYosys(script, question.harness.files, { yosys: "system", timeoutMs: left() });
      this.tools = `${made.version}, ${this.#solver.product}`;
      await writeFile(join(folder, "proof.smt2"), made.outputs["proof.smt2"]!);
      const base = await this.#run(folder, ["-t", String(question.steps), "--dump-vcd", "model.vcd"], left());
      if (!base) return { kind: "fails", model: modelOf(await readFile(join(folder, "model.vcd"), "utf8")) };
      if (question.method === "bounded") return { kind: "bounded", steps: question.steps };
      question.onProgress?.("induction");
      // Induction over n steps rests on a base of n steps, which has just been shown.
      const step = await this.#run(folder, ["-i", "-t", String(question.steps - 1)], left());
      return { kind: step ? "proven" : "bounded", steps: question.steps };
    } catch (error) {
      if (error instanceof YosysTimeoutError || error instanceof ToolTimeoutError) return { kind: "timeout", steps: 0 };
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** True when passed, false when failed. */
  async #run(folder: string, args: readonly string[], timeoutMs: number): Promise<boolean> {
    const all = ["-s", this.#name, "-m", proofModule, "--noprogress", ...args, "proof.smt2"];
    const { status, stdout, stderr } = await runTool("yosys-smtbmc", all, { cwd: folder, timeoutMs });
    if (status === 0 && /Status: PASSED|Status: passed/.test(stdout)) return true;
    if (/Status: (FAILED|failed)/.test(stdout)) return false;
    const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
    throw new ToolError(`yosys-smtbmc with ${this.#name} gave no verdict: ${lines.at(-1) ?? "it said nothing"}`);
  }
}

/** The trace that yosys-smtbmc writes: one cycle every 10 units of time. */
function modelOf(vcd: string): Model {
  const names = new Map<string, string>();
  const scopes: string[] = [];
  const values = new Map<string, bigint>();
  const cycles: Map<string, bigint>[] = [];
  let time = 0;
  const note = (): void => {
    if (time % 10 !== 0) return;
    cycles[time / 10] = new Map(values);
  };
  for (const line of vcd.split("\n")) {
    const words = line.trim().split(/\s+/);
    if (words[0] === "$scope") scopes.push(words[2]!);
    else if (words[0] === "$upscope") scopes.pop();
    else if (words[0] === "$var") names.set(words[3]!, [...scopes.slice(1), words[4]].join("."));
    else if (line.startsWith("#")) {
      note();
      time = Number(line.slice(1));
    } else if (line.startsWith("b"))
      values.set(names.get(words[1]!)!, BigInt(`0b${words[0]!.slice(1).replace(/[xz]/g, "0")}`));
  }
  note();
  return { initial: cycles[0] ?? new Map(), cycles };
}
