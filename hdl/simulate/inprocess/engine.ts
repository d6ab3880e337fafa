import type { Clocking, Design } from "../../ir/index.ts";
import { wrapTo } from "../../types/index.ts";
import type { Engine, EnginePort, EngineProbe, EngineValues, OutputFrame } from "../engine.ts";
import type { AssertionMode, CoverCount, PropertyFailure } from "../property-failure.ts";
import type { FlatDesign } from "./flat-design.ts";
import { flatten } from "./flatten.ts";
import { type CompiledModule, compileModule } from "./generate-module.ts";
import type { ProgramOptions } from "./generate-program.ts";
import { type Layout, layOut } from "./layout.ts";
import { PortReader, PortWriter, StimulusError } from "./ports.ts";
import { makeProbes, memoryProbes } from "./probes.ts";
import { PropertyChecks } from "./property-checks.ts";

/** How the engine in this process runs a design. */
export interface InProcessOptions extends ProgramOptions {
  /** What a failing assertion does. Default `throw`. */
  readonly assertions?: AssertionMode | undefined;
}

/**
 * Simulates a design in this process: the netlist becomes JavaScript on typed arrays. Two-state; registers without a
 * reset value and memories begin at 0. Throws on a combinational loop, which the checks report before.
 */
export function createInProcessEngine(design: Design, options: InProcessOptions = {}): Engine {
  return new InProcessEngine(design, options);
}

const defaultDomains: readonly number[] = Object.freeze([0]);

class InProcessEngine implements Engine {
  readonly name = "inprocess";
  readonly version = "Lodestone in-process (JavaScript)";
  readonly inputs: readonly EnginePort[];
  readonly outputs: readonly EnginePort[];
  readonly clocking: Clocking;
  readonly #flat: FlatDesign;
  readonly #layout: Layout;
  readonly #module: CompiledModule;
  readonly #writers: readonly PortWriter[];
  readonly #readers: readonly PortReader[];
  readonly #frame: OutputFrame;
  /** Whether each reset is held. */
  readonly #held: boolean[];
  readonly #checks: PropertyChecks | undefined;
  #probes: EngineProbe[] | undefined;
  #cycle = 0;
  /** The outputs and next values are older than the state or the inputs. */
  #dirty = true;
  /** The event of the latches, −1 when there are none. */
  readonly #latches: number;
  /** Registers have changed since the logic settled: latches must see that before an input changes. */
  #moved = false;
  /** The values of the probes are. */
  #stale = true;

  constructor(design: Design, options: InProcessOptions) {
    const flat = flatten(design);
    const layout = layOut(flat);
    const mode = options.assertions ?? "throw";
    const properties = mode !== "off" && flat.properties.length > 0;
    const module = compileModule(flat, layout, { ...options, properties });
    this.#checks = properties ? new PropertyChecks(flat, layout, module, mode) : undefined;
    this.#flat = flat;
    this.clocking = flat.clocking;
    this.#latches = flat.events.findIndex(({ clock }) => clock < 0);
    this.#held = flat.clocking.resets.map(() => false);
    this.#layout = layout;
    this.#module = module;
    this.inputs = flat.inputs.map(({ name, elements, width, signed }) => ({
      name,
      direction: "input",
      elements,
      elementWidth: width,
      signed,
    }));
    this.outputs = flat.outputs.map(({ name, drivers, width, signed }) => ({
      name,
      direction: "output",
      elements: drivers.length,
      elementWidth: width,
      signed,
    }));
    const { words, bigs } = module;
    this.#writers = this.inputs.map((port, i) => new PortWriter(port, layout.inputs[i]!, words, bigs));
    this.#readers = this.outputs.map((port, i) => new PortReader(port, layout.outputs[i]!, words, bigs));
    this.#frame = this.#readers.map((reader) => reader.view);
  }

  write(port: number, values: EngineValues): void {
    const writer = this.#writers[port];
    if (writer === undefined) throw new StimulusError(`there is no input port number ${port}`);
    this.#settleLatches();
    this.#touch();
    writer.write(values);
  }

  read(port: number): EngineValues {
    const reader = this.#readers[port];
    if (reader === undefined) throw new StimulusError(`there is no output port number ${port}`);
    this.#settle();
    return reader.copy();
  }

  step(cycles: number, reset = false, domains: readonly number[] = defaultDomains): void {
    const { first, second } = this.#eventsOf(domains);
    const held = this.#held.slice();
    if (reset) this.setReset(true, domains);
    try {
      for (let i = 0; i < cycles; i++) this.#period(first, second);
    } finally {
      if (reset) {
        held.forEach((active, line) => {
          this.#held[line] = active;
        });
      }
    }
  }

