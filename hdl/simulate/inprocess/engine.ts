import type { Design } from "../../ir/index.ts";
import type { Engine, EnginePort, EngineProbe, EngineValues, OutputFrame } from "../engine.ts";
import type { FlatDesign } from "./flat-design.ts";
import { flatten } from "./flatten.ts";
import { type CompiledModule, compileModule } from "./generate-module.ts";
import type { ProgramOptions } from "./generate-program.ts";
import { type Layout, layOut } from "./layout.ts";
import { PortReader, PortWriter, StimulusError } from "./ports.ts";
import { makeProbes } from "./probes.ts";

/**
 * Simulates a design in this process: the netlist becomes JavaScript on typed arrays. Two-state; registers without a
 * reset value and memories begin at 0. Throws on a combinational loop, which the checks report before.
 */
export function createInProcessEngine(design: Design, options: ProgramOptions = {}): Engine {
  return new InProcessEngine(design, options);
}

class InProcessEngine implements Engine {
  readonly name = "inprocess";
  readonly version = "Lodestone in-process (JavaScript)";
  readonly inputs: readonly EnginePort[];
  readonly outputs: readonly EnginePort[];
  readonly #flat: FlatDesign;
  readonly #layout: Layout;
  readonly #module: CompiledModule;
  readonly #writers: readonly PortWriter[];
  readonly #readers: readonly PortReader[];
  readonly #frame: OutputFrame;
  #probes: EngineProbe[] | undefined;
  /** The outputs and next values are older than the state or the inputs. */
  #dirty = true;
  /** The values of the probes are. */
  #stale = true;

  constructor(design: Design, options: ProgramOptions) {
    const flat = flatten(design);
    const layout = layOut(flat);
    const module = compileModule(flat, layout, options);
    this.#flat = flat;
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
    this.#touch();
    writer.write(values);
  }

  read(port: number): EngineValues {
    const reader = this.#readers[port];
    if (reader === undefined) throw new StimulusError(`there is no output port number ${port}`);
    this.#settle();
    return reader.copy();
  }

  step(cycles: number, reset = false): void {
    for (let i = 0; i < cycles; i++) {
      this.#settle();
      this.#module.commit();
      if (reset) this.#applyReset();
      this.#touch();
    }
  }

  replay(frames: Iterable<readonly EngineValues[]>, observe: (cycle: number, outputs: OutputFrame) => void): void {
    const writers = this.#writers;
    const { settle, commit } = this.#module;
    let cycle = 0;
    for (const frame of frames) {
      if (frame.length !== writers.length) {
        throw new StimulusError(
          `frame ${cycle} has ${frame.length} ports, but the design has ${writers.length} inputs`,
        );
      }
      this.#touch();
      for (let port = 0; port < writers.length; port++) writers[port]!.write(frame[port]!);
      settle();
      this.#dirty = false;
      for (const reader of this.#readers) reader.refresh();
      observe(cycle, this.#frame);
      commit();
      this.#touch();
      cycle++;
    }
  }

  probes(): readonly EngineProbe[] {
    const { words, bigs } = this.#module;
    this.#probes ??= makeProbes(this.#flat, this.#layout, words, bigs, () => {
      const stale = this.#stale;
      this.#stale = false;
      return stale;
    });
    return this.#probes;
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
  }

  #applyReset(): void {
    const { words, bigs } = this.#module;
    this.#flat.registers.forEach(({ reset }, i) => {
      if (reset === undefined) return;
      const { wide, index } = this.#layout.registers[i]!;
      if (wide) bigs[index] = reset;
      else words[index] = Number(reset);
    });
  }
}
