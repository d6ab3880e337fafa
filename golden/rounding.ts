// Adding it pushes the fraction out of a double's 53 bits, where IEEE addition itself rounds to nearest, ties to even.
const anchor = 1.5 * 2 ** 52;

/** The whole number nearest to `value`, ties to the even one, for |value| < 2^51. */
export function roundHalfEven(value: number): number {
  return value + anchor - anchor;
}
