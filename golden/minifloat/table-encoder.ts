import type { MinifloatFormat } from "../../spec/index.ts";

/** Numbers from which on the table pays for itself. */
const worthATable = 2 ** 16;

/**
 * The same conversion by one look-up, for the many numbers of a tensor; `encode` itself when they are few.
 *
 * All that a rounding to m mantissa bits can depend on are the sign, the exponent, the first m + 1 bits of the mantissa,
 * and whether anything follows them: the table has an entry for each.
 *
 * @param encode a conversion to codes below 256 that rounds once to the format's mantissa bits or fewer.
 * @param numbers how many numbers will be converted.
 */
export function tableEncoder(
  encode: (value: number) => number,
  { mantissaBits }: Pick<MinifloatFormat, "mantissaBits">,
  numbers: number,
): (value: number) => number {
  if (numbers < worthATable) return encode;
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  double[0] = 1;
  const high = words[1] === 0 ? 0 : 1;
  const low = 1 - high;
  const dropped = 32 - (1 + 11 + mantissaBits + 1);
  const rest = 2 ** dropped - 1;
  const table = new Uint8Array(2 ** (33 - dropped));
  for (let i = 0; i < table.length; i++) {
    words[high] = (i >>> 1) << dropped;
    words[low] = i & 1;
    const value = double[0] ?? 0;
    if (!Number.isNaN(value)) table[i] = encode(value);
  }
  return (value) => {
    double[0] = value;
    const head = words[high] ?? 0;
    const more = ((head & rest) | (words[low] ?? 0)) === 0 ? 0 : 1;
    return table[((head >>> dropped) << 1) | more] ?? 0;
  };
}
