import { capturePlace, captureSource, type Entry } from "../diagnostics/index.ts";
import * as ir from "../ir/index.ts";
import { bitsFor } from "../types/index.ts";
import { chosenBits } from "./chosen-bits.ts";
import { coerceTo, type Literal, literalValue, operandNode } from "./coerce.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import { bitsText } from "./driven-bits.ts";
import { indexNode } from "./index-node.ts";
import type { UInt } from "./integers.ts";
import { andNodes, asSigned, asUnsigned, orNodes, signedBit } from "./node-helpers.ts";
import {
  countOnesNode,
  leadingZerosNode,
  lowestOneNode,
  oneHotToIndexNode,
  priorityIndexNode,
  reverseNode,
} from "./operators/count-nodes.ts";
import { quotientNode, type Rounding, remainderNode } from "./operators/divide-node.ts";
import { rotateNode } from "./operators/rotate-node.ts";
import { countHint, reportNothingLeft, reportOnlyZeros } from "./operators/shift-count.ts";
import { checkRange, type IndexOptions } from "./range-check.ts";
import { type Backing, nodeOf, partBacking, targetOf, Value } from "./value.ts";
import { checkReinterpreted, widened } from "./widen.ts";

/** How far to shift or which bit to take: a number, or an unsigned signal. */
export type Amount = number | UInt;

/** The widest value that an operator is asked for by mistake and not on purpose. */
const mostBits = 1 << 16;

/** The widest result of a shift by a signal that somebody may want. */
const mostShifted = 1024;

/**
 * What `UInt` and `SInt` share; `S` is the signal type of the same sign, `O` what an operand must be. Operators grow so
 * that no bit is lost; those that lose bits say so in their name. A number or bigint as operand takes the operator's sign
 * and the fewest bits.
 */
export abstract class Bits<S extends Value, O = S> extends Value {
  /** A value of this sign with the bits of a node. */
  protected abstract like(node: ir.Node): S;
  /** An unsigned value with the bits of a node. */
  protected abstract uint(node: ir.Node): UInt;
  /** An unsigned value that stands for bits of this signal. */
  protected abstract part(width: number, backing: Backing): UInt;
  /** A one-bit unsigned value. */
  protected abstract flag(node: ir.Node): UInt<1>;

  protected get node(): ir.Node {
    return nodeOf(this);
  }

  protected get context(): ModuleContext {
    return requireContext("an operator");
  }

  /** Equal, by value; one bit. */
  eq(other: O | Literal): UInt<1> {
    return this.compareWith("eq", other, this.eq);
  }

  /** Not equal, by value; one bit. */
  ne(other: O | Literal): UInt<1> {
    return this.compareWith("ne", other, this.ne);
  }

  /** Less than; one bit. */
  lt(other: O | Literal): UInt<1> {
    return this.compareWith("lt", other, this.lt);
  }

  /** Less than or equal; one bit. */
  le(other: O | Literal): UInt<1> {
    return this.compareWith("le", other, this.le);
  }

  /** Greater than; one bit. */
  gt(other: O | Literal): UInt<1> {
    return this.compareWith("gt", other, this.gt);
  }

  /** Greater than or equal; one bit. */
  ge(other: O | Literal): UInt<1> {
    return this.compareWith("ge", other, this.ge);
  }

  /** Exact sum: one bit more than the wider operand. */
  add(other: O | Literal): S {
    const right = this.operand(other, "add");
    return this.like(this.arithmetic("add", right, this.wider(right) + 1, this.add));
  }

  /** Exact product: the operands' widths added. */
  mul(other: O | Literal): S {
    const right = this.operand(other, "mul");
    return this.like(this.arithmetic("mul", right, this.width + right.width, this.mul));
  }

  /** Sum modulo 2^w, w the wider operand's width. */
  addWrap(other: O | Literal): S {
    const right = this.operand(other, "addWrap");
    return this.like(this.arithmetic("add", right, this.wider(right), this.addWrap));
  }

  /** Difference modulo 2^w, w the wider operand's width. */
  subWrap(other: O | Literal): S {
    const right = this.operand(other, "subWrap");
    return this.like(this.arithmetic("sub", right, this.wider(right), this.subWrap));
  }

