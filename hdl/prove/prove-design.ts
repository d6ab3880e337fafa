import { type Design, holdsProperties } from "../ir/index.ts";
import { findTool } from "../tools/find-tool.ts";
import { ToolError } from "../tools/tool-error.ts";
import type { YosysEngine } from "../tools/yosys/engine.ts";
import { type DesignHarness, type Goal, harnessOf } from "./harness.ts";
import { withNeededInitial } from "./needed-initial.ts";
import { type Replay, replay } from "./replay.ts";
import type { ProofReport, ProofStatus, PropertyResult, ProveOptions, Trace } from "./result.ts";
import { SatSolver } from "./sat-solver.ts";
import { SmtSolver } from "./smt-solver.ts";
import type { Answer, Model, Solver } from "./solver.ts";

/** The Yosys that is used where nothing is said: the system's, which is faster, when there is one. */
export async function usualYosys(): Promise<YosysEngine> {
  try {
    await findTool("yosys");
    return "system";
  } catch (error) {
    if (error instanceof ToolError) return "embedded";
    throw error;
  }
}

/**
 * Proves the assertions of a compiled design, and what modules below its top assume of signals that it makes; looks for runs
 * that reach its covers. The first cycle of every run is under reset; registers without a reset value and memories begin
 * with any value.
 * With several clocks a cycle is a step in which one or more of them have their edge.
 * @throws ToolError when a program is missing or the design uses both edges of a clock, YosysError when Yosys refuses it
 */
export async function proveDesign(design: Design, options: ProveOptions = {}): Promise<ProofReport> {
  const started = Date.now();
  if (!holdsProperties(design.top)) {
    throw new ToolError(`${design.top.name} has nothing to prove: no assert(), assume() or cover() in it or below it`);
  }
  const solver =
    options.engine === "smt" ? await SmtSolver.find() : new SatSolver(options.yosys ?? (await usualYosys()));
  const run = new ProofRun(design, harnessOf(design, options), solver, options, started);
  const properties = await run.all();
  const claims = properties.filter(({ kind }) => kind !== "cover");
  return {
    design: design.top.name,
    properties,
    proven: claims.every(({ status }) => status === "proven"),
    failed: claims.some(({ status }) => status === "fails"),
    assumptions: run.harness.assumptions.map(({ property: { message }, path }) =>
      path.length > 1 ? `${message} (in ${path.join(".")})` : message,
    ),
    tools: solver.tools,
    seconds: (Date.now() - started) / 1000,
  };
}

/** What became of a goal. */
interface Verdict {
  readonly status: ProofStatus;
  readonly depth: number;
  readonly trace?: Trace | undefined;
  readonly reason?: string | undefined;
}

class ProofRun {
  readonly harness: DesignHarness;
  readonly #design: Design;
  readonly #solver: Solver;
  readonly #options: ProveOptions;
  readonly #deadline: number;
  readonly #verdicts = new Map<Goal, Verdict>();
  /** Cycles of a run that come before the first one that counts. */
  readonly #lead: number;
  #wave: string | undefined;

  constructor(design: Design, harness: DesignHarness, solver: Solver, options: ProveOptions, started: number) {
    this.#design = design;
    this.harness = harness;
    this.#solver = solver;
    this.#options = options;
    this.#deadline = started + (options.timeLimitMs ?? 300_000);
    this.#lead = harness.resets ? 1 : 0;
    this.#wave = options.wave;
  }

  async all(): Promise<PropertyResult[]> {
    const { goals } = this.harness;
    await this.#prove(goals.filter(({ property }) => property.kind !== "cover"));
    if (this.#options.covers !== false) {
      for (const goal of goals.filter(({ property }) => property.kind === "cover")) await this.#prove([goal]);
    }
    return goals.flatMap((goal): PropertyResult[] => {
      const verdict = this.#verdicts.get(goal);
      if (!verdict) return [];
      const { kind, name, message, source } = goal.property;
      return [{ kind, name, message, path: goal.path, source, ...verdict }];
    });
  }

