import { type Condition, cat, register, type UInt, when } from "../language/index.ts";
import { uint } from "../types/index.ts";

/**
 * Exponents of a primitive polynomial per width, so that a register of that width runs through all 2^w − 1 non-zero
 * states. The leading term x^w and the 1 are understood. @internal
 */
export const primitivePolynomials: Readonly<Record<number, readonly number[]>> = Object.freeze({
  2: [1],
  3: [1],
  4: [1],
  5: [2],
  6: [1],
  7: [1],
  8: [4, 3, 2],
  9: [4],
  10: [3],
  11: [2],
  12: [6, 4, 1],
  13: [4, 3, 1],
  14: [5, 3, 1],
  15: [1],
  16: [5, 3, 2],
  17: [3],
  18: [7],
  19: [5, 2, 1],
  20: [3],
  21: [2],
  22: [1],
  23: [5],
  24: [4, 3, 1],
  25: [3],
  26: [6, 2, 1],
  27: [5, 2, 1],
  28: [3],
  29: [2],
  30: [6, 4, 1],
  31: [3],
  32: [7, 6, 2],
});

/** Options of `lfsr`. */
export interface LfsrOptions {
  /** Bits of the register: 2 to 32, or any with `taps`. */
  readonly width: number;
  /** Exponents of the feedback polynomial between x^width and 1; by default those of a primitive one. */
  readonly taps?: readonly number[];
  /** The state after reset, not 0; 1 by default. */
  readonly seed?: number | bigint;
  /** Steps only while this is 1. */
  readonly enable?: Condition;
  /** Takes `value` in place of a step where `when` is 1, whatever `enable` says; the seed where the value is 0. */
  readonly load?: { readonly when: Condition; readonly value: UInt };
}

/**
 * A linear feedback shift register (Fibonacci form): its state shifts left, and the parity of the tapped bits comes in
 * at the bottom. With the default taps the state visits every value but 0 once in 2^width − 1 steps.
 * @throws RangeError for a width without a known polynomial, taps outside the register, or a seed of 0.
 */
export function lfsr({ width, taps, seed = 1, enable, load }: LfsrOptions): UInt {
  const exponents = taps ?? primitivePolynomials[width];
  if (exponents === undefined)
    throw new RangeError(`lfsr: no polynomial is known for ${width} bits (2 to 32): give taps`);
  for (const tap of exponents) {
    if (!Number.isInteger(tap) || tap < 1 || tap >= width) {
      throw new RangeError(`lfsr: tap ${tap} lies outside 1 to ${width - 1}`);
    }
  }
  if (BigInt(seed) <= 0n || BigInt(seed) >> BigInt(width) !== 0n) {
    throw new RangeError(`lfsr: the seed ${seed} must lie between 1 and 2^${width} - 1: from 0 the state never moves`);
  }
  const state = register(uint(width), { reset: seed, gated: false });
  // Bit w−1 is the oldest, x^0 of the recurrence; x^k stands k places below it.
  const feedback = [0, ...exponents].map((k) => state.bit(width - 1 - k)).reduce((a, b) => a.xor(b));
  const shifted = cat(state.slice(width - 2, 0), feedback);
  const advance = (): void => {
    state.next = shifted;
  };
  if (load) {
    const loading = when(load.when, () => {
      when(load.value.eq(0), () => {
        state.next = seed;
      }).otherwise(() => {
        state.next = load.value;
      });
    });
    if (enable === undefined) loading.otherwise(advance);
    else loading.elsewhen(enable, advance);
  } else if (enable === undefined) advance();
  else when(enable, advance);
  return state;
}