  /** Bitwise and; the narrower operand is extended. */
  and(other: O | Literal): S {
    return this.bitwise("and", other, this.and);
  }

  /** Bitwise or; the narrower operand is extended. */
  or(other: O | Literal): S {
    return this.bitwise("or", other, this.or);
  }

  /** Bitwise exclusive or; the narrower operand is extended. */
  xor(other: O | Literal): S {
    return this.bitwise("xor", other, this.xor);
  }

  /** Every bit inverted. */
  not(): S {
    return this.like(ir.not(this.node, { source: captureSource(this.not) }));
  }

  /** The same value in `width` bits, at least as many as now. */
  extend(width: number): S {
    if (width === this.width || !this.checkBits("extend", width, this.width, mostBits)) return this.like(this.node);
    return this.like(ir.extend(this.node, width, { source: captureSource(this.extend) }));
  }

  /** The low `width` bits: what is left of an arithmetic result that may wrap around. */
  wrap(width: number): S {
    return this.like(this.lowBits("wrap", width));
  }

  /** The low `width` bits, where the ones above are known to carry nothing (zeros, or copies of the sign). */
  truncate(width: number): S {
    return this.like(this.lowBits("truncate", width));
  }

  /** `width` bits: extended, or cut to the low ones, whichever it takes. */
  resize(width: number): S {
    return width < this.width ? this.wrap(width) : this.extend(width);
  }

  /**
   * Times 2^count: zeros come in at the bottom, no bit is lost. By a signal of n bits the value grows by 2^n − 1 bits,
   * as far as the signal can shift; beyond 1024 bits that is refused (LS0120).
   */
  shiftLeft(count: Amount): S {
    if (typeof count !== "number") return this.like(this.shiftedLeft(count));
    if (count === 0 || !this.checkBits("shiftLeft", count, 0, mostBits)) return this.like(this.node);
    return this.like(ir.concat([this.node, ir.constant(0n, count, false)], { source: captureSource(this.shiftLeft) }));
  }

  /** Times 2^count modulo 2^width: bits that go beyond the top are lost. */
  shiftLeftWrap(count: Amount): S {
    const { width } = this;
    const source = captureSource(this.shiftLeftWrap);
    if (typeof count !== "number") {
      return this.like(ir.shift("left", this.node, this.amount(count, "shiftLeftWrap"), width, { source }));
    }
    if (count === 0 || !this.checkBits("shiftLeftWrap", count, 0, mostBits)) return this.like(this.node);
    if (count >= width) {
      reportOnlyZeros(this.context, count, width, source);
      return this.like(ir.constant(0n, width, this.signed, { source }));
    }
    const kept = ir.slice(this.node, width - 1 - count, 0, { source });
    return this.like(ir.concat([kept, ir.constant(0n, count, false)], { source }));
  }

  /**
   * ⌊x / 2^count⌋, for a negative value toward −∞. By a number: the bits above the `count` lowest. By a signal the width
   * stays, and zeros or copies of the sign come in at the top.
   */
  shiftRight(count: Amount): S {
    if (typeof count !== "number") {
      const source = captureSource(this.shiftRight);
      return this.like(ir.shift("right", this.node, this.amount(count, "shiftRight"), this.width, { source }));
    }
    return this.like(this.shiftedRight("shiftRight", count) ?? this.node);
  }

  /**
   * ⌊x / 2^count⌋ in as many bits as now: zeros, or copies of the sign of a signed value, come in at the top, as `>>>` of
   * a signed net in Verilog does.
   */
  shiftRightKeep(count: Amount): S {
    if (typeof count !== "number") return this.shiftRight(count);
    const upper = this.shiftedRight("shiftRightKeep", count);
    if (!upper || count === 0) return this.like(this.node);
    const kept = this.signed ? asSigned(upper) : upper;
    return this.like(ir.extend(kept, this.width, { source: captureSource(this.shiftRightKeep) }));
  }

  /** The bits moved up by `count` places, those that leave at the top coming in at the bottom; count modulo the width. */
  rotateLeft(count: Amount): S {
    return this.rotated("rotateLeft", count, -1);
  }

