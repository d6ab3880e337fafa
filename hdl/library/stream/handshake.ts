import { type SignalOf, type UInt, wire } from "../../language/index.ts";
import {
  type BundleType,
  bit,
  bundle,
  type DataType,
  type FlippedType,
  flipped,
  type UIntType,
} from "../../types/index.ts";

/** The fields of a stream as a port. */
export type StreamType<T extends DataType> = BundleType<{
  readonly valid: UIntType<1>;
  readonly ready: FlippedType<UIntType<1>>;
  readonly data: T;
}>;

/**
 * The type of a stream's port: `input(stream(uint(8)))` receives, `output(stream(uint(8)))` sends. An item moves at a
 * clock edge at which `valid` and `ready` are both 1. The sender keeps `valid` and `data` until then; whether it is
 * valid may not depend on `ready`.
 */
export function stream<T extends DataType>(type: T): StreamType<T> {
  return bundle({ valid: bit, ready: flipped(bit), data: type } as never) as unknown as StreamType<T>;
}

/** A stream between two stages: who sends drives `valid` and `data`, who receives drives `ready`, once. */
export interface Handshake<T extends DataType = DataType> {
  readonly type: T;
  readonly valid: UInt<1>;
  readonly data: SignalOf<T>;
  /** A wire: the sender reads it, the receiver drives it. */
  readonly ready: UInt<1>;
}

/** What is told of a stream that has not exactly one receiver. */
function streamWords(name: string | undefined) {
  const stream = name === undefined ? "a stream" : `stream \`${name}\``;
  return {
    undriven: {
      message: `${stream} is never taken`,
      hint: "send its items somewhere, as by `.into(this.sink)`, or let them go: `.ready.value = 1`",
    },
    twice: {
      message: `${stream} is taken twice: an item can go one way only`,
      hint: `make a stream for each: \`const [first, second] = ${name ?? "stream"}.fork(2)\``,
    },
  };
}

/** The sending end of a new stream: its `ready` is still to be driven. */
export function handshake<T extends DataType>(type: T, valid: UInt<1>, data: SignalOf<T>): Handshake<T> {
  return { type, valid, data, ready: wire(bit, { part: "ready", words: streamWords }) };
}

/** 1 in a cycle in which an item moves. */
export function fires(stream: Handshake): UInt<1> {
  return stream.valid.and(stream.ready);
}
