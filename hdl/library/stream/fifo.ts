import {
  assert,
  indexWidth,
  input,
  instance,
  Module,
  memory,
  mux,
  output,
  pack,
  register,
  type UInt,
  unpack,
  when,
} from "../../language/index.ts";
import { bitWidth, type DataType, uint } from "../../types/index.ts";
import { counter } from "../counter.ts";
import { type Handshake, handshake, stream } from "./handshake.ts";
import { assertStream, assumeStream } from "./protocol.ts";

/** Parameters of `Fifo`. */
export interface FifoParameters {
  /** Bits of an item. */
  readonly width: number;
  /** Items that it holds, 1 or more. */
  readonly depth: number;
}

/** A queue: what went in first comes out first, from the cycle after on. One item in and one out per cycle. */
export class Fifo extends Module<FifoParameters> {
  readonly source = input(stream(uint(this.params.width)));
  readonly sink = output(stream(uint(this.params.width)));
  /** Items inside. */
  readonly level = output(uint(indexWidth(this.params.depth + 1)));

  override get moduleName(): string {
    return `Fifo_w${this.params.width}_d${this.params.depth}`;
  }

  build() {
    const { width, depth } = this.params;
    this.require(Number.isInteger(depth) && depth >= 1, "a FIFO needs a depth of 1 or more");
    const words = memory(uint(width), depth);
    const level = register(uint(indexWidth(depth + 1)), { reset: 0 });
    const ready = level.lt(depth);
    const valid = level.ne(0);
    const push = this.source.valid.and(ready);
    const pop = this.sink.ready.and(valid);
    // The places in the memory of what comes and goes next.
    const writePlace = depth === 1 ? 0 : counter({ modulus: depth, enable: push }).value;
    const readPlace = depth === 1 ? 0 : counter({ modulus: depth, enable: pop }).value;
    when(push, () => {
      words.write(writePlace, this.source.data);
    });
    when(push.and(pop.not()), () => {
      level.next = level.addWrap(1);
    }).elsewhen(pop.and(push.not()), () => {
      level.next = level.subWrap(1);
    });
    this.source.ready.value = ready;
    const data = words.read(readPlace);
    this.sink.value = { valid, data };
    this.level.value = level;
    assumeStream("source", { valid: this.source.valid, ready, data: this.source.data });
    assertStream("sink", { valid, ready: this.sink.ready, data });
    stateInvariants(depth, level, writePlace, readPlace);
  }
}

/** How the registers of a queue relate: what makes its rules provable for runs of any length. */
function stateInvariants(depth: number, level: UInt, writePlace: UInt | 0, readPlace: UInt | 0): void {
  // Registers that hold no value beyond the limit need no word on it.
  if (depth > 1 && !isPowerOfTwo(depth + 1)) assert(level.le(depth), "a FIFO holds no more than its depth");
  if (writePlace === 0 || readPlace === 0) return;
  if (!isPowerOfTwo(depth)) assert(readPlace.lt(depth), "items are read inside the memory");
  const end = readPlace.add(level);
  const behindTheLast = mux(end.ge(depth), end.subWrap(depth), end);
  assert(behindTheLast.eq(writePlace), "a FIFO writes behind its last item");
}

const isPowerOfTwo = (value: number): boolean => (value & (value - 1)) === 0;

/** Sends a stream through a `Fifo` of `depth` items. */
export function fifo<T extends DataType>(source: Handshake<T>, depth: number): Handshake<T> & { readonly level: UInt } {
  const width = bitWidth(source.type);
  const queue = instance(new Fifo({ width, depth }));
  queue.source.value = { valid: source.valid, data: pack(source.data as never) };
  source.ready.value = queue.source.ready;
  const data = unpack(source.type, queue.sink.data);
  const next = handshake(source.type, queue.sink.valid, data);
  queue.sink.ready.value = next.ready;
  return { ...next, level: queue.level };
}
