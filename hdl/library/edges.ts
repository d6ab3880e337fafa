import { type Literal, register, type UInt } from "../language/index.ts";
import { uint } from "../types/index.ts";

/** How an edge is found. */
export interface EdgeOptions {
  /**
   * What counts as the value before the first clock edge after reset: 0 unless told, so that a bit that is 1 right then
   * has risen. `"none"`: the register is not reset.
   */
  readonly reset?: Literal | "none";
}

/** The value as it was at the last clock edge. */
function before(signal: UInt, { reset = 0 }: EdgeOptions): UInt {
  const start = reset === "none" ? { noReset: "an edge before the first clock edge means nothing" } : { reset };
  const previous = register(uint(signal.width), { ...start, part: "before", gated: false });
  previous.next = signal;
  return previous;
}

/** Bit by bit 1 in the cycle in which `signal` is 1 after having been 0. */
export function risingEdge<W extends number>(signal: UInt<W>, options?: EdgeOptions): UInt<W>;
export function risingEdge(signal: UInt, options: EdgeOptions = {}): UInt {
  return signal.and(before(signal, options).not());
}

/** Bit by bit 1 in the cycle in which `signal` is 0 after having been 1. */
export function fallingEdge<W extends number>(signal: UInt<W>, options?: EdgeOptions): UInt<W>;
export function fallingEdge(signal: UInt, options: EdgeOptions = {}): UInt {
  return signal.not().and(before(signal, options));
}

/** Bit by bit 1 in the cycle in which `signal` differs from the cycle before. */
export function anyEdge<W extends number>(signal: UInt<W>, options?: EdgeOptions): UInt<W>;
export function anyEdge(signal: UInt, options: EdgeOptions = {}): UInt {
  return signal.xor(before(signal, options));
}
