import type { ProofTaskReport, PropertyResult } from "../hdl/index.ts";
import { palette } from "./colour.ts";
import { formatTable } from "./table.ts";

/** `proven`, `holds for 20 cycles`, `fails in cycle 7`. */
function verdict({ status, depth, reason }: Pick<PropertyResult, "status" | "depth" | "reason">): string {
  const cycles = `${depth} cycle${depth === 1 ? "" : "s"}`;
  switch (status) {
    case "proven":
    case "unreachable":
      return status;
    case "holds":
      return `holds for ${cycles}`;
    case "unreached":
      return `not reached in ${cycles}`;
    case "fails":
      return `fails in cycle ${depth}`;
    case "reached":
      return `reached in cycle ${depth}`;
    default:
      return `undecided: ${reason ?? "no proof was found"}`;
  }
}

/** The inputs of a run, a line per cycle; with several clocks also which of them have their edge, and active resets. */
function traceText({ trace }: PropertyResult): string {
  if (!trace) return "";
  const names = Object.keys(trace.cycles[0] ?? {});
  const clocks = [...new Set(trace.edges?.flat())].sort();
  const resets = [...new Set(trace.resets?.flat())].sort();
  const marks = (all: readonly string[], here: readonly string[] | undefined, mark: string): string[] =>
    all.map((name) => (here?.includes(name) ? mark : ""));
  const rows = trace.cycles.map((inputs, cycle) => [
    String(cycle),
    ...marks(clocks, trace.edges?.[cycle], "edge"),
    ...marks(resets, trace.resets?.[cycle], "active"),
    ...names.map((name) => {
      const elements = inputs[name]!;
      return elements.length === 1 ? String(elements[0]) : `[${elements.join(", ")}]`;
    }),
  ]);
  const initial = Object.entries(trace.initial).map(([name, value]) => `${name} = ${value}`);
  return [
    formatTable(
      ["cycle", ...clocks, ...resets, ...names].map((title) => ({ title, align: "right" as const })),
      rows,
    ),
    ...(initial.length > 0 ? [`beginning with ${initial.join(", ")}`] : []),
  ].join("\n");
}

/** What a person reads of tasks: a table of all that was shown, then each counterexample with its run. */
export function proveText(
  reports: readonly ProofTaskReport[],
  formatFailure: (result: PropertyResult) => string,
): string {
  const { bold, dim, green, red } = palette();
  const blocks: string[] = [];
  for (const { name, summary, good, proof, equivalence } of reports) {
    blocks.push(`${good ? green("good") : red("not shown")}  ${bold(name)}  ${dim(summary)}`);
    if (equivalence)
      blocks.push(`  the two are the same: ${verdict(equivalence)} (${equivalence.seconds.toFixed(1)} s)`);
    if (!proof) continue;
    const rows = proof.properties.map((result) => [
      `  ${result.kind}`,
      verdict(result),
      result.message,
      result.path.join("."),
    ]);
    blocks.push(
      formatTable(
        ["  kind", "verdict", "property", "in"].map((title) => ({ title })),
        rows,
      ),
    );
    if (proof.assumptions.length > 0) blocks.push(`  assuming: ${proof.assumptions.join("; ")}`);
    blocks.push(dim(`  ${proof.tools}, ${proof.seconds.toFixed(1)} s`));
    for (const result of proof.properties) {
      if (result.status === "fails") blocks.push(`\n${formatFailure(result)}\n${traceText(result)}`);
    }
  }
  return blocks.join("\n");
}