  setReset(active: boolean, domains: readonly number[] = defaultDomains): void {
    if (this.#latches >= 0) this.#settle();
    for (const domain of domains) {
      const { reset } = this.clocking.domains[domain] ?? noSuchDomain(domain);
      if (reset >= 0) this.#held[reset] = active;
    }
    if (!this.#applyReset(undefined)) return;
    this.#touch();
    this.#moved = true;
  }

  replay(frames: Iterable<readonly EngineValues[]>, observe: (cycle: number, outputs: OutputFrame) => void): void {
    const writers = this.#writers;
    const { first, second } = this.#eventsOf(defaultDomains);
    let cycle = 0;
    for (const frame of frames) {
      if (frame.length !== writers.length) {
        throw new StimulusError(
          `frame ${cycle} has ${frame.length} ports, but the design has ${writers.length} inputs`,
        );
      }
      this.#settleLatches();
      this.#touch();
      for (let port = 0; port < writers.length; port++) writers[port]!.write(frame[port]!);
      this.#settle();
      for (const reader of this.#readers) reader.refresh();
      observe(cycle, this.#frame);
      this.#period(first, second);
      cycle++;
    }
  }

  probes(): readonly EngineProbe[] {
    const { words, bigs } = this.#module;
    this.#probes ??= [
      ...makeProbes(this.#flat.names(), this.#flat, this.#layout, words, bigs, () => {
        const stale = this.#stale;
        this.#stale = false;
        return stale;
      }),
      ...memoryProbes(this.#flat, this.#layout, words, bigs),
    ];
    return this.#probes;
  }

  preset(name: string, value: bigint): boolean {
    const { words, bigs } = this.#module;
    const nameOf = ({ scope, name: own }: { scope: readonly string[]; name: string }): string =>
      [...scope.slice(1), own].join(".");
    const put = ({ wide, index }: { wide: boolean; index: number }, width: number, signed: boolean): boolean => {
      const fitting = wrapTo(value, width, signed);
      if (wide) bigs[index] = fitting;
      else words[index] = Number(fitting);
      this.#touch();
      return true;
    };
    const { registers, memories } = this.#flat;
    const register = registers.findIndex((each) => nameOf(each) === name);
    if (register >= 0)
      return put(this.#layout.registers[register]!, registers[register]!.width, registers[register]!.signed);
    const [, array, word] = /^(.*)\[(\d+)\]$/.exec(name) ?? [];
    const memory = memories.findIndex((each) => nameOf(each) === array);
    if (memory < 0 || Number(word) >= memories[memory]!.depth) return false;
    const { wide, index } = this.#layout.memories[memory]!;
    return put({ wide, index: index + Number(word) }, memories[memory]!.width, memories[memory]!.signed);
  }

  failures(): readonly PropertyFailure[] {
    return this.#checks?.failures ?? [];
  }

  covers(): readonly CoverCount[] {
    return this.#checks?.covers() ?? [];
  }

  dispose(): void {
    this.#probes = undefined;
  }

  #touch(): void {
    this.#dirty = true;
    this.#stale = true;
  }

  #settle(): void {
    if (!this.#dirty) return;
    this.#module.settle();
    this.#dirty = false;
    this.#moved = false;
    // What others read of a latch does not change by this.
    if (this.#latches >= 0) this.#module.loads[this.#latches]!();
  }

  /** To be called before an input changes. */
  #settleLatches(): void {
    if (this.#latches >= 0 && this.#moved) this.#settle();
  }

  /** The clock edges of a step in these domains: those that come first, and the opposite ones. */
  #eventsOf(domains: readonly number[]): { first: readonly number[]; second: readonly number[] } {
    const { clocking, events } = this.#flat;
    const clocks = new Set(domains.map((domain) => (clocking.domains[domain] ?? noSuchDomain(domain)).clock));
    const first: number[] = [];
    const second: number[] = [];
    events.forEach(({ clock, edge }, event) => {
      if (clocks.has(clock)) (clocking.clocks[clock]!.edge === edge ? first : second).push(event);
    });
    return { first, second };
  }

  #period(first: readonly number[], second: readonly number[]): void {
    this.#edge(first);
    if (second.length > 0) this.#edge(second);
    this.#cycle++;
  }

  /** The edges of these events, at the same time. */
  #edge(events: readonly number[]): void {
    if (events.length === 0) return;
    this.#settle();
    this.#checks?.check(events, this.#cycle, this.#held);
    const { writes, loads } = this.#module;
    for (const event of events) writes[event]!();
    for (const event of events) loads[event]!();
    if (this.#held.includes(true)) this.#applyReset(events);
    this.#touch();
    this.#moved = true;
  }

  /**
   * Gives registers under an active reset their reset value: after a clock edge (of `events`) all that it made change,
   * without one those whose reset is asynchronous. Tells whether there were any.
   */
  #applyReset(events: readonly number[] | undefined): boolean {
    const { words, bigs } = this.#module;
    let found = false;
    this.#flat.registers.forEach(({ reset, resetLine, asynchronous, event }, i) => {
      if (reset === undefined || this.#held[resetLine] !== true) return;
      if (events === undefined ? !asynchronous : !events.includes(event)) return;
      const { wide, index } = this.#layout.registers[i]!;
      if (wide) bigs[index] = reset;
      else words[index] = Number(reset);
      found = true;
    });
    return found;
  }
}

function noSuchDomain(domain: number): never {
  throw new StimulusError(`there is no clock domain number ${domain}`);
}
