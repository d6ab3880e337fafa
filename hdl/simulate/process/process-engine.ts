import type { Clocking } from "../../ir/index.ts";
import { ToolError } from "../../tools/tool-error.ts";
import type { Engine, EnginePort, EngineValues, OutputFrame } from "../engine.ts";
import { StimulusError } from "../inprocess/ports.ts";
import type { CoverCount, PropertyFailure } from "../property-failure.ts";
import type { ChildChannel } from "./child-channel.ts";
import type { CoverCounter } from "./cover-counters.ts";
import { emptyValues, packElements } from "./packing.ts";
import type { FrameLayout } from "./ports.ts";
import type { PropertyLog } from "./property-log.ts";
import { type Operation, operationOn, operations, type Protocol } from "./protocol.ts";

/** Room for replies that a channel for `ProcessEngine` needs at least. */
export const replayReplyBytes = 512 * 1024;
const replayCommandBytes = 256 * 1024;

export interface ProcessEngineParts {
  readonly name: "verilator" | "icarus";
  readonly version: string;
  readonly inputs: FrameLayout;
  readonly outputs: FrameLayout;
  readonly clocking: Clocking;
  readonly protocol: Protocol;
  readonly channel: ChildChannel;
  /** Where failing properties are read from; absent when nobody asks for them. */
  readonly properties?: PropertyLog | undefined;
  /** The covers that the simulator counts; undefined when it runs Verilog that counts none of those of the design. */
  readonly covers: readonly CoverCounter[] | undefined;
  /** A wave is being written: a failing property ends the simulation, so that the wave is complete. */
  readonly endOnFailure?: boolean | undefined;
  /** Clock cycles the simulator surely does within its time limit; longer steps are sent in such portions. */
  readonly cyclesPerCommand: number;
  /** Called once when the child has ended in an orderly way. */
  readonly onClosed?: (() => void) | undefined;
}

/**
 * An engine whose simulator is another process. Inputs are kept here and sent with the next command; outputs are asked
 * for once and kept until an input changes or the clock ticks.
 *
 * `replay` runs ahead: frames are drawn from the iterable and sent in batches while earlier replies are still on their
 * way, so a frame must not depend on what `observe` saw. When `observe` throws, the frames already sent have been
 * simulated. The frame that `observe` gets decodes a port when it is looked at, so an unknown value of a four-state
 * simulator throws `UnknownValueError` only for a port that is read.
 */
export class ProcessEngine implements Engine {
  readonly name: "verilator" | "icarus";
  readonly version: string;
  readonly inputs: readonly EnginePort[];
  readonly outputs: readonly EnginePort[];
  readonly clocking: Clocking;
  readonly #parts: ProcessEngineParts;
  readonly #inputFrame: Uint8Array;
  readonly #message: Uint8Array;
  /** The last reply to `sample`, while it is still true. */
  #settled: Uint8Array | undefined;
  /** Bit `i` is 1 while reset `i` is held. */
  #held = 0;
  /** How often resets were set: a simulator may let time pass for each. */
  #resetsSet = 0;
  #cyclesOnTheWay = 0;
  #replaying = false;

  /** The counts of the covers when the simulator was ended. */
  #lastCounts: readonly CoverCount[] = [];
  #disposed = false;

  constructor(parts: ProcessEngineParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.version = parts.version;
    this.inputs = parts.inputs.enginePorts;
    this.outputs = parts.outputs.enginePorts;
    this.clocking = parts.clocking;
    this.#inputFrame = new Uint8Array(parts.inputs.bytes);
    this.#message = new Uint8Array(parts.protocol.headerBytes + parts.protocol.inputBytes);
  }

  /** Process number of the simulator. */
  get pid(): number | undefined {
    return this.#parts.channel.pid;
  }

  write(port: number, values: EngineValues): void {
    this.#refuseDuringReplay("write");
    this.#pack(port, values, this.#inputFrame);
    this.#settled = undefined;
  }

  read(port: number): EngineValues {
    this.#refuseDuringReplay("read");
    if (this.outputs[port] === undefined) throw new StimulusError(`there is no output port number ${port}`);
    this.#settled ??= this.#sample();
    return this.#parts.protocol.readOutput(port, this.#settled, 0);
  }

