import type { RoomFor } from "../types/index.ts";

// What the type checker sees of a signal where one is asked for. Each has a sentence as a second argument that nobody
// gives: it is there to be printed, as the editor shows the arguments of a type that does not fit.

/** Carries the width to the type checker, which prints the name; nothing stands behind it when the program runs. */
export declare const bits: unique symbol;

/** Has no value ever; a place for the sentence. */
declare const advice: unique symbol;

/** What may be assigned to an unsigned signal of W bits. A width that is only a `number` is left to the elaboration. */
export interface UIntOfAtMost<
  W extends number,
  Advice = `a wider value needs wrap(${W}), saturate(${W}) or a rounding by name; a signed one asUint(), abs() or max(0).asUint(), an enumeration asUint()`,
> {
  readonly signed: false;
  /** @internal */
  readonly [bits]: RoomFor<W>;
  /** @internal */
  readonly [advice]?: Advice;
}

/** What may be assigned to a signed signal of W bits. */
export interface SIntOfAtMost<
  W extends number,
  Advice = `a wider value needs wrap(${W}), saturate(${W}) or a rounding by name; an unsigned one toSint() or asSint()`,
> {
  readonly signed: true;
  /** @internal */
  readonly [bits]: RoomFor<W>;
  /** @internal */
  readonly [advice]?: Advice;
}

/** An unsigned signal as an operand. */
export interface UIntOperand<
  W extends number = number,
  Advice = "an operand of the same sign: asUint() keeps the bits of a signed value, abs() takes its magnitude",
> {
  readonly signed: false;
  readonly width: W;
  /** @internal */
  readonly [bits]: number;
  /** @internal */
  readonly [advice]?: Advice;
}

/** A signed signal as an operand. */
export interface SIntOperand<
  W extends number = number,
  Advice = "an operand of the same sign: toSint() keeps the value of an unsigned one, asSint() its bits",
> {
  readonly signed: true;
  readonly width: W;
  /** @internal */
  readonly [bits]: number;
  /** @internal */
  readonly [advice]?: Advice;
}

/** Nothing is a `Refused`: for a parameter that refuses what it is given, and says why. */
export interface Refused<Advice> {
  /** @internal */
  readonly [advice]: Advice;
}
