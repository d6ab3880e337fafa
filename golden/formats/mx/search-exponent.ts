import { blockExponent } from "./block-exponent.ts";
import type { MxCodec } from "./mx-element.ts";

const leastExponent = -127;
const mostExponent = 127;

/**
 * The exponent of a block's scale with the least squared error after decoding, of all of −127..127; the largest of
 * several. Larger ones than `round-up` gives are left out: they have no value below the maximum that it has not. The
 * search ends downwards when the maximum alone would err more, as it does ever more from there on.
 *
 * Errors are summed in double precision, in units of 2^(largest exponent tried).
 * @param maximum the block's largest magnitude, above 0 and finite.
 */
export function searchExponent(block: Float32Array | Float64Array, maximum: number, codec: MxCodec): number {
  const start = Math.min(Math.max(blockExponent(maximum, "round-up", codec), leastExponent), mostExponent);
  const unit = 2 ** start;
  let best = start;
  let leastError = Number.POSITIVE_INFINITY;
  for (let exponent = start; exponent >= leastExponent; exponent--) {
    // Exact: a power of two that a double holds.
    const step = 2 ** (exponent - start);
    const beyond = Math.max(maximum / unit - codec.largest * step, 0);
    if (exponent < start && beyond * beyond >= leastError) break;
    let error = 0;
    for (const value of block) {
      const decoded = codec.decode(codec.encode(value / 2 ** exponent)) * step;
      // An element that overflows to infinity or NaN makes its scale useless.
      error += Number.isFinite(decoded) ? (value / unit - decoded) ** 2 : Number.POSITIVE_INFINITY;
    }
    if (error < leastError) {
      leastError = error;
      best = exponent;
    }
  }
  return best;
}