  step(cycles: number, reset = false, domains: readonly number[] = [0]): void {
    this.#refuseDuringReplay("step");
    if (!Number.isSafeInteger(cycles) || cycles < 0) {
      throw new StimulusError(`step() takes a whole number of cycles from 0 up, not ${cycles}`);
    }
    const clocks = [...new Set(domains.map((domain) => this.#domain(domain).clock))];
    const held = this.#held;
    if (reset) this.setReset(true, domains);
    const portion = this.#parts.cyclesPerCommand;
    for (let left = cycles; left > 0; ) {
      const count = Math.min(left, portion - this.#cyclesOnTheWay);
      this.#send(operations.step, count, clocks);
      this.#settled = undefined;
      this.#cyclesOnTheWay += count;
      left -= count;
      // Steps have no reply; asking for one now and then keeps the wait for each below the time limit.
      if (this.#cyclesOnTheWay >= portion) {
        this.#settled = this.#sample();
        this.#hearProperties();
      }
    }
    if (this.#parts.properties !== undefined) {
      this.#settled ??= this.#sample();
      this.#hearProperties();
    }
    if (reset) this.#hold(held);
  }

  setReset(active: boolean, domains: readonly number[] = [0]): void {
    this.#refuseDuringReplay("setReset");
    let held = this.#held;
    for (const domain of domains) {
      const { reset } = this.#domain(domain);
      if (reset >= 0) held = active ? held | (1 << reset) : held & ~(1 << reset);
    }
    this.#hold(held);
  }

  #domain(number: number): Clocking["domains"][number] {
    const domain = this.clocking.domains[number];
    if (domain === undefined) throw new StimulusError(`there is no clock domain number ${number}`);
    return domain;
  }

  #hold(resets: number): void {
    if (resets === this.#held) return;
    this.#held = resets;
    this.#send(operations.setResets, resets);
    this.#resetsSet++;
    this.#settled = undefined;
  }

  replay(frames: Iterable<readonly EngineValues[]>, observe: (cycle: number, outputs: OutputFrame) => void): void {
    this.#refuseDuringReplay("replay");
    this.#replaying = true;
    this.#settled = undefined;
    const run = new ReplayRun(this.#parts, (values, target) => this.#packFrame(values, target), this.#inputFrame);
    try {
      run.run(frames, observe);
    } finally {
      this.#replaying = false;
      this.#cyclesOnTheWay = 0;
    }
    this.#hearProperties();
  }

  failures(): readonly PropertyFailure[] {
    return this.#parts.properties?.failures ?? [];
  }

  /** How often each cover has held. After `dispose` the counts are those of the end. */
  covers(): readonly CoverCount[] {
    this.#refuseDuringReplay("covers");
    if (this.#disposed) return this.#lastCounts;
    const { covers, protocol, channel } = this.#parts;
    if (covers === undefined) {
      throw new StimulusError(
        `the Verilog that ${this.name} runs was not emitted from this design: it counts no covers`,
      );
    }
    if (covers.length === 0) return [];
    this.#send(operations.covers, 1);
    const reply = channel.take(protocol.coverBytes(covers.length));
    this.#cyclesOnTheWay = 0;
    return covers.map(({ name, path }, i) => ({ name, path, count: protocol.readCover(i, reply) }));
  }

  dispose(): void {
    if (this.#disposed) return;
    try {
      if (this.#parts.covers !== undefined && !this.#replaying) this.#lastCounts = this.covers();
    } catch (error) {
      // A simulator that is gone tells nothing more; whoever used it was told.
      if (!(error instanceof ToolError)) throw error;
    }
    this.#disposed = true;
    this.#parts.channel.close();
    this.#parts.onClosed?.();
  }

  /** Everything sent has been answered: what failed by now has been written. */
  #hearProperties(): void {
    const { properties, channel, endOnFailure } = this.#parts;
    if (properties === undefined) return;
    try {
      properties.take(channel.newOutput(), this.#resetsSet);
    } catch (error) {
      if (endOnFailure) this.dispose();
      throw error;
    }
  }

  #sample(): Uint8Array {
    this.#send(operations.sample, 1);
    const reply = this.#parts.channel.take(this.#parts.protocol.outputBytes);
    this.#cyclesOnTheWay = 0;
    // The channel's buffer changes with its next use.
    return reply.slice();
  }

  #send(operation: Operation, count: number, clocks: readonly number[] = []): void {
    const { protocol, channel } = this.#parts;
    protocol.writeHeader(operationOn(operation, clocks), count, this.#message, 0);
    protocol.writeInputs(this.#inputFrame, this.#message, protocol.headerBytes);
    channel.send(this.#message, this.#message.length);
  }

  #packFrame(values: readonly EngineValues[], target: Uint8Array): void {
    const { ports } = this.#parts.inputs;
    for (let port = 0; port < ports.length; port++) this.#pack(port, values[port]!, target);
  }

  #pack(port: number, values: EngineValues, target: Uint8Array): void {
    const place = this.#parts.inputs.ports[port];
    if (place === undefined) throw new StimulusError(`there is no input port number ${port}`);
    packElements(values, place, target, place.offset, place.name);
  }

  #refuseDuringReplay(method: string): void {
    if (this.#replaying)
      throw new Error(`${method}() was called inside replay(); use the outputs that observe receives`);
  }
}

/** One call of `replay`: batches on their way out and replies on their way in. */
class ReplayRun {
  readonly #parts: ProcessEngineParts;
  readonly #pack: (values: readonly EngineValues[], target: Uint8Array) => void;
  readonly #inputFrame: Uint8Array;
  readonly #batch: Uint8Array;
  readonly #framesPerBatch: number;
  readonly #view: OutputFrameView;
  #inBatch = 0;
  #expected = 0;
  #cycle = 0;

  constructor(
    parts: ProcessEngineParts,
    pack: (values: readonly EngineValues[], target: Uint8Array) => void,
    inputFrame: Uint8Array,
  ) {
    const { protocol } = parts;
    this.#parts = parts;
    this.#pack = pack;
    this.#inputFrame = inputFrame;
    // One batch is computed while the one before it is observed: the replies of two must find room.
    const byReplies = Math.floor(replayReplyBytes / 2 / protocol.outputBytes);
    const byCommands = Math.floor(replayCommandBytes / Math.max(1, protocol.inputBytes));
    this.#framesPerBatch = Math.max(1, Math.min(byReplies, byCommands, parts.cyclesPerCommand));
    this.#batch = new Uint8Array(protocol.headerBytes + this.#framesPerBatch * protocol.inputBytes);
    this.#view = new OutputFrameView(parts);
  }

  run(frames: Iterable<readonly EngineValues[]>, observe: (cycle: number, outputs: OutputFrame) => void): void {
    const { protocol, inputs } = this.#parts;
    try {
      let frame = 0;
      for (const values of frames) {
        if (values.length !== inputs.ports.length) {
          const expected = `the design has ${inputs.ports.length} inputs`;
          throw new StimulusError(`frame ${frame} has ${values.length} ports, but ${expected}`);
        }
        frame++;
        this.#pack(values, this.#inputFrame);
        protocol.writeInputs(this.#inputFrame, this.#batch, protocol.headerBytes + this.#inBatch * protocol.inputBytes);
        this.#inBatch++;
        if (this.#inBatch < this.#framesPerBatch) continue;
        this.#sendBatch();
        this.#observeUntil(this.#framesPerBatch, observe);
      }
      if (this.#inBatch > 0) this.#sendBatch();
      this.#observeUntil(0, observe);
    } catch (error) {
      this.#discardReplies();
      throw error;
    }
  }

  #sendBatch(): void {
    const { protocol, channel } = this.#parts;
    const { clock } = this.#parts.clocking.domains[0]!;
    protocol.writeHeader(operationOn(operations.replay, [clock]), this.#inBatch, this.#batch, 0);
    this.#expected += this.#inBatch;
    const length = protocol.headerBytes + this.#inBatch * protocol.inputBytes;
    this.#inBatch = 0;
    channel.send(this.#batch, length);
  }

  #observeUntil(outstanding: number, observe: (cycle: number, outputs: OutputFrame) => void): void {
    const { protocol, channel } = this.#parts;
    while (this.#expected > outstanding) {
      const reply = channel.take(protocol.outputBytes);
      this.#expected--;
      observe(this.#cycle++, this.#view.show(reply));
    }
  }

  /** After an error the replies still on their way must not be taken for those of a later command. */
  #discardReplies(): void {
    const { protocol, channel } = this.#parts;
    try {
      for (; this.#expected > 0; this.#expected--) channel.take(protocol.outputBytes);
    } catch {
      // The simulator is gone; the error that led here, or the next call, says so.
    }
  }
}

/** An array that decodes output port number `i` of the current reply when element `i` is read. */
class OutputFrameView {
  readonly frame: OutputFrame;
  #reply: Uint8Array = new Uint8Array(0);
  #generation = 0;

  constructor(parts: ProcessEngineParts) {
    const { protocol, outputs } = parts;
    const frame: EngineValues[] = [];
    outputs.ports.forEach((port, index) => {
      const values = emptyValues(port);
      let decoded = -1;
      Object.defineProperty(frame, index, {
        enumerable: true,
        get: (): EngineValues => {
          if (decoded !== this.#generation) {
            protocol.readOutput(index, this.#reply, 0, values);
            decoded = this.#generation;
          }
          return values;
        },
      });
    });
    this.frame = frame;
  }

  show(reply: Uint8Array): OutputFrame {
    this.#reply = reply;
    this.#generation++;
    return this.frame;
  }
}
