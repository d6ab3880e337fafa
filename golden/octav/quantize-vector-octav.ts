import { octavPart, quantizerPart, type VsqOctavParameters } from "../../spec/index.ts";
import { quantizeVector } from "../scaling/quantize-vector.ts";
import type { QuantizedVector } from "../scaling/quantized-vector.ts";
import { octavInteger } from "./octav-integer.ts";

/**
 * What `vsq-octav-quantizer` makes of a vector: OCTAV's clip, rounded to a whole number, in place of the maximum.
 * @param bypass the maximum after all
 * @throws InputError for values out of range
 */
export function quantizeVectorOctav(
  values: ArrayLike<number>,
  parameters: VsqOctavParameters,
  bypass = false,
): QuantizedVector & { readonly clip: number } {
  const largest = Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const clip = bypass ? largest : Number(octavInteger(values, octavPart(parameters)).clip);
  return { ...quantizeVector(values, quantizerPart(parameters), clip), clip };
}
