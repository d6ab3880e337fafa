import {
  AssertionFailure,
  type AssertionMode,
  type CoverCount,
  failureValue,
  type PropertyFailure,
} from "../property-failure.ts";
import type { FlatDesign, FlatProperty } from "./flat-design.ts";
import type { CompiledModule } from "./generate-module.ts";
import type { Layout } from "./layout.ts";
import { makeProbes } from "./probes.ts";

/** Failures kept in mode `collect`; those after them are only counted. */
const mostKept = 10_000;

/** Looks at the properties of a running design at every clock edge. */
export class PropertyChecks {
  readonly failures: PropertyFailure[] = [];
  readonly #flat: FlatDesign;
  readonly #layout: Layout;
  readonly #module: CompiledModule;
  readonly #mode: AssertionMode;

  constructor(flat: FlatDesign, layout: Layout, module: CompiledModule, mode: AssertionMode) {
    this.#flat = flat;
    this.#layout = layout;
    this.#module = module;
    this.#mode = mode;
  }

  /**
   * To be called when all has settled, before the edges of `events`; `held` tells which resets are active.
   * @throws AssertionFailure for the first property that does not hold, in mode `throw`
   */
  check(events: readonly number[], cycle: number, held: readonly boolean[]): void {
    const { checks, violated } = this.#module;
    for (const event of events) checks[event]!(held);
    if (violated.length === 0) return;
    for (const index of violated) {
      const failure = this.#failureOf(this.#flat.properties[index]!, cycle);
      if (this.#mode === "throw") {
        violated.length = 0;
        throw new AssertionFailure(failure);
      }
      if (this.failures.length < mostKept) this.failures.push(failure);
    }
    violated.length = 0;
  }

  covers(): CoverCount[] {
    return this.#flat.properties.flatMap((property, i) =>
      property.kind === "cover"
        ? [{ name: property.message, path: property.scope, count: this.#module.counts[i]! }]
        : [],
    );
  }

  #failureOf(property: FlatProperty, cycle: number): PropertyFailure {
    const { kind, name, message, scope, watches, source } = property;
    const { words, bigs } = this.#module;
    const probes = makeProbes(watches, this.#flat, this.#layout, words, bigs, () => true);
    const values = probes.map((probe, i) => failureValue(watches[i]!, BigInt(probe.read())));
    return { kind: kind === "assume" ? "assume" : "assert", name, message, path: scope, cycle, values, source };
  }
}