  /** The bits moved down by `count` places, those that leave at the bottom coming in at the top; count modulo the width. */
  rotateRight(count: Amount): S {
    return this.rotated("rotateRight", count, 1);
  }

  /** ⌊x / divisor⌋ by a constant: toward −∞. In as many bits as the quotient needs. Complains of 0 (LS0121). */
  divFloor(divisor: Literal): S {
    return this.divided("divFloor", divisor, "floor", quotientNode);
  }

  /** x / divisor by a constant, rounded toward 0 as in Verilog and C. In as many bits as the quotient needs. */
  divTrunc(divisor: Literal): S {
    return this.divided("divTrunc", divisor, "truncate", quotientNode);
  }

  /** x − divisor · divFloor(divisor): has the sign of the divisor, so 0 .. divisor − 1 for a positive one. */
  remFloor(divisor: Literal): S {
    return this.divided("remFloor", divisor, "floor", remainderNode);
  }

  /** x − divisor · divTrunc(divisor): has the sign of x, as `%` in Verilog and C. */
  remTrunc(divisor: Literal): S {
    return this.divided("remTrunc", divisor, "truncate", remainderNode);
  }

  /** The smaller of two values. */
  min(other: O | Literal): S {
    return this.chosen("lt", other, "min");
  }

  /** The larger of two values. */
  max(other: O | Literal): S {
    return this.chosen("gt", other, "max");
  }

  /** The number of bits that are 1. */
  countOnes(): UInt {
    return this.uint(countOnesNode(asUnsigned(this.node)));
  }

  /** The number of zeros above the highest 1, from 0 to the width. */
  leadingZeros(): UInt {
    return this.uint(leadingZerosNode(asUnsigned(this.node)));
  }

  /** The number of zeros below the lowest 1, from 0 to the width. */
  trailingZeros(): UInt {
    return this.uint(leadingZerosNode(reverseNode(asUnsigned(this.node))));
  }

  /** The bits in the opposite order: bit 0 becomes the highest. */
  reverseBits(): UInt {
    return this.uint(reverseNode(asUnsigned(this.node)));
  }

  /** The lowest 1 alone, all other bits 0: the grant of a fixed priority where bit 0 comes first. */
  lowestOne(): UInt {
    return this.uint(lowestOneNode(asUnsigned(this.node)));
  }

  /** The highest 1 alone, all other bits 0. */
  highestOne(): UInt {
    return this.uint(reverseNode(lowestOneNode(reverseNode(asUnsigned(this.node)))));
  }

  /** The number of the lowest 1; 0 where there is none, which `reduceOr()` tells. */
  priorityIndex(): UInt {
    return this.uint(priorityIndexNode(asUnsigned(this.node), "lowest"));
  }

  /** The number of the highest 1; 0 where there is none, which `reduceOr()` tells. */
  highestIndex(): UInt {
    return this.uint(priorityIndexNode(asUnsigned(this.node), "highest"));
  }

  /** The number of the only bit that is 1; 0 where there is none, something useless where there are several. */
  oneHotToIndex(): UInt {
    return this.uint(oneHotToIndexNode(asUnsigned(this.node)));
  }

  /** x / 2^drop to nearest, ties up (toward +∞): ⌊(x + 2^(drop−1)) / 2^drop⌋. One bit more than the bits kept. */
  roundHalfUp(drop: number): S {
    return this.rounded("roundHalfUp", drop, () => this.oneBit(drop - 1));
  }

  /** x / 2^drop to nearest, ties to the even neighbour. One bit more than the bits kept. */
  roundHalfEven(drop: number): S {
    return this.rounded("roundHalfEven", drop, () =>
      andNodes(this.oneBit(drop - 1), orNodes(this.oneBit(drop), this.anyBelow(drop - 1))),
    );
  }

  /** x / 2^drop to nearest, ties away from zero. One bit more than the bits kept. */
  roundHalfAway(drop: number): S {
    if (!this.signed) return this.rounded("roundHalfAway", drop, () => this.oneBit(drop - 1));
    // The floor of a negative tie already lies away from zero; only a positive tie is pushed up.
    return this.rounded("roundHalfAway", drop, () => {
      const positive = ir.not(this.oneBit(this.width - 1), { source: captureSource(this.roundHalfAway) });
      return andNodes(this.oneBit(drop - 1), orNodes(positive, this.anyBelow(drop - 1)));
    });
  }

