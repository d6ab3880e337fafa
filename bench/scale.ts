import { type Benchmark, below, type Figure, plain } from "./figure.ts";
import { measureNodeMedian } from "./measure.ts";

const program = "bench/describe-design.mjs";
const sizes = [10_000, 30_000, 100_000, 300_000] as const;
/** Cost per operator of the largest design over that of the smallest: 1 would be exactly linear. */
const linearBar = 1.5;

const run = (kind: "counters" | "operators", size: number, runs: number) =>
  measureNodeMedian([program, kind, String(size)], runs);

/** A bar chart in text: one row per size, as long as the processor time per operator. */
function chart(costs: readonly { size: number; perOperator: number }[]): string[] {
  const most = Math.max(...costs.map(({ perOperator }) => perOperator));
  return costs.map(({ size, perOperator }) => {
    const bar = "#".repeat(Math.max(1, Math.round((40 * perOperator) / most)));
    return `  ${size.toLocaleString("en-US").padStart(8)}  ${bar} ${perOperator.toFixed(1)} us an operator`;
  });
}

/** The language on designs of growing size: elaborate, check, optimise, emit, as whole processes. */
export const scale: Benchmark = {
  name: "scale",
  summary: "elaborate, check, emit: many small modules, and one large flat one; whole process, start-up included",
  async run(): Promise<Figure[]> {
    const empty = run("counters", 1, 3);
    const counters = run("counters", 1000, 5);
    const costs = sizes.map((size) => ({ size, cost: run("operators", size, size > 100_000 ? 1 : 3) }));
    const perOperator = costs.map(({ size, cost }) => ({
      size,
      perOperator: ((cost.cpuSeconds - empty.cpuSeconds) / size) * 1e6,
    }));
    console.log(chart(perOperator).join("\n"));
    const hundred = costs[2]!.cost;
    return [
      plain("start-up (one counter), processor time", empty.cpuSeconds, "s"),
      below("1000 counters, processor time", counters.cpuSeconds, "s", 0.5),
      below("100,000 operators in one module, processor time", hundred.cpuSeconds, "s", 2),
      below("100,000 operators, peak memory", hundred.megabytes, "MB", 500),
      below(
        "cost per operator, 300,000 over 10,000",
        perOperator[3]!.perOperator / perOperator[0]!.perOperator,
        "x",
        linearBar,
      ),
    ];
  },
};
