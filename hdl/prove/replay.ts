import type { Design } from "../ir/index.ts";
import { type CoverCount, type Engine, type PropertyFailure, startEngine } from "../simulate/index.ts";
import { enumerationOf, scalarOf } from "../types/index.ts";
import { type DesignHarness, dutName } from "./harness.ts";
import type { MovingClock } from "./moving-clocks.ts";
import { elementsOf } from "./port-bits.ts";
import type { Trace } from "./result.ts";
import type { Model } from "./solver.ts";

/** A solver's run as inputs of the design, and what the simulation in this process sees in it. */
export interface Replay {
  readonly trace: Omit<Trace, "failure">;
  readonly failures: readonly PropertyFailure[];
  readonly covers: readonly CoverCount[];
}

/** How a run is repeated. */
export interface ReplayOptions {
  /** A VCD file for it. */
  readonly wave?: string | undefined;
  /** A clock of several that ticks in the last cycle, too. */
  readonly alsoTicks?: MovingClock | undefined;
}

/** Simulates the run that a solver found. */
export async function replay(
  design: Design,
  harness: DesignHarness,
  model: Model,
  { wave, alsoTicks }: ReplayOptions = {},
): Promise<Replay> {
  const cycles = inputsOf(design, model);
  const { movingClocks, movingResets } = harness;
  const engine = await startEngine(design, { assertions: "collect", wave });
  try {
    const initial = presetFrom(engine, model);
    const all = engine.clocking.domains.map((_, domain) => domain);
    const edges: string[][] = [];
    const resets: string[][] = [];
    cycles.forEach((values, cycle) => {
      const start = cycle === 0 && harness.resets;
      const told = ({ input }: { readonly input: string }): boolean => model.cycles[cycle]!.get(input) === 1n;
      const last = cycle === cycles.length - 1;
      const ticking = movingClocks.filter((clock) => told(clock) || (last && clock === alsoTicks));
      drive(engine, design, values);
      for (const reset of movingResets) engine.setReset(start || told(reset), [reset.domain]);
      engine.step(1, start, movingClocks.length === 0 ? all : ticking.map(({ domain }) => domain));
      edges.push(ticking.map(({ name }) => name));
      resets.push(movingResets.filter((reset) => start || told(reset)).map(({ name }) => name));
    });
    const trace = {
      cycles,
      members: membersOf(design),
      initial,
      edges: movingClocks.length > 0 ? edges : undefined,
      resets: movingResets.length > 0 ? resets : undefined,
    };
    return { trace, failures: engine.failures?.() ?? [], covers: engine.covers?.() ?? [] };
  } finally {
    engine.dispose();
  }
}

/** The names of the values of a design's inputs; undefined when no input has any. */
function membersOf(design: Design): Trace["members"] {
  const named = design.top.ports.flatMap(({ name, direction, type }) => {
    const enumeration = direction === "input" ? enumerationOf(scalarOf(type)) : undefined;
    if (enumeration === undefined) return [];
    return [
      [name, Object.fromEntries([...enumeration.members].map(([member, value]) => [`${value}`, member]))] as const,
    ];
  });
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

/** The inputs of a design in each cycle of a run. */
export function inputsOf(design: Design, model: Model): Trace["cycles"] {
  const inputs = design.top.ports.filter((port) => port.direction === "input");
  return model.cycles.map((assignment) =>
    Object.fromEntries(inputs.map((port, i) => [port.name, elementsOf(port, assignment.get(`in_${i}`) ?? 0n)])),
  );
}

/** Applies the inputs of one cycle. */
export function drive(engine: Engine, design: Design, values: Trace["cycles"][number]): void {
  const inputs = design.top.ports.filter((port) => port.direction === "input");
  inputs.forEach((port, i) => {
    const elements = values[port.name]!;
    engine.write(i, scalarOf(port.type).width > 32 ? elements : elements.map(Number));
  });
}

/** One cycle of all clock domains. */
export function tick(engine: Engine, reset: boolean): void {
  const domains = engine.clocking.domains.map((_, domain) => domain);
  engine.step(1, reset, domains);
}

/** Gives registers and memories the values with which the run begins; those that nothing knows are the solver's own. */
function presetFrom(engine: Engine, model: Model): Record<string, bigint> {
  const initial: Record<string, bigint> = {};
  for (const [name, value] of model.initial) {
    if (!name.startsWith(`${dutName}.`)) continue;
    const own = name.slice(dutName.length + 1);
    if (engine.preset?.(own, value)) initial[own] = value;
  }
  return initial;
}