  /**
   * Bits `high` down to `low`, both included, as an unsigned value; those of a signal can be driven too. Complains
   * (LS0104) outside the value.
   */
  slice(high: number, low: number): UInt {
    const whole = Number.isInteger(high) && Number.isInteger(low);
    if (whole && high < this.width && low >= 0 && low <= high) {
      const part = partBacking(this, low) ?? chosenBits(this, low, high - low + 1);
      if (part) return this.part(high - low + 1, part);
      return this.uint(ir.slice(this.node, high, low, { source: captureSource(this.slice) }));
    }
    this.context.report(
      "LS0104",
      `slice(${high}, ${low}) of a value with bits ${this.width - 1} to 0`,
      "slice(high, low) takes the higher bit number first, and both lie inside the value",
    );
    return this.uint(ir.constant(0n, Math.max(1, Math.min(this.width, high - low + 1 || 1)), false));
  }

  /**
   * `width` bits from bit `offset` on, as an unsigned value: `x[offset +: width]` in Verilog. With a signal as the offset
   * it takes as many bits as the last offset needs that stays inside; bits beyond the value read 0 and are not driven,
   * which simulation complains of unless told that it is meant (`beyond: "zero"`). Those of a signal can be driven too.
   */
  sliceAt(offset: Amount, width: number, options: IndexOptions = {}): UInt {
    const least = Number.isInteger(width) && width >= 1 && width <= this.width;
    if (!least || typeof offset === "number") {
      const low = typeof offset === "number" ? offset : 0;
      return this.slice(low + width - 1, low);
    }
    const node = this.place(offset, this.width - width + 1, "the offset of sliceAt()");
    checkRange(node, this.width - width + 1, "sliceAt()", options);
    const chosen = chosenBits(this, node, width);
    if (chosen) return this.part(width, chosen);
    return this.uint(ir.indexBits(asUnsigned(this.node), node, 1, width, { source: captureSource(this.sliceAt) }));
  }

  /**
   * Bit `index`, 0 being the least significant; that of a signal can be driven too. Complains (LS0104) outside the value.
   * A signal as the index takes as many bits as the highest bit's number; beyond the value it reads 0 and drives nothing,
   * which simulation complains of unless told that it is meant.
   */
  bit(index: Amount, options: IndexOptions = {}): UInt<1> {
    if (typeof index !== "number") {
      const node = this.place(index, this.width, "the index of bit()");
      checkRange(node, this.width, "bit()", options);
      const chosen = chosenBits(this, node, 1);
      if (chosen) return this.part(1, chosen) as UInt<1>;
      return this.flag(ir.indexBits(asUnsigned(this.node), node, 1, 1, { source: captureSource(this.bit) }));
    }
    if (Number.isInteger(index) && index >= 0 && index < this.width) {
      const part = partBacking(this, index) ?? chosenBits(this, index, 1);
      return part ? (this.part(1, part) as UInt<1>) : this.flag(this.oneBit(index));
    }
    this.context.report(
      "LS0104",
      `bit(${index}) of a value with bits ${this.width - 1} to 0`,
      "bits count from 0, the least significant",
    );
    return this.flag(ir.constant(0n, 1, false));
  }

  /** 1 when every bit is 1. */
  reduceAnd(): UInt<1> {
    return this.flag(ir.reduce("and", this.node, { source: captureSource(this.reduceAnd) }));
  }

  /** 1 when any bit is 1. */
  reduceOr(): UInt<1> {
    return this.flag(ir.reduce("or", this.node, { source: captureSource(this.reduceOr) }));
  }

  /** The parity: 1 when an odd number of bits is 1. */
  reduceXor(): UInt<1> {
    return this.flag(ir.reduce("xor", this.node, { source: captureSource(this.reduceXor) }));
  }

