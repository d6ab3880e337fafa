import { type Design, startEngine } from "../hdl/index.ts";
import type { Engine, EngineValues } from "../hdl/simulate/engine.ts";
import { Random } from "./random.ts";
import { type StimulusCycle, writeFrame } from "./stimulus-cycle.ts";

/** A register or a memory's word, by its name below the top. */
interface StatePlace {
  readonly name: string;
  /** Whether it begins unknown and no reset changes that. */
  readonly unset: boolean;
}

/** All state of a module that has no contents to begin with. */
function* statePlaces(module: Design["top"], path = ""): Generator<StatePlace> {
  for (const { name, reset } of module.registers) yield { name: path + name, unset: reset === undefined };
  for (const { name, depth, init } of module.memories) {
    if (init === undefined) for (let i = 0; i < depth; i++) yield { name: `${path}${name}[${i}]`, unset: true };
  }
  for (const instance of module.instances) yield* statePlaces(instance.module, `${path}${instance.name}.`);
}

/** Cycles under reset, before the first one with stimulus. */
export const resetCycles = 2;

/** How a reference run is made. */
export interface ReferenceOptions {
  readonly wave?: string | undefined;
  /** Tell outputs apart that depend on state which silicon, and a four-state simulator, begins with unknown. */
  readonly findUnknown: boolean;
}

/**
 * A design in this process, as the reference for its Verilog. With `findUnknown` it runs beside itself from other initial
 * states: an output that differs between them has no value that anyone may rely upon.
 */
export class ReferenceRun {
  readonly engine: Engine;
  readonly #shadows: readonly Engine[];

  private constructor(engine: Engine, shadows: readonly Engine[]) {
    this.engine = engine;
    this.#shadows = shadows;
  }

  static async start(design: Design, options: ReferenceOptions): Promise<ReferenceRun> {
    const engine = await startEngine(design, { assertions: "collect", wave: options.wave });
    const places = options.findUnknown ? [...statePlaces(design.top)] : [];
    const shadows: Engine[] = [];
    if (places.some(({ unset }) => unset)) {
      const random = new Random(1);
      const ones = (): bigint => -1n;
      const any = (): bigint => (BigInt(random.next()) << 32n) | BigInt(random.next());
      for (const value of [ones, any]) {
        const shadow = await startEngine(design, { assertions: "off" });
        // What is reset too: before the reset it is unknown, and others may take it over.
        for (const { name } of places) shadow.preset?.(name, value());
        shadows.push(shadow);
      }
    }
    return new ReferenceRun(engine, shadows);
  }

  /** Holds all resets for two cycles. */
  reset(frame: readonly EngineValues[]): void {
    for (const engine of this.#all()) {
      writeFrame(engine, frame);
      engine.step(resetCycles, true, allDomains(engine));
    }
  }

  /** The outputs for these inputs; undefined for one that depends on unknown state. */
  settle(frame: readonly EngineValues[]): (EngineValues | undefined)[] {
    for (const engine of this.#all()) writeFrame(engine, frame);
    return this.engine.outputs.map((_, port) => {
      const values = this.engine.read(port);
      return this.#shadows.every((shadow) => firstDifference(shadow.read(port), values) < 0) ? values : undefined;
    });
  }

  step({ domains }: Pick<StimulusCycle, "domains">): void {
    for (const engine of this.#all()) engine.step(1, false, domains);
  }

  dispose(): void {
    for (const engine of this.#all()) engine.dispose();
  }

  #all(): readonly Engine[] {
    return [this.engine, ...this.#shadows];
  }
}

/** All clock domains of an engine's design. */
export function allDomains({ clocking }: Engine): number[] {
  return clocking.domains.map((_, i) => i);
}

/** The first element in which two lists of values differ; below 0 when there is none. */
export function firstDifference(a: EngineValues, b: EngineValues): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && BigInt(a[i]!) !== BigInt(b[i]!)) return i;
  return -1;
}
