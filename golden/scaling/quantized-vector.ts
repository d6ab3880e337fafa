import { InputError, type VsqQuantizerParameters } from "../../spec/index.ts";

/** A vector as codes and the whole number that scales them. */
export interface QuantizedVector {
  /** One per element, from −(2^(N−1) − 1) to 2^(N−1) − 1. */
  readonly codes: readonly number[];
  /** 0 .. 2^M − 1. */
  readonly scale: number;
}

/** The parameters that decide codes and scale; the others are a matter of the circuit. */
export type QuantizerArithmetic = Pick<
  VsqQuantizerParameters,
  "elementBits" | "scaleBits" | "inputBits" | "scaleFraction" | "architecture" | "reciprocalBits"
>;

/**
 * Refuses values that the unit has no wires for.
 * @throws InputError for a value out of the signed range of inputBits, or a clip out of its unsigned range
 */
export function checkQuantizerInput(
  values: ArrayLike<number>,
  clip: number | undefined,
  { inputBits }: Pick<VsqQuantizerParameters, "inputBits">,
): void {
  const limit = 2 ** (inputBits - 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!(Number.isInteger(value) && value >= -limit && value < limit)) {
      throw new InputError(
        `value ${i} is ${value}; a ${inputBits}-bit input is a whole number from ${-limit} to ${limit - 1}`,
      );
    }
  }
  if (clip !== undefined && !(Number.isInteger(clip) && clip >= 0 && clip < 2 * limit)) {
    throw new InputError(`the clip is ${clip}; it is a whole number from 0 to ${2 * limit - 1}`);
  }
}