  /** `count` copies of the bits side by side. */
  replicate(count: number): UInt {
    if (Number.isInteger(count) && count >= 1) {
      return this.uint(ir.replicate(this.node, count, { source: captureSource(this.replicate) }));
    }
    this.context.report("LS0106", `replicate(${count}): the count must be 1 or more`, "use a whole number of copies");
    return this.uint(asUnsigned(this.node));
  }

  protected operand(other: O | Literal, operator: string): ir.Node {
    return operandNode(other as Value | Literal, this.signed, operator);
  }

  /** The node of a signal that says how far to move. */
  private amount(count: UInt, operator: string): ir.Node {
    return operandNode(count, false, operator, "");
  }

  /** The node of a signal that counts from 0 to below `count`, in exactly the bits that takes. */
  private place(index: UInt, count: number, what: string): ir.Node {
    return indexNode(index, count, what);
  }

  private shiftedLeft(count: UInt): ir.Node {
    const amount = this.amount(count, "shiftLeft");
    const source = captureSource();
    const width = this.width + 2 ** amount.width - 1;
    if (width <= mostShifted) return ir.shift("left", this.node, amount, width, { source });
    this.context.report(
      "LS0120",
      `shiftLeft() by a signal of ${amount.width} bits would make ${width} bits of ${this.width}`,
      "shiftLeftWrap() keeps the width; or cut the amount to the bits it uses, such as .wrap(4)",
    );
    return ir.shift("left", this.node, amount, this.width, { source });
  }

  private rotated(operator: string, count: Amount, direction: 1 | -1): S {
    const number = typeof count === "number";
    if (number && !this.checkBits(operator, count, 0, mostBits)) return this.like(this.node);
    return this.like(rotateNode(asUnsigned(this.node), number ? count : this.amount(count, operator), direction));
  }

  private divided(
    operator: string,
    divisor: Literal,
    rounding: Rounding,
    build: (x: ir.Node, divisor: bigint, rounding: Rounding) => ir.Node,
  ): S {
    const signal = (divisor as unknown) instanceof Value;
    const by = signal ? 0n : literalValue(divisor);
    if (by !== 0n && (this.signed || by > 0n)) return this.like(build(this.node, by, rounding));
    if (by < 0n) operandNode(by, false, operator);
    else {
      this.context.report(
        "LS0121",
        signal ? `${operator}() by a signal` : `${operator}() by zero`,
        "a divisor is a number other than 0; a division by a signal takes a circuit of its own, over several cycles",
      );
    }
    return this.like(this.node);
  }

  private chosen(operator: ir.CompareOperator, other: O | Literal, name: string): S {
    const right = this.operand(other, name);
    const source = captureSource();
    const width = this.wider(right);
    const [first, second] = [widened(this.node, width, { source }), widened(right, width, { source })];
    const test = ir.compare(operator, this.node, right, { source });
    return this.like(ir.mux(test, first, second, { source }));
  }

  /** Looks at an operand that is narrower than the other, which extends it. */
  private alike(right: ir.Node): void {
    checkReinterpreted(this.node, right.width);
    checkReinterpreted(right, this.width);
  }

  protected wider(right: ir.Node): number {
    return Math.max(this.width, right.width);
  }

  protected arithmetic(
    operator: ir.ArithmeticOperator,
    right: ir.Node,
    width: number,
    entry: Entry,
    signed: boolean = this.signed,
  ): ir.Node {
    // A product has the bits of both, however wide each is.
    if (operator !== "mul") this.alike(right);
    return ir.arithmetic(operator, this.node, right, width, signed, { source: captureSource(entry) });
  }

  /** Whether a count of bits lies in the range that an operator takes; complains (LS0105) when it does not. */
  protected checkBits(operator: string, count: number, least: number, most: number): boolean {
    if (Number.isInteger(count) && count >= least && count <= most) return true;
    const range = most === mostBits ? `${least} or more` : least === most ? `${least}` : `${least} to ${most}`;
    this.context.report(
      "LS0105",
      `${operator}(${count}) on a value of ${this.width} bits: the argument must be ${range}`,
      countHint(operator),
    );
    return false;
  }

