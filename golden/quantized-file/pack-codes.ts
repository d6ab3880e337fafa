/**
 * Codes as one string of bits: code i takes bits i·b to i·b + b − 1, its lowest bit first, and bit k of the string is bit
 * k mod 8 (of weight 2^(k mod 8)) of byte ⌊k / 8⌋. Two 4-bit codes share a byte, the first in the low half. Signed codes
 * are two's complement. What the last byte has left is zero.
 * @param bits of a code, b, 1 to 8
 */
export function packCodes(codes: Int8Array | Uint8Array, bits: number): Uint8Array {
  if (bits === 8) return new Uint8Array(codes.buffer, codes.byteOffset, codes.length);
  const packed = new Uint8Array(packedBytes(codes.length, bits));
  const mask = 2 ** bits - 1;
  let word = 0;
  let filled = 0;
  let at = 0;
  for (let i = 0; i < codes.length; i++) {
    word |= ((codes[i] ?? 0) & mask) << filled;
    filled += bits;
    if (filled < 8) continue;
    packed[at++] = word & 0xff;
    word >>= 8;
    filled -= 8;
  }
  if (filled > 0) packed[at] = word;
  return packed;
}

/** Codes packed at a time: a whole number of bytes whatever their size. */
const packedAtOnce = 2 ** 20;

/** `packCodes` in parts, for large tensors. */
export function* packCodesInParts(codes: Int8Array | Uint8Array, bits: number): Generator<Uint8Array> {
  for (let from = 0; from < codes.length; from += packedAtOnce) {
    yield packCodes(codes.subarray(from, from + packedAtOnce), bits);
  }
}

/**
 * The codes of a string of bits, see `packCodes`.
 * @param count of codes
 * @param signed two's complement, or from zero on
 */
export function unpackCodes(packed: Uint8Array, count: number, bits: number, signed: boolean): Int8Array | Uint8Array {
  const codes = signed ? new Int8Array(count) : new Uint8Array(count);
  const mask = 2 ** bits - 1;
  // A shift up and down again copies a code's top bit into all bits above it.
  const unused = signed ? 32 - bits : 0;
  let word = 0;
  let filled = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (filled < bits) {
      word |= (packed[at++] ?? 0) << filled;
      filled += 8;
    }
    codes[i] = ((word & mask) << unused) >> unused;
    word >>= bits;
    filled -= bits;
  }
  return codes;
}

/** Bytes that so many codes take. */
export function packedBytes(count: number, bits: number): number {
  return Math.ceil((count * bits) / 8);
}
