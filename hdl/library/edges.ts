import { register, type UInt } from "../language/index.ts";
import { bit } from "../types/index.ts";

/** The bit as it was at the last clock edge; 0 after reset. */
function before(signal: UInt<1>): UInt<1> {
  const previous = register(bit, { reset: 0, part: "before", gated: false });
  previous.next = signal;
  return previous;
}

/** 1 in the cycle in which `signal` is 1 after having been 0. A signal that is 1 right after reset counts as risen. */
export function risingEdge(signal: UInt<1>): UInt<1> {
  return signal.and(before(signal).not());
}

/** 1 in the cycle in which `signal` is 0 after having been 1. */
export function fallingEdge(signal: UInt<1>): UInt<1> {
  return signal.not().and(before(signal));
}

/** 1 in the cycle in which `signal` differs from the cycle before. */
export function anyEdge(signal: UInt<1>): UInt<1> {
  return signal.xor(before(signal));
}
