import { cat, type UInt } from "../language/index.ts";

/** The reflected binary (Gray) code of a number: x xor ⌊x / 2⌋. Neighbours differ in one bit. */
export function toGray<W extends number>(binary: UInt<W>): UInt<W>;
export function toGray(binary: UInt): UInt {
  return binary.width === 1 ? binary : binary.xor(binary.shiftRight(1));
}

/** The number that a Gray code stands for: bit i is the parity of the code's bits from i upward. */
export function fromGray<W extends number>(gray: UInt<W>): UInt<W>;
export function fromGray(gray: UInt): UInt {
  const bits: UInt<1>[] = [gray.bit(gray.width - 1)];
  for (let index = gray.width - 2; index >= 0; index--) bits.push(bits.at(-1)!.xor(gray.bit(index)));
  return cat(...bits);
}
