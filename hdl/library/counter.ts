import { type Condition, mux, register, type UInt, when } from "../language/index.ts";
import { bitsFor, uint } from "../types/index.ts";

/** Options of `counter`. */
export interface CounterOptions {
  /** Values counted, 0 .. `modulus` − 1; 2 or more. */
  readonly modulus: number;
  /** Counts only while this is 1. */
  readonly enable?: Condition;
  /** Goes back to the start, whatever `enable` says. */
  readonly clear?: Condition;
  /** `"down"` counts from `modulus` − 1 to 0. */
  readonly direction?: "up" | "down";
}

/** A counter's registers. */
export interface Counter {
  /** The present count. */
  readonly value: UInt;
  /** 1 in the cycle whose edge starts the count again: the last value, while enabled. */
  readonly wraps: UInt<1>;
}

/**
 * Counts clock edges, starting again after `modulus` of them. Reset takes it to its start (0, or `modulus` − 1 down).
 * Inside a `when` it counts all the same: only `enable` holds it back.
 * @throws RangeError for a modulus below 2.
 */
export function counter({ modulus, enable, clear, direction = "up" }: CounterOptions): Counter {
  if (!Number.isSafeInteger(modulus) || modulus < 2)
    throw new RangeError(`a counter needs a modulus of 2 or more, not ${modulus}`);
  const start = direction === "up" ? 0 : modulus - 1;
  const last = direction === "up" ? modulus - 1 : 0;
  const count = register(uint(bitsFor(BigInt(modulus - 1), false)), { reset: start, part: "count", gated: false });
  const atEnd = count.eq(last);
  const full = (modulus & (modulus - 1)) === 0;
  const stepped = direction === "up" ? count.addWrap(1) : count.subWrap(1);
  const advance = (): void => {
    // A power of two comes round by itself.
    count.next = full ? stepped : mux(atEnd, start, stepped);
  };
  if (enable === undefined) advance();
  else when(enable, advance);
  if (clear !== undefined) {
    when(clear, () => {
      count.next = start;
    });
  }
  return { value: count, wraps: enable === undefined ? atEnd : atEnd.and(enable as UInt<1>) };
}
