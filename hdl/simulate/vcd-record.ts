import type { Clocking } from "../ir/index.ts";
import { type Engine, type EnginePort, type EngineValues, type OutputFrame, UnknownValueError } from "./engine.ts";
import { type VcdSignal, type VcdSink, type VcdValue, VcdWriter } from "./vcd.ts";
import { packElements } from "./vcd-pack.ts";

/** The wave's outermost name and its time scale. */
export interface WaveOptions {
  /** Name of the outermost scope of an engine without probes. Default `top`. */
  readonly top?: string;
  /** Unit of time. Default `1ns`. */
  readonly timescale?: string;
  /** Clock period in units of time: even, at least 2. Default 10. */
  readonly period?: number;
}

/** An engine that writes a wave of all that is done with it. */
export interface WaveRecorder extends Engine {
  /** Completes the wave; the engine stays usable, but is no longer recorded. */
  finish(): void;
}

/**
 * Wraps any engine so that every cycle goes into a wave with `clock`, `reset`, and either all probes of the engine or,
 * when it has none, its ports. A cycle begins with the falling edge of the clock, at which inputs change; the rising edge
 * stands in the middle. With probes, registers are seen to change at the rising edge; without, outputs are sampled once
 * per cycle, just before that edge. Vector ports are shown packed.
 */
export function recordWave(engine: Engine, sink: VcdSink, options: WaveOptions = {}): WaveRecorder {
  return new Recorder(engine, sink, options);
}

/** Where the values of a wave come from, besides clock and reset. */
interface Sampler {
  readonly signals: readonly VcdSignal[];
  sample(): VcdValue[];
}

class Recorder implements WaveRecorder {
  readonly name: Engine["name"];
  readonly version: string;
  readonly inputs: readonly EnginePort[];
  readonly outputs: readonly EnginePort[];
  readonly clocking: Clocking;
  readonly #engine: Engine;
  readonly #period: number;
  readonly #writer: VcdWriter;
  readonly #probes: Sampler | undefined;
  readonly #inputValues: VcdValue[];
  #lastSample: VcdValue[] = [];
  /** Whether each reset is held. */
  readonly #held: boolean[];
  #cycle = 0;
  #sampledCycle = -1;
  #finished = false;

  constructor(engine: Engine, sink: VcdSink, { top = "top", timescale = "1ns", period = 10 }: WaveOptions) {
    if (!Number.isInteger(period) || period < 2 || period % 2 !== 0) {
      throw new RangeError(`clock period ${period} is not an even number of at least 2`);
    }
    this.name = engine.name;
    this.version = engine.version;
    this.inputs = engine.inputs;
    this.outputs = engine.outputs;
    this.clocking = engine.clocking;
    this.#held = engine.clocking.resets.map(() => false);
    this.#engine = engine;
    this.#period = period;
    this.#inputValues = engine.inputs.map(() => 0);
    this.#probes = probeSampler(engine);
    const signals = this.#probes?.signals ?? [...engine.inputs, ...engine.outputs].map((port) => portSignal(port, top));
    const outermost = signals[0]?.scope.slice(0, 1) ?? [top];
    const { clocks: tops, resets } = engine.clocking;
    const clocks = [...tops, ...resets].map(({ name }) => ({
      scope: outermost,
      name: freeName(name, signals),
      width: 1,
    }));
    this.#writer = new VcdWriter(sink, { timescale, signals: [...clocks, ...signals] });
  }

  write(port: number, values: EngineValues): void {
    this.#engine.write(port, values);
    this.#noteInput(port, values);
  }

  read(port: number): EngineValues {
    return this.#engine.read(port);
  }

  step(cycles: number, reset = false, domains: readonly number[] = [0]): void {
    for (let i = 0; i < cycles; i++) {
      this.#beforeEdge(reset ? domains : [], () => this.#sample());
      this.#engine.step(1, reset, domains);
      this.#afterEdge(reset ? domains : [], domains);
    }
  }

  setReset(active: boolean, domains: readonly number[] = [0]): void {
    this.#engine.setReset(active, domains);
    for (const domain of domains) {
      const line = this.clocking.domains[domain]?.reset ?? -1;
      if (line >= 0) this.#held[line] = active;
    }
  }