  /** All goals together, then those that are left one by one; what is proven helps the others. */
  async #prove(goals: readonly Goal[]): Promise<void> {
    const { induction = 10, depth = 20 } = this.#options;
    let open = [...goals];
    if (induction > 0) open = await this.#attempt(open, "induction", induction);
    for (let again = open.length > 1 && induction > 0; again; ) {
      const before = open.length;
      for (const goal of open) await this.#attempt([goal], "induction", induction);
      open = open.filter((goal) => !this.#decided(goal));
      again = open.length < before && open.length > 0;
    }
    open = open.filter((goal) => !this.#decided(goal));
    const known = Math.min(...open.map((goal) => this.#verdicts.get(goal)?.depth ?? 0));
    if (open.length > 0 && known < depth) await this.#attempt(open, "bounded", depth);
  }

  #decided(goal: Goal): boolean {
    const status = this.#verdicts.get(goal)?.status;
    return status !== undefined && status !== "holds" && status !== "unreached" && status !== "undecided";
  }

  /** Asks until no goal fails any more; the goals that are still open are returned. */
  async #attempt(goals: readonly Goal[], method: "induction" | "bounded", depth: number): Promise<Goal[]> {
    let open = [...goals];
    while (open.length > 0) {
      const timeoutMs = this.#deadline - Date.now();
      const answer: Answer =
        timeoutMs <= 0
          ? { kind: "timeout", steps: 0 }
          : await this.#solver.ask({
              harness: this.harness,
              goals: open.map(({ cell }) => cell),
              known: this.#proven(),
              steps: depth + this.#lead,
              method,
              timeoutMs,
              onProgress: (step) => this.#options.onProgress?.(`${method}, ${step}`),
            });
      if (answer.kind === "fails") {
        const failing = await this.#note(open, answer.model);
        open = open.filter((goal) => !failing.has(goal));
        if (failing.size === 0) return open;
        continue;
      }
      const steps = answer.kind === "proven" ? answer.steps : Math.max(0, answer.steps - this.#lead);
      for (const goal of open) this.#settle(goal, answer, steps);
      return answer.kind === "proven" ? [] : open;
    }
    return open;
  }

  #settle(goal: Goal, answer: Exclude<Answer, { kind: "fails" }>, steps: number): void {
    const cover = goal.property.kind === "cover";
    const before = this.#verdicts.get(goal)?.depth ?? 0;
    if (answer.kind === "proven") {
      this.#verdicts.set(goal, { status: cover ? "unreachable" : "proven", depth: steps });
      return;
    }
    const depth = Math.max(before, steps);
    const reason = answer.kind === "timeout" ? "the time is over" : undefined;
    const status = depth === 0 ? "undecided" : cover ? "unreached" : "holds";
    this.#verdicts.set(goal, { status, depth, reason });
  }

  #proven(): string[] {
    return this.harness.goals.flatMap((goal) => {
      const status = this.#verdicts.get(goal)?.status;
      return status === "proven" || status === "unreachable" ? [goal.cell] : [];
    });
  }

  /** Replays a counterexample and notes the goals that fail in it. */
  async #note(open: readonly Goal[], model: Model): Promise<Set<Goal>> {
    const last = model.cycles.at(-1)!;
    const { assumptions, freeClocks, movingClocks } = this.harness;
    const others = freeClocks ? movingClocks.filter(({ input }) => last.get(input) !== 1n) : [];
    for (const alsoTicks of [undefined, ...others]) {
      const run = await replay(this.#design, this.harness, model, { alsoTicks });
      // A clock that ticks for the sake of its properties must meet its assumptions.
      const broken = run.failures.some(({ cycle, name, path }) => {
        if (cycle !== model.cycles.length - 1) return false;
        return assumptions.some((each) => each.property.name === name && each.path.join(".") === path.join("."));
      });
      if (alsoTicks && broken) continue;
      if (this.#failing(open, model, run).size === 0) continue;
      const repeat = (other: Model): Promise<Replay> => replay(this.#design, this.harness, other, { alsoTicks });
      const needed = await withNeededInitial(model, run, repeat);
      if (this.#wave) await replay(this.#design, this.harness, needed.model, { alsoTicks, wave: this.#wave });
      this.#wave = undefined;
      return this.#failing(open, needed.model, needed.run);
    }
    // The solver and the simulation disagree: nothing is known then, and the run is kept for whoever looks into it.
    const reason = "the simulation does not confirm the solver's counterexample";
    const { trace } = await replay(this.#design, this.harness, model, { wave: this.#wave });
    this.#wave = undefined;
    for (const goal of open) {
      this.#verdicts.set(goal, { status: "undecided", depth: 0, trace: { ...trace, failure: undefined }, reason });
    }
    return new Set();
  }

  /** Notes the goals that fail in a run. */
  #failing(open: readonly Goal[], model: Model, { trace, failures, covers }: Replay): Set<Goal> {
    const failing = new Set<Goal>();
    const depth = model.cycles.length - this.#lead;
    for (const goal of open) {
      const { property, path } = goal;
      const same = (other: { readonly path: readonly string[] }): boolean => other.path.join(".") === path.join(".");
      if (property.kind === "cover") {
        const seen = covers.some((each) => same(each) && each.name === property.message && each.count > 0);
        if (!seen) continue;
        failing.add(goal);
        this.#verdicts.set(goal, { status: "reached", depth, trace: { ...trace, failure: undefined } });
        continue;
      }
      const failure = failures.find((each) => same(each) && each.name === property.name);
      if (!failure) continue;
      failing.add(goal);
      const end = failure.cycle + 1;
      const cut = {
        ...trace,
        cycles: trace.cycles.slice(0, end),
        edges: trace.edges?.slice(0, end),
        resets: trace.resets?.slice(0, end),
        failure,
      };
      this.#verdicts.set(goal, { status: "fails", depth: end - this.#lead, trace: cut });
    }
    return failing;
  }
}
