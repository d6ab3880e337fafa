import { type Literal, type SInt, UInt } from "../language/index.ts";
import { type OverflowMode, type RoundingMode, roundedShift } from "./rounding.ts";

/** The shape that `convert` brings a fixed-point value into. */
export interface FixedShape {
  /** Bits in all. */
  readonly width: number;
  /** Bits behind the binary point; more than `width`, or negative, moves the point outside the bits. */
  readonly fraction: number;
  /** How dropped fraction bits round. Needed when bits are dropped. */
  readonly rounding?: RoundingMode;
  /** What a value beyond the range becomes. Needed when the range shrinks. */
  readonly overflow?: OverflowMode;
}

/** Signed with a signed value, unsigned with an unsigned one. */
function joined<T>(
  a: UInt | SInt,
  b: UInt | SInt,
  unsigned: (a: UInt, b: UInt) => T,
  signed: (a: SInt, b: SInt) => T,
): T {
  if (a instanceof UInt && b instanceof UInt) return unsigned(a, b);
  return signed(a instanceof UInt ? a.toSint() : a, b instanceof UInt ? b.toSint() : b);
}

/**
 * An integer signal read as a number with a binary point: its value is `bits` · 2^−`fraction`. Arithmetic is exact:
 * the points are aligned and the result grows. `convert` is the one place where something may be lost, by name. An
 * unsigned value that meets a signed one becomes signed.
 */
export class Fixed {
  readonly bits: UInt | SInt;
  readonly fraction: number;

  constructor(bits: UInt | SInt, fraction: number) {
    if (!Number.isInteger(fraction))
      throw new RangeError(`a fixed-point value has a whole number of fraction bits, not ${fraction}`);
    this.bits = bits;
    this.fraction = fraction;
  }

  /** Bits in all. */
  get width(): number {
    return this.bits.width;
  }

  /** Exact sum. */
  add(other: Fixed): Fixed {
    const [a, b, fraction] = this.#aligned(other);
    return new Fixed(
      joined<UInt | SInt>(
        a,
        b,
        (x, y) => x.add(y),
        (x, y) => x.add(y),
      ),
      fraction,
    );
  }

  /** Exact difference, signed. */
  sub(other: Fixed): Fixed {
    const [a, b, fraction] = this.#aligned(other);
    return new Fixed(
      joined<UInt | SInt>(
        a,
        b,
        (x, y) => x.sub(y),
        (x, y) => x.sub(y),
      ),
      fraction,
    );
  }

  /** Exact product: widths and fractions add. */
  mul(other: Fixed): Fixed {
    const product = joined<UInt | SInt>(
      this.bits,
      other.bits,
      (x, y) => x.mul(y),
      (x, y) => x.mul(y),
    );
    return new Fixed(product, this.fraction + other.fraction);
  }

  /** The negative, signed. */
  neg(): Fixed {
    return new Fixed(this.bits.neg(), this.fraction);
  }

  /** Times 2^`power` by moving the point: costs nothing, loses nothing. */
  scaled(power: number): Fixed {
    return new Fixed(this.bits, this.fraction - power);
  }

  /** Equal, by value. */
  eq(other: Fixed): UInt<1> {
    const [a, b] = this.#aligned(other);
    return joined(
      a,
      b,
      (x, y) => x.eq(y),
      (x, y) => x.eq(y),
    );
  }

  /** Less than, by value. */
  lt(other: Fixed): UInt<1> {
    const [a, b] = this.#aligned(other);
    return joined(
      a,
      b,
      (x, y) => x.lt(y),
      (x, y) => x.lt(y),
    );
  }

  /** Less than or equal, by value. */
  le(other: Fixed): UInt<1> {
    const [a, b] = this.#aligned(other);
    return joined(
      a,
      b,
      (x, y) => x.le(y),
      (x, y) => x.le(y),
    );
  }

  /**
   * The same number in another shape of the same sign.
   * @throws RangeError when bits would be dropped without `rounding`, or the range shrinks without `overflow`.
   */
  convert({ width, fraction, rounding, overflow }: FixedShape): Fixed {
    const drop = this.fraction - fraction;
    if (drop > 0 && rounding === undefined) {
      throw new RangeError(`convert() drops ${drop} fraction bits: say how with rounding, for instance "halfEven"`);
    }
    const rounded = drop > 0 ? roundedShift(this.bits, drop, rounding!) : this.bits.shiftLeft(-drop);
    if (rounded.width > width && overflow === undefined) {
      throw new RangeError(
        `convert() needs ${rounded.width} bits to keep every value, but gets ${width}: say overflow "saturate" or "wrap"`,
      );
    }
    return new Fixed(overflow === "saturate" ? rounded.saturate(width) : rounded.resize(width), fraction);
  }

  /** Both values over the finer of the two fractions. */
  #aligned(other: Fixed): [UInt | SInt, UInt | SInt, number] {
    const fraction = Math.max(this.fraction, other.fraction);
    return [this.bits.shiftLeft(fraction - this.fraction), other.bits.shiftLeft(fraction - other.fraction), fraction];
  }
}

/** Reads a signal as a fixed-point number with `fraction` bits behind the point. */
export function fixed(bits: UInt | SInt, fraction: number): Fixed {
  return new Fixed(bits, fraction);
}

/**
 * The integer that stands for a real number: value · 2^fraction, which must be whole.
 * @throws RangeError when `value` has more fraction bits than that; round it first.
 */
export function fixedLiteral(value: number, fraction: number): Literal {
  const scaled = value * 2 ** fraction;
  if (!Number.isSafeInteger(scaled)) {
    throw new RangeError(`${value} is not a multiple of 2^-${fraction}: round it to ${fraction} fraction bits first`);
  }
  return scaled;
}