  replay(frames: Iterable<readonly EngineValues[]>, observe: (cycle: number, outputs: OutputFrame) => void): void {
    if (this.#probes !== undefined) this.#replayByStep(frames, observe);
    else this.#replayThrough(frames, observe);
  }

  probes(): ReturnType<NonNullable<Engine["probes"]>> {
    return this.#engine.probes?.() ?? [];
  }

  preset(name: string, value: bigint): boolean {
    return this.#engine.preset?.(name, value) ?? false;
  }

  failures(): ReturnType<NonNullable<Engine["failures"]>> {
    return this.#engine.failures?.() ?? [];
  }

  covers(): ReturnType<NonNullable<Engine["covers"]>> {
    return this.#engine.covers?.() ?? [];
  }

  finish(): void {
    if (this.#finished) return;
    // A failing assertion ends a run between the sample before the edge and the edge.
    if (this.#sampledCycle !== this.#cycle) this.#beforeEdge([], () => this.#sample());
    this.#finished = true;
    this.#writer.finish((this.#cycle + 1) * this.#period);
  }

  dispose(): void {
    this.finish();
    this.#engine.dispose();
  }

  /** Probes must be read between the frames, so the engine is driven cycle by cycle. */
  #replayByStep(
    frames: Iterable<readonly EngineValues[]>,
    observe: (cycle: number, outputs: OutputFrame) => void,
  ): void {
    let cycle = 0;
    for (const frame of frames) {
      frame.forEach((values, port) => {
        this.write(port, values);
      });
      this.#beforeEdge([], () => this.#sample());
      observe(
        cycle++,
        this.outputs.map((_, port) => this.#engine.read(port)),
      );
      this.#engine.step(1);
      this.#afterEdge([], [0]);
    }
  }

  /** The engine may take frames in advance, so their values wait until the outputs of the cycle arrive. */
  #replayThrough(
    frames: Iterable<readonly EngineValues[]>,
    observe: (cycle: number, outputs: OutputFrame) => void,
  ): void {
    const waiting: VcdValue[][] = [];
    const { inputs } = this;
    const tap = function* (): Generator<readonly EngineValues[]> {
      for (const frame of frames) {
        waiting.push(frame.map((values, port) => shown(values, inputs[port])));
        yield frame;
      }
    };
    this.#engine.replay(tap(), (cycle, outputs) => {
      for (const [port, value] of (waiting.shift() ?? []).entries()) this.#inputValues[port] = value;
      this.#beforeEdge([], () => [
        ...this.#inputValues,
        ...outputs.map((values, port) => shown(values, this.outputs[port])),
      ]);
      observe(cycle, outputs);
      this.#afterEdge([], [0]);
    });
  }

  #noteInput(port: number, values: EngineValues): void {
    if (this.#probes === undefined) this.#inputValues[port] = shown(values, this.inputs[port]);
  }

  #sample(): VcdValue[] {
    if (this.#probes !== undefined) return this.#probes.sample();
    const outputs = this.outputs.map((port, i) => {
      try {
        return shown(this.#engine.read(i), port);
      } catch (error) {
        if (error instanceof UnknownValueError) return undefined;
        throw error;
      }
    });
    return [...this.#inputValues, ...outputs];
  }

  /** The levels of all clocks and resets while the clocks of `ticking` are behind their edge and resets are active. */
  #levels(resetting: readonly number[], ticking: readonly number[]): number[] {
    const { clocks, resets, domains } = this.clocking;
    const ticked = new Set(ticking.map((domain) => domains[domain]?.clock));
    const active = new Set(resetting.map((domain) => domains[domain]?.reset));
    return [
      ...clocks.map(({ edge }, i) => (ticked.has(i) === (edge === "rising") ? 1 : 0)),
      ...resets.map((reset, i) => ((active.has(i) || this.#held[i] === true) === (reset.active === "high") ? 1 : 0)),
    ];
  }

  #beforeEdge(resetting: readonly number[], sample: () => VcdValue[]): void {
    if (this.#finished) return;
    this.#lastSample = sample();
    this.#sampledCycle = this.#cycle;
    this.#writer.sample(this.#cycle * this.#period, [...this.#levels(resetting, []), ...this.#lastSample]);
  }

  #afterEdge(resetting: readonly number[], ticking: readonly number[]): void {
    if (this.#finished) return;
    const values = this.#probes?.sample() ?? this.#lastSample;
    const at = this.#cycle * this.#period + this.#period / 2;
    this.#writer.sample(at, [...this.#levels(resetting, ticking), ...values]);
    this.#cycle++;
  }
}

function probeSampler(engine: Engine): Sampler | undefined {
  const probes = engine.probes?.();
  if (probes === undefined) return undefined;
  const signals = probes.map(({ scope, name, width, enumeration }) => ({ scope, name, width, enumeration }));
  return { signals, sample: () => probes.map((probe) => probe.read()) };
}

function portSignal(port: EnginePort, top: string): VcdSignal {
  return { scope: [top], name: port.name, width: port.elements * port.elementWidth };
}

function shown(values: EngineValues, port: EnginePort | undefined): VcdValue {
  if (port === undefined) return undefined;
  return port.elements === 1 ? values[0] : packElements(values, port.elementWidth);
}

/** `name`, with underscores behind it while a signal of the outermost scope is called the same. */
function freeName(name: string, signals: readonly VcdSignal[]): string {
  let free = name;
  while (signals.some((signal) => signal.scope.length === 1 && signal.name === free)) free += "_";
  return free;
}
