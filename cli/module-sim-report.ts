import { formatFailure, type PropertyFailure } from "../hdl/index.ts";
import type { ModuleSimReport } from "../tb/index.ts";
import { palette } from "./colour.ts";
import { formatMismatches } from "./mismatch-report.ts";
import { formatNumber, formatTable } from "./table.ts";

const failuresShown = 4;

const count = (amount: number, thing: string): string => `${formatNumber(amount)} ${thing}${amount === 1 ? "" : "s"}`;

/** The first failure of every assertion. */
function firstFailures(failures: readonly PropertyFailure[]): PropertyFailure[] {
  const first = new Map<string, PropertyFailure>();
  for (const failure of failures) {
    const key = [...failure.path, failure.name].join(".");
    if (!first.has(key)) first.set(key, failure);
  }
  return [...first.values()];
}

/** What a person reads of a simulation of a module, below its name. */
export function formatModuleSim(report: ModuleSimReport): string {
  const { assumptionBroken, covers, failures, seed, simulator, vectors, wave } = report;
  const { dim, yellow } = palette();
  const engines = simulator === null ? report.engine : `${report.engine} and ${simulator}`;
  const lines = [`${engines}, ${count(vectors, "vector")}, seed ${seed}, ${formatNumber(report.seconds, 2)} s`];
  lines.push(...comparisonLines(report), assertionLine(report));
  for (const failure of firstFailures(failures).slice(0, failuresShown)) lines.push("", formatFailure(failure), "");
  const more = firstFailures(failures).length - failuresShown;
  if (more > 0) lines.push(`and ${count(more, "other assertion")}`);
  if (assumptionBroken) {
    lines.push(
      `${yellow("assumption")}  no random inputs kept what the module assumes from cycle ${assumptionBroken.cycle} on; assertions count up to there:`,
      formatFailure(assumptionBroken),
    );
  }
  if (covers.length > 0) {
    const rows = covers.map(({ count: times, name, path }) => [
      "  cover",
      name,
      times === 0 ? yellow("never") : count(times, "cycle"),
      dim(path.join(".")),
    ]);
    lines.push(
      formatTable(
        rows[0]!.map(() => ({ title: "" })),
        rows,
      ),
    );
  }
  if (wave !== undefined) lines.push(`wave: ${wave}`);
  return lines.join("\n");
}

function comparisonLines({ compared, mismatched, mismatches, simulator, unknown }: ModuleSimReport): string[] {
  const { dim, green, red, yellow } = palette();
  if (simulator === null) return [`${yellow("not compared")}  no simulator has run the emitted Verilog`];
  const left = unknown === 0 ? "" : dim(`, ${formatNumber(unknown)} unknown and passed over`);
  const hint =
    unknown > compared ? ["most depend on state that nothing has set: --engine verilator begins it at 0"] : [];
  if (mismatched === 0 && compared === 0) return [`${yellow("not compared")}  every output is unknown`, ...hint];
  if (mismatched === 0) {
    return [`${green("equal")}  ${count(compared, "output")} are the same in the Verilog${left}`, ...hint];
  }
  return [
    `${red("DIFFERENT")}  ${formatNumber(mismatched)} of ${count(compared, "output")} are not the same in the Verilog${left}`,
    formatMismatches(mismatches, mismatched),
  ];
}

function assertionLine({ assertions, assumptionBroken, assumptions, failures }: ModuleSimReport): string {
  const { dim, green, red } = palette();
  if (failures.length > 0) return `${red("FAILED")}  ${count(firstFailures(failures).length, "assertion")}`;
  const stated = [
    ...(assertions > 0 ? [count(assertions, "assertion")] : []),
    ...(assumptions > 0 && !assumptionBroken ? [count(assumptions, "assumption")] : []),
  ];
  if (stated.length === 0) return dim("no assertions");
  return `${green("held")}  ${stated.join(", ")}`;
}

/** The same as data: places as file, line and column instead of what finds them, and each assertion's first failure. */
export function moduleSimJson(report: ModuleSimReport): object {
  const plain = ({ source, ...rest }: PropertyFailure) => ({ ...rest, location: source?.location });
  const { assumptionBroken, failures } = report;
  return {
    ...report,
    failures: firstFailures(failures).map(plain),
    assumptionBroken: assumptionBroken && plain(assumptionBroken),
  };
}
