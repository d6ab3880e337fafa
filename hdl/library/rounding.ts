import { SInt, UInt } from "../language/index.ts";

/**
 * How a fraction is dropped. The first four go one way; the other six take the nearest value and differ in where a tie
 * (exactly half) goes.
 *
 * | mode | result | tie |
 * | --- | --- | --- |
 * | `floor` | toward −∞ | |
 * | `ceil` | toward +∞ | |
 * | `towardZero` | toward 0 | |
 * | `awayFromZero` | away from 0 | |
 * | `halfDown` | nearest | toward −∞ |
 * | `halfUp` | nearest | toward +∞ |
 * | `halfTowardZero` | nearest | toward 0 |
 * | `halfAway` | nearest | away from 0 |
 * | `halfEven` | nearest | to the even neighbour |
 * | `halfOdd` | nearest | to the odd neighbour |
 */
export type RoundingMode =
  | "floor"
  | "ceil"
  | "towardZero"
  | "awayFromZero"
  | "halfDown"
  | "halfUp"
  | "halfTowardZero"
  | "halfAway"
  | "halfEven"
  | "halfOdd";

/** The ten rounding modes. */
export const roundingModes: readonly RoundingMode[] = Object.freeze([
  "floor",
  "ceil",
  "towardZero",
  "awayFromZero",
  "halfDown",
  "halfUp",
  "halfTowardZero",
  "halfAway",
  "halfEven",
  "halfOdd",
]);

/** What a value beyond the range becomes: its low bits, or the nearest end of the range. */
export type OverflowMode = "wrap" | "saturate";

/** 1 when any of the `count` lowest bits is 1; undefined where there are none. */
function anyBelow(value: UInt | SInt, count: number): UInt<1> | undefined {
  return count === 0 ? undefined : value.slice(count - 1, 0).reduceOr();
}

const either = (a: UInt<1>, b: UInt<1> | undefined): UInt<1> => (b === undefined ? a : a.or(b));

/** The modes that signals have no operator for. */
type OtherMode = Exclude<RoundingMode, "floor" | "halfUp" | "halfAway" | "halfEven">;

/**
 * Whether ⌊x / 2^drop⌋ goes up by one. The floor of a two's complement value is the bits above; each mode asks about the
 * half bit (the highest dropped), the sticky bits below it, the parity of the floor and the sign.
 */
function increment(value: UInt | SInt, drop: number, mode: OtherMode): UInt<1> | undefined {
  const half = value.bit(drop - 1);
  const below = anyBelow(value, drop - 1);
  const odd = value.bit(drop);
  const negative = value instanceof SInt ? value.bit(value.width - 1) : undefined;
  switch (mode) {
    case "ceil":
      return either(half, below);
    case "towardZero":
      return negative?.and(either(half, below));
    case "awayFromZero":
      return negative === undefined ? either(half, below) : negative.not().and(either(half, below));
    case "halfDown":
      return below === undefined ? undefined : half.and(below);
    case "halfTowardZero":
      // Below zero the floor of a tie lies away from zero, so a tie goes up there and nowhere else.
      if (negative === undefined) return below === undefined ? undefined : half.and(below);
      return half.and(either(negative, below));
    case "halfOdd":
      return half.and(either(odd.not(), below));
  }
}

/**
 * The value and the bits to drop from it, such that at least one stays and the half bit exists: beyond its own bits a
 * value has only copies of its sign. One bit beyond the width there is no tie any more, and dropping more changes nothing.
 */
function roomFor(value: UInt | SInt, drop: number): { readonly wide: UInt | SInt; readonly count: number } {
  if (!Number.isInteger(drop) || drop < 0) {
    throw new RangeError(`the fraction bits to drop are a whole number of 0 or more, not ${drop}`);
  }
  const count = Math.min(drop, value.width + 1);
  return { wide: count < value.width ? value : value.extend(count + 1), count };
}

/**
 * x / 2^drop, rounded: one bit more than the bits kept, since rounding up can carry; `floor`, and `drop` 0, keep the
 * width. Of a value of which all bits are dropped at least one stays, so that −1, 0 and 1 come out as the mode says.
 * @throws RangeError when `drop` is no whole number of 0 or more.
 */
export function roundedShift<T extends UInt | SInt>(value: T, drop: number, mode: RoundingMode): T;
export function roundedShift(value: UInt | SInt, drop: number, mode: RoundingMode): UInt | SInt {
  const { wide, count } = roomFor(value, drop);
  if (count === 0) return value;
  if (mode === "halfUp") return wide.roundHalfUp(count);
  if (mode === "halfEven") return wide.roundHalfEven(count);
  if (mode === "halfAway") return wide.roundHalfAway(count);
  const floor = wide.shiftRight(count);
  const up = mode === "floor" ? undefined : increment(wide, count, mode);
  if (up === undefined) return floor;
  return floor instanceof UInt ? floor.add(up) : floor.add(up.toSint());
}

/** What `requantized` makes of a value. */
export interface Requantization {
  /** Fraction bits to drop, 0 or more; also as many as the value has, or more. */
  readonly drop: number;
  /** Bits of the result, of the same sign. */
  readonly width: number;
  readonly rounding: RoundingMode;
  readonly overflow: OverflowMode;
}

/** x / 2^drop, rounded by name and brought into `width` bits by wrapping or saturating. */
export function requantized<T extends UInt | SInt>(value: T, { drop, width, rounding, overflow }: Requantization): T;
export function requantized(value: UInt | SInt, { drop, width, rounding, overflow }: Requantization): UInt | SInt {
  const rounded = roundedShift(value, drop, rounding);
  return overflow === "saturate" ? rounded.saturate(width) : rounded.resize(width);
}
