/**
 * The elements of a packed vector, element 0 in the least significant bits, read as signed numbers.
 * @param bits elements·elementBits bits, as a non-negative number.
 */
export function unpackSigned(bits: bigint, elementBits: number, elements: number): number[] {
  const width = BigInt(elementBits);
  return Array.from({ length: elements }, (_, i) => Number(BigInt.asIntN(elementBits, bits >> (BigInt(i) * width))));
}

/** The elements of a packed vector of unsigned numbers (scales per lane), element 0 in the least significant bits. */
export function unpackUnsigned(bits: bigint, elementBits: number, elements: number): number[] {
  const width = BigInt(elementBits);
  return Array.from({ length: elements }, (_, i) => Number(BigInt.asUintN(elementBits, bits >> (BigInt(i) * width))));
}

/**
 * Signed or unsigned elements side by side, element 0 in the least significant bits, in two's complement.
 * @throws RangeError when an element fits `elementBits` bits neither as signed nor as unsigned number.
 */
export function packElements(elements: ArrayLike<number>, elementBits: number): bigint {
  const lowest = -(2 ** (elementBits - 1));
  let packed = 0n;
  for (let i = elements.length - 1; i >= 0; i--) {
    const value = elements[i] ?? 0;
    if (!Number.isInteger(value) || value < lowest || value >= 2 ** elementBits) {
      throw new RangeError(`element ${i} is ${value}; it does not fit ${elementBits} bits`);
    }
    packed = (packed << BigInt(elementBits)) | BigInt.asUintN(elementBits, BigInt(value));
  }
  return packed;
}
