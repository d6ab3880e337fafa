import { mux, type SInt, type UInt } from "../../hdl/index.ts";

/** A code from its magnitude and sign: one bit more. */
export function signedCode(magnitude: UInt, negative: UInt<1>): SInt {
  const positive = magnitude.toSint();
  return mux(negative, magnitude.neg(), positive);
}
