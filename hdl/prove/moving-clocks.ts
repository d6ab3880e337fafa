import { type Clocking, clockingOf, type Design, domainsOf } from "../ir/index.ts";
import { ToolError } from "../tools/tool-error.ts";
import { resetPort, withOneClock } from "./one-clock.ts";

/** How the clocks and resets of a design move in a proof. */
export interface ClockingOptions {
  /**
   * For a design with several clocks: how many units of time lie between two edges of a domain's clock, by the name of the
   * domain, 1 for those not named. Where the first edges fall is left open. Unless told, any clocks have their edge in any
   * step, at least one of them.
   */
  readonly periods?: Readonly<Record<string, number>> | undefined;
  /** `start`: every reset is active in the first cycle and never again; `any`: any of them in any later cycle, too. Default `start`. */
  readonly resets?: "start" | "any" | undefined;
}

/** A clock that has its edge only in some steps. */
export interface MovingClock {
  /** The top's port. */
  readonly name: string;
  /** A domain on it, by its place among those of the top. */
  readonly domain: number;
  /** The input of the proof module that tells whether it has its edge. */
  readonly input: string;
  /** Units of time between two edges; undefined for any. */
  readonly period: number | undefined;
}

/** A reset that may be active at any time. */
export interface MovingReset {
  readonly name: string;
  readonly domain: number;
  readonly input: string;
  /** It acts without a clock edge, on some registers at least. */
  readonly asynchronous: boolean;
}

/** What moves in the runs of a design, besides its inputs. */
export interface Moving {
  /** The design as the solver gets it. */
  readonly design: Design;
  /** The clocks of a design with several, or whose reset may act between edges; none where every step is an edge. */
  readonly clocks: readonly MovingClock[];
  readonly resets: readonly MovingReset[];
  /** Any clock may have its edge in any step, and properties count as if it had (see `withOneClock`). */
  readonly free: boolean;
  /** What is 1 while the reset at a port of the design that the solver gets is active, besides in the first cycle. */
  readonly activity: ReadonlyMap<string, string>;
}

/**
 * Finds what moves, and puts a design with several clocks on one.
 * @throws ToolError for both edges of a clock, or for periods of domains that there are not
 */
export function movingOf(design: Design, options: ClockingOptions): Moving {
  const clocking = clockingOf(design);
  refuseBothEdges(design, clocking);
  refusePeriods(design, clocking, options.periods);
  const present = clocking.clocks.filter((clock) => clock.present);
  // A run in which a clock ticks more often is a run only where nothing says when it ticks; and under a synchronous reset
  // properties do not count, which a clock that does not tick does not see.
  const free = options.periods === undefined && options.resets !== "any";
  const resets = options.resets === "any" ? movingResets(design, clocking) : [];
  // An asynchronous reset may come and go between two edges, so that not every step is an edge.
  const several =
    present.length > 1 || resets.some(({ asynchronous }) => asynchronous) ? withOneClock(design, free) : undefined;
  const inputs = design.top.ports.filter(({ direction }) => direction === "input").length;
  const domainOfClock = (name: string): number =>
    clocking.domains.findIndex(({ clock }) => clocking.clocks[clock]!.name === name);
  const clocks = (several?.ticks ?? []).map((name, i): MovingClock => {
    const domains = clocking.domains.filter(({ clock }) => clocking.clocks[clock]!.name === name);
    const period = options.periods && domains.map((domain) => options.periods![domain.name]).find((each) => each);
    return {
      name,
      domain: domainOfClock(name),
      input: `in_${inputs + i}`,
      period: options.periods ? (period ?? 1) : undefined,
    };
  });
  return { design: several?.design ?? design, clocks, resets, free, activity: activityOf(design, clocks, resets) };
}

function movingResets({ top }: Design, { resets, domains }: Clocking): MovingReset[] {
  return resets.flatMap(({ name, present }, line) => {
    const kinds = domainsOf(top).filter((_, i) => domains[i]!.reset === line);
    const asynchronous = kinds.some(({ resetKind }) => resetKind === "asynchronous");
    const domain = domains.findIndex(({ reset }) => reset === line);
    return present ? [{ name, domain, input: `reset_${line}`, asynchronous }] : [];
  });
}

/** A synchronous reset acts at the edges of its own clock, which are not all steps where there are several. */
function activityOf(
  { top }: Design,
  clocks: readonly MovingClock[],
  resets: readonly MovingReset[],
): ReadonlyMap<string, string> {
  const activity = new Map<string, string>();
  for (const domain of domainsOf(top)) {
    const input = resets.find(({ name }) => name === domain.reset)?.input;
    if (input === undefined) continue;
    const tick = clocks.find(({ name }) => name === domain.clock)?.input;
    const always = tick === undefined || domain.resetKind === "asynchronous";
    activity.set(clocks.length > 0 ? resetPort(domain) : domain.reset, always ? input : `(${input} & ${tick})`);
  }
  return activity;
}

/** @throws ToolError for a design that uses both edges of a clock */
export function refuseBothEdges(design: Design, { clocks } = clockingOf(design)): void {
  const both = clocks.find(({ present, bothEdges }) => present && bothEdges);
  if (!both) return;
  throw new ToolError(`${design.top.name} uses both edges of ${both.name}: a proof takes one; prove its parts`);
}

function refusePeriods(design: Design, { domains }: Clocking, periods: ClockingOptions["periods"]): void {
  for (const [name, period] of Object.entries(periods ?? {})) {
    if (!domains.some((domain) => domain.name === name)) {
      throw new ToolError(
        `${design.top.name} has no clock domain ${name}; domains: ${domains.map((domain) => domain.name).join(", ")}`,
      );
    }
    if (Number.isInteger(period) && period >= 1 && period <= 255) continue;
    throw new ToolError(`the period of ${name} is ${period}: give a whole number of units from 1 to 255`);
  }
}

/**
 * The text in the proof module that says in which steps clocks have their edge. `underReset`: the first cycle is under
 * reset.
 */
export function clockingText({ clocks, resets }: Moving, underReset: boolean): string {
  if (clocks.length === 0) return "";
  const inputs = clocks.map(({ input }) => input);
  const lines: string[] = [];
  const assumptions: string[] = [];
  if (clocks[0]!.period === undefined) {
    const causes = [...inputs, ...resets.filter(({ asynchronous }) => asynchronous).map(({ input }) => input)];
    assumptions.push(`assume (${causes.join(" | ")});`);
    if (underReset) assumptions.push(`if (!running) assume (${inputs.join(" & ")});`);
  } else {
    clocks.forEach(({ input, period }, i) => {
      const phase = `phase_${i}`;
      lines.push(`  reg [7:0] ${phase};`);
      lines.push(`  always @(posedge clock) ${phase} <= ${phase} == 8'd${period! - 1} ? 8'd0 : ${phase} + 8'd1;`);
      assumptions.push(`assume (${phase} < 8'd${period});`);
      assumptions.push(`assume (${input} == (${underReset ? "!running | " : ""}${phase} == 8'd0));`);
    });
  }
  return [...lines, "  always @(*) begin", ...assumptions.map((line) => `    ${line}`), "  end", ""].join("\n");
}
