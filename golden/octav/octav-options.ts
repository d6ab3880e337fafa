import { InputError } from "../../spec/index.ts";

/** What OCTAV needs to know of the quantiser, and how long it may take. */
export interface OctavOptions {
  /** Bits of an element, B, 1..16. */
  readonly bits: number;
  /** Signed quantiser: noise factor 4^−B/3. Unsigned: 4^−B/12, and only positive values count (true). */
  readonly signed?: boolean;
  /** Most rounds of the recursion after the start, 1..1000 (10). */
  readonly iterations?: number;
}

/** Rounds that the paper uses everywhere. */
export const defaultIterations = 10;

/**
 * W = 3·4^B signed, 12·4^B unsigned: the whole number that clears the fraction from the recursion's denominator.
 * @throws InputError for bits that are no integer from 1 to 16.
 */
export function octavWeight(bits: number, signed: boolean): number {
  if (!Number.isInteger(bits) || bits < 1 || bits > 16) {
    throw new InputError(`bits is ${bits}; OCTAV needs an integer from 1 to 16`);
  }
  return (signed ? 3 : 12) * 4 ** bits;
}

/** Checks the limit on rounds. @throws InputError outside 1..1000. */
export function checkIterations(iterations: number): number {
  if (Number.isInteger(iterations) && iterations >= 1 && iterations <= 1000) return iterations;
  throw new InputError(`iterations is ${iterations}; it must be an integer from 1 to 1000`);
}
