import { basename } from "node:path";
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
      const elements = inputs[name]!.map((value) => trace.members?.[name]?.[`${value}`] ?? `${value}`);
      return elements.length === 1 ? elements[0]! : `[${elements.join(", ")}]`;
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

/** How proofs are told. */
export interface ProveTextOptions {
  readonly formatFailure: (result: PropertyResult) => string;
  /** Tell the run of every failing property, and of every cover that is reached; else that of the first failing one. */
  readonly verbose: boolean;
}

/** What a person reads of tasks: a table of all that was shown, then the failures, one of them with its run. */
export function proveText(reports: readonly ProofTaskReport[], { formatFailure, verbose }: ProveTextOptions): string {
  const { bold, dim, green, red } = palette();
  const blocks: string[] = [];
  let runs = 0;
  for (const { name, summary, good, proof, equivalence } of reports) {
    const fails = proof?.failed || equivalence?.status === "fails";
    blocks.push(`${good ? green("good") : red(fails ? "fails" : "not shown")}  ${bold(name)}  ${dim(summary)}`);
    if (equivalence)
      blocks.push(`  the two are the same: ${verdict(equivalence)} (${equivalence.seconds.toFixed(1)} s)`);
    if (!proof) continue;
    blocks.push(propertyTable(proof.properties));
    const assumptions = [...new Set(proof.assumptions)];
    if (assumptions.length > 0) blocks.push(["  assuming", ...assumptions].join("\n    "));
    blocks.push(dim(`  ${proof.tools}, ${proof.seconds.toFixed(1)} s`));
    for (const result of proof.properties) {
      if (result.status === "reached" && verbose)
        blocks.push(
          `\ncover ${verdict(result)}: ${result.message} (in ${result.path.join(".")})\n${traceText(result)}`,
        );
      if (result.status !== "fails") continue;
      blocks.push(`\n${formatFailure(result)}`);
      if (verbose || runs === 0) blocks.push(traceText(result));
      runs++;
    }
  }
  if (runs > 1 && !verbose) blocks.push(dim("\nthe runs of the other failures: --verbose"));
  return blocks.join("\n");
}

/** The verdicts, with the line where one message is that of several properties of a module. */
function propertyTable(properties: readonly PropertyResult[]): string {
  const nameOf = ({ kind, message, path }: PropertyResult): string => `${kind} ${path.join(".")} ${message}`;
  const times = new Map<string, number>();
  for (const result of properties) times.set(nameOf(result), (times.get(nameOf(result)) ?? 0) + 1);
  const several = [...times.values()].some((count) => count > 1);
  const rows = properties.map((result) => {
    const { kind, message, name, path, source } = result;
    const at = source?.location;
    const place = times.get(nameOf(result)) === 1 ? "" : at ? `${basename(at.file)}:${at.line}` : name;
    return [`  ${kind}`, verdict(result), message, path.join("."), ...(several ? [place] : [])];
  });
  const titles = ["  kind", "verdict", "property", "in", ...(several ? ["at"] : [])];
  return formatTable(
    titles.map((title) => ({ title })),
    rows,
  );
}