  /** Bit `index`, which is known to exist. */
  protected oneBit(index: number): ir.Node {
    return ir.slice(this.node, index, index, { source: captureSource() });
  }

  /** The low `width` bits; all of them after a complaint. */
  protected lowBits(operator: string, width: number): ir.Node {
    if (width === this.width || !this.checkBits(operator, width, 1, this.width)) return this.node;
    return ir.slice(this.node, width - 1, 0, { source: captureSource() });
  }

  private compareWith(operator: ir.CompareOperator, other: O | Literal, entry: Entry): UInt<1> {
    const right = this.operand(other, operator);
    this.alike(right);
    return this.flag(ir.compare(operator, this.node, right, { source: captureSource(entry) }));
  }

  private bitwise(operator: ir.BitwiseOperator, operand: O | Literal, entry: Entry): S {
    const other = operand as Value | Literal;
    const source = captureSource(entry);
    if (!(other instanceof Value) && !this.signed && literalValue(other) < 0n) {
      const bits = BigInt.asUintN(this.width, literalValue(other)).toString(16);
      this.context.report(
        "LS0103",
        `${operator}() of an unsigned value with the literal ${other}`,
        `write the bits as a number of 0 or more: 0x${bits}${this.width > 53 ? "n" : ""}; not() inverts a signal`,
      );
      return this.like(this.node);
    }
    const otherWidth = other instanceof Value ? other.width : bitsFor(literalValue(other), this.signed);
    const width = Math.max(this.width, otherWidth);
    const right = coerceTo(other, width, this.signed, `the operand of ${operator}()`);
    return this.like(ir.bitwise(operator, widened(this.node, width, { source }), right, { source }));
  }

  /** What a shift by a number leaves; undefined after a complaint when that is nothing. */
  private shiftedRight(operator: string, count: number): ir.Node | undefined {
    if (!Number.isInteger(count) || count < this.width) return this.upperBits(operator, count);
    reportNothingLeft(this.context, operator, count, this);
    return undefined;
  }

  /** The bits above the `drop` lowest; undefined after a complaint when none would be left. */
  private upperBits(operator: string, drop: number): ir.Node | undefined {
    if (!this.checkBits(operator, drop, 0, this.width - 1)) return undefined;
    return drop === 0 ? this.node : ir.slice(this.node, this.width - 1, drop, { source: captureSource() });
  }

  /** 1 when any of the `count` lowest bits is 1; undefined for none. */
  private anyBelow(count: number): ir.Node | undefined {
    if (count === 0) return undefined;
    return ir.reduce("or", ir.slice(this.node, count - 1, 0), { source: captureSource() });
  }

  /** The bits above the `drop` lowest, plus one where `increment` is 1. */
  private rounded(operator: string, drop: number, increment: () => ir.Node): S {
    const upper = drop === 0 ? undefined : this.upperBits(operator, drop);
    if (!upper) return this.like(this.node);
    const source = captureSource();
    if (!this.signed) return this.like(ir.arithmetic("add", upper, increment(), upper.width + 1, false, { source }));
    return this.like(ir.arithmetic("add", asSigned(upper), signedBit(increment()), upper.width + 1, true, { source }));
  }
}

/** Drives what a signal stands for: `signal.value = input` or `signal.next = input`. */
export function assign(signal: Value, input: Value | Literal, property: "value" | "next"): void {
  const { backing } = signal;
  if (backing.kind === "element" && backing.context === requireContext("an assignment")) {
    backing.drive(input, property);
    return;
  }
  const target = targetOf(signal, property);
  if (!target) return;
  const low = signal.backing.kind === "part" ? signal.backing.low : 0;
  const whole = target.kind === "register" ? `register \`${target.name}\`` : `\`${target.name}\``;
  const what = signal.backing.kind === "part" ? `${bitsText(low + signal.width - 1, low)} of ${whole}` : whole;
  const value = coerceTo(input, signal.width, signal.signed, what, target);
  const { scope, wholes: depth } = target.context;
  // Bits of a signed target are cast to it, and that value is named after who drives them.
  const capture = signal.signed === target.signed ? capturePlace : captureSource;
  target.assignments.push({ scope, value, low, depth, source: capture(assign, 1) });
}
