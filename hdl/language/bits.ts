import { captureSource } from "../diagnostics/index.ts";
import * as ir from "../ir/index.ts";
import { ceilLog2 } from "../types/index.ts";
import { coerceTo, type Literal, operandNode } from "./coerce.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import { type Backing, nodeOf, targetOf, Value } from "./value.ts";

/** The value of a node of the module being built. @internal */
export function uintOf(node: ir.Node, context: ModuleContext): UInt {
  return new UInt(node.width, { kind: "node", node, context });
}

/** @internal */
export function sintOf(node: ir.Node, context: ModuleContext): SInt {
  return new SInt(node.width, { kind: "node", node, context });
}

/** A value of the node's own sign. @internal */
export function signalFrom(node: ir.Node, context: ModuleContext): UInt | SInt {
  return node.signed ? sintOf(node, context) : uintOf(node, context);
}

function andNodes(a: ir.Node, b: ir.Node): ir.Node {
  return ir.bitwise("and", a, b, { source: captureSource() });
}

function orNodes(a: ir.Node, b: ir.Node | undefined): ir.Node {
  return b ? ir.bitwise("or", a, b, { source: captureSource() }) : a;
}

function asSigned(node: ir.Node): ir.Node {
  return node.signed ? node : ir.cast(node, true, { source: captureSource() });
}

function asUnsigned(node: ir.Node): ir.Node {
  return node.signed ? ir.cast(node, false, { source: captureSource() }) : node;
}

/** A one-bit node as a signed two-bit value 0 or 1, to be added to a signed number. */
function signedBit(node: ir.Node): ir.Node {
  return asSigned(ir.extend(node, 2, { source: captureSource() }));
}

function relabel(node: ir.Node, label: string): ir.Node {
  return ir.isLeaf(node) ? node : Object.freeze({ ...node, label });
}

function assign(signal: UInt | SInt, input: Value | Literal, property: "value" | "next"): void {
  const target = targetOf(signal, property);
  if (!target) return;
  const what = target.kind === "register" ? `register \`${target.name}\`` : `\`${target.name}\``;
  const value = coerceTo(input, target.width, target.signed, what, target);
  target.assignments.push({ scope: target.context.scope, value, source: captureSource() });
}

/** Whether `count` is a whole number from `least` to `most`; complains (LS0105) when it is not. */
function checkBits(operator: string, count: number, least: number, most: number, value: Value): boolean {
  if (Number.isInteger(count) && count >= least && count <= most) return true;
  requireContext(operator).report(
    "LS0105",
    `${operator}(${count}) on a value of ${value.width} bits: the argument must be ${least === most ? least : `${least} to ${most}`}`,
    operator === "extend"
      ? "to drop bits use wrap(), saturate() or truncate()"
      : "to add bits use extend(); resize() does either",
  );
  return false;
}

/** What `UInt` and `SInt` share. Operators grow so that no bit is lost; those that lose bits say so in their name. */
abstract class Bits extends Value {
  /** The node, for the operators. */
  protected get node(): ir.Node {
    return nodeOf(this);
  }

  protected get context(): ModuleContext {
    return requireContext("an operator");
  }

  protected operand(other: Value | Literal, operator: string): ir.Node {
    return operandNode(other, this.signed, operator);
  }

  protected uint(node: ir.Node): UInt {
    return uintOf(node, this.context);
  }

  private compareWith(operator: ir.CompareOperator, other: Value | Literal): UInt {
    const right = this.operand(other, operator);
    return this.uint(ir.compare(operator, this.node, right, { source: captureSource() }));
  }

  /** Equal, by value; one bit. */
  eq(other: Value | Literal): UInt {
    return this.compareWith("eq", other);
  }

  /** Not equal, by value; one bit. */
  ne(other: Value | Literal): UInt {
    return this.compareWith("ne", other);
  }

  /** Less than; one bit. */
  lt(other: Value | Literal): UInt {
    return this.compareWith("lt", other);
  }

  /** Less than or equal; one bit. */
  le(other: Value | Literal): UInt {
    return this.compareWith("le", other);
  }

  /** Greater than; one bit. */
  gt(other: Value | Literal): UInt {
    return this.compareWith("gt", other);
  }

  /** Greater than or equal; one bit. */
  ge(other: Value | Literal): UInt {
    return this.compareWith("ge", other);
  }

  /** Bits `high` down to `low`, both included, as an unsigned value. Complains (LS0104) outside the value. */
  slice(high: number, low: number): UInt {
    const ok = Number.isInteger(high) && Number.isInteger(low) && high < this.width && low >= 0 && low <= high;
    if (ok) return this.uint(ir.slice(this.node, high, low, { source: captureSource() }));
    this.context.report(
      "LS0104",
      `slice(${high}, ${low}) of a value with bits ${this.width - 1} to 0`,
      "slice(high, low) takes the higher bit number first, and both lie inside the value",
    );
    return this.uint(ir.constant(0n, Math.max(1, Math.min(this.width, high - low + 1 || 1)), false));
  }

  /** Bit `index`, 0 being the least significant. Complains (LS0104) outside the value. */
  bit(index: number): UInt {
    if (Number.isInteger(index) && index >= 0 && index < this.width) return this.slice(index, index);
    this.context.report(
      "LS0104",
      `bit(${index}) of a value with bits ${this.width - 1} to 0`,
      "bits count from 0, the least significant",
    );
    return this.uint(ir.constant(0n, 1, false));
  }

  /** 1 when every bit is 1. */
  reduceAnd(): UInt {
    return this.uint(ir.reduce("and", this.node, { source: captureSource() }));
  }

  /** 1 when any bit is 1. */
  reduceOr(): UInt {
    return this.uint(ir.reduce("or", this.node, { source: captureSource() }));
  }

  /** The parity: 1 when an odd number of bits is 1. */
  reduceXor(): UInt {
    return this.uint(ir.reduce("xor", this.node, { source: captureSource() }));
  }

  /** `count` copies of the bits side by side. */
  replicate(count: number): UInt {
    if (Number.isInteger(count) && count >= 1)
      return this.uint(ir.replicate(this.node, count, { source: captureSource() }));
    this.context.report("LS0106", `replicate(${count}): the count must be 1 or more`, "use a whole number of copies");
    return this.uint(this.node);
  }

  protected arithmetic(operator: ir.ArithmeticOperator, right: ir.Node, width: number, signed: boolean): ir.Node {
    return ir.arithmetic(operator, this.node, right, width, signed, { source: captureSource() });
  }

  protected wider(right: ir.Node): number {
    return Math.max(this.width, right.width);
  }

  protected bitwise(operator: ir.BitwiseOperator, other: Value | Literal): ir.Node {
    const source = captureSource();
    const width = Math.max(this.width, other instanceof Value ? other.width : 0);
    const right = coerceTo(other, width, this.signed, `the operand of ${operator}()`);
    const left = this.width < width ? ir.extend(this.node, width, { source }) : this.node;
    return ir.bitwise(operator, left, right, { source });
  }

  protected extended(width: number): ir.Node {
    if (width === this.width || !checkBits("extend", width, this.width, 1 << 16, this)) return this.node;
    return ir.extend(this.node, width, { source: captureSource() });
  }

  /** The low `width` bits, unsigned. */
  protected lowBits(operator: string, width: number): ir.Node {
    if (width === this.width || !checkBits(operator, width, 1, this.width, this)) return this.node;
    return ir.slice(this.node, width - 1, 0, { source: captureSource() });
  }

  /** The bits above the `drop` lowest, unsigned; complains when none would be left. */
  protected upperBits(operator: string, drop: number): ir.Node | undefined {
    if (!checkBits(operator, drop, 0, this.width - 1, this)) return undefined;
    return drop === 0 ? this.node : ir.slice(this.node, this.width - 1, drop, { source: captureSource() });
  }

  protected oneBit(index: number): ir.Node {
    return ir.slice(this.node, index, index, { source: captureSource() });
  }

  /** 1 when any of the `count` lowest bits is 1; undefined for none. */
  protected anyBelow(count: number): ir.Node | undefined {
    if (count === 0) return undefined;
    return ir.reduce("or", ir.slice(this.node, count - 1, 0), { source: captureSource() });
  }
}

/** An unsigned integer signal of `width` bits: 0 .. 2^width − 1. */
export class UInt<W extends number = number> extends Bits {
  declare readonly width: W;
  readonly signed = false as const;

  constructor(width: W, backing: Backing) {
    super(width, backing);
  }

  /** The signal itself. Assigning drives a wire, an output or a child's input; narrower values are extended. */
  get value(): UInt<W> {
    return this;
  }

  set value(input: UInt | Literal) {
    assign(this, input, "value");
  }

  /** The register itself. Assigning sets what it holds after the next clock edge. */
  get next(): UInt<W> {
    return this;
  }

  set next(input: UInt | Literal) {
    assign(this, input, "next");
  }

  /** The same value under a name that Verilog will show. */
  named(name: string): UInt<W> {
    return new UInt(this.width, { kind: "node", node: relabel(this.node, name), context: this.context });
  }

  /** Exact sum: one bit more than the wider operand. */
  add(other: UInt | Literal): UInt {
    const right = this.operand(other, "add");
    return this.uint(this.arithmetic("add", right, this.wider(right) + 1, false));
  }

  /** Exact difference: signed, one bit more than the wider operand. */
  sub(other: UInt | Literal): SInt {
    const right = this.operand(other, "sub");
    return sintOf(this.arithmetic("sub", right, this.wider(right) + 1, true), this.context);
  }

  /** Exact product: the operands' widths added. */
  mul(other: UInt | Literal): UInt {
    const right = this.operand(other, "mul");
    return this.uint(this.arithmetic("mul", right, this.width + right.width, false));
  }

  /** Sum modulo 2^w, w the wider operand's width. */
  addWrap(other: UInt | Literal): UInt {
    const right = this.operand(other, "addWrap");
    return this.uint(this.arithmetic("add", right, this.wider(right), false));
  }

  /** Difference modulo 2^w, w the wider operand's width. */
  subWrap(other: UInt | Literal): UInt {
    const right = this.operand(other, "subWrap");
    return this.uint(this.arithmetic("sub", right, this.wider(right), false));
  }

  /** Sum clipped to the wider operand's range. */
  addSat(other: UInt | Literal): UInt {
    const sum = this.add(other);
    return sum.saturate(sum.width - 1);
  }

  /** Bitwise and; the narrower operand is extended. */
  and(other: UInt | Literal): UInt {
    return this.uint(this.bitwise("and", other));
  }

  /** Bitwise or; the narrower operand is extended. */
  or(other: UInt | Literal): UInt {
    return this.uint(this.bitwise("or", other));
  }

  /** Bitwise exclusive or; the narrower operand is extended. */
  xor(other: UInt | Literal): UInt {
    return this.uint(this.bitwise("xor", other));
  }

  /** Every bit inverted. */
  not(): UInt<W> {
    return new UInt(this.width, {
      kind: "node",
      node: ir.not(this.node, { source: captureSource() }),
      context: this.context,
    });
  }

  /** The same value in `width` bits, at least as many as now. */
  extend(width: number): UInt {
    return this.uint(this.extended(width));
  }

  /** The low `width` bits: what is left of an arithmetic result that may wrap around. */
  wrap(width: number): UInt {
    return this.uint(this.lowBits("wrap", width));
  }

  /** The low `width` bits, where the ones above are known to carry nothing. */
  truncate(width: number): UInt {
    return this.uint(this.lowBits("truncate", width));
  }

  /** `width` bits: extended, or cut to the low ones, whichever it takes. */
  resize(width: number): UInt {
    return width < this.width ? this.wrap(width) : this.extend(width);
  }

  /** Clipped to 0 .. 2^width − 1. */
  saturate(width: number): UInt {
    if (width === this.width || !checkBits("saturate", width, 1, this.width, this)) return this;
    const source = captureSource();
    const overflow = ir.reduce("or", ir.slice(this.node, this.width - 1, width), { source });
    const most = ir.constant((1n << BigInt(width)) - 1n, width, false);
    return this.uint(ir.mux(overflow, most, ir.slice(this.node, width - 1, 0, { source }), { source }));
  }

  /** Times 2^count: zeros come in at the bottom, no bit is lost. */
  shiftLeft(count: number): UInt {
    if (count === 0 || !checkBits("shiftLeft", count, 0, 1 << 16, this)) return this;
    return this.uint(ir.concat([this.node, ir.constant(0n, count, false)], { source: captureSource() }));
  }

  /** The bits above the `count` lowest: ⌊x / 2^count⌋. */
  shiftRight(count: number): UInt {
    return this.uint(this.upperBits("shiftRight", count) ?? this.node);
  }

  /** x / 2^drop to nearest, ties up: ⌊(x + 2^(drop−1)) / 2^drop⌋. One bit more than the bits kept. */
  roundHalfUp(drop: number): UInt {
    return this.rounded("roundHalfUp", drop, () => this.oneBit(drop - 1));
  }

  /** x / 2^drop to nearest, ties to the even neighbour. One bit more than the bits kept. */
  roundHalfEven(drop: number): UInt {
    return this.rounded("roundHalfEven", drop, () =>
      andNodes(this.oneBit(drop - 1), orNodes(this.oneBit(drop), this.anyBelow(drop - 1))),
    );
  }

  /** x / 2^drop to nearest, ties away from zero; for an unsigned value the same as `roundHalfUp`. */
  roundHalfAway(drop: number): UInt {
    return this.rounded("roundHalfAway", drop, () => this.oneBit(drop - 1));
  }

  private rounded(operator: string, drop: number, increment: () => ir.Node): UInt {
    if (drop === 0) return this;
    const upper = this.upperBits(operator, drop);
    if (!upper) return this;
    const sum = ir.arithmetic("add", upper, increment(), upper.width + 1, false, { source: captureSource() });
    return this.uint(sum);
  }

  /** The same bits read as two's complement. */
  asSint(): SInt<W> {
    return new SInt(this.width, { kind: "node", node: asSigned(this.node), context: this.context });
  }

  /** The same value as a signed number, one bit wider. */
  toSint(): SInt {
    return sintOf(asSigned(ir.extend(this.node, this.width + 1, { source: captureSource() })), this.context);
  }

  /** The negative of the value: signed, one bit wider. */
  neg(): SInt {
    const zero = ir.constant(0n, 1, false);
    return sintOf(
      ir.arithmetic("sub", zero, this.node, this.width + 1, true, { source: captureSource() }),
      this.context,
    );
  }
}

/** A two's complement signal of `width` bits: −2^(width−1) .. 2^(width−1) − 1. */
export class SInt<W extends number = number> extends Bits {
  declare readonly width: W;
  readonly signed = true as const;

  constructor(width: W, backing: Backing) {
    super(width, backing);
  }

  private sint(node: ir.Node): SInt {
    return sintOf(node, this.context);
  }

  /** The signal itself. Assigning drives a wire, an output or a child's input; narrower values are extended. */
  get value(): SInt<W> {
    return this;
  }

  set value(input: SInt | Literal) {
    assign(this, input, "value");
  }

  /** The register itself. Assigning sets what it holds after the next clock edge. */
  get next(): SInt<W> {
    return this;
  }

  set next(input: SInt | Literal) {
    assign(this, input, "next");
  }

  /** The same value under a name that Verilog will show. */
  named(name: string): SInt<W> {
    return new SInt(this.width, { kind: "node", node: relabel(this.node, name), context: this.context });
  }

  /** Exact sum: one bit more than the wider operand. */
  add(other: SInt | Literal): SInt {
    const right = this.operand(other, "add");
    return this.sint(this.arithmetic("add", right, this.wider(right) + 1, true));
  }

  /** Exact difference: one bit more than the wider operand. */
  sub(other: SInt | Literal): SInt {
    const right = this.operand(other, "sub");
    return this.sint(this.arithmetic("sub", right, this.wider(right) + 1, true));
  }

  /** Exact product: the operands' widths added. */
  mul(other: SInt | Literal): SInt {
    const right = this.operand(other, "mul");
    return this.sint(this.arithmetic("mul", right, this.width + right.width, true));
  }

  /** Sum modulo 2^w, w the wider operand's width. */
  addWrap(other: SInt | Literal): SInt {
    const right = this.operand(other, "addWrap");
    return this.sint(this.arithmetic("add", right, this.wider(right), true));
  }

  /** Difference modulo 2^w, w the wider operand's width. */
  subWrap(other: SInt | Literal): SInt {
    const right = this.operand(other, "subWrap");
    return this.sint(this.arithmetic("sub", right, this.wider(right), true));
  }

  /** Sum clipped to the wider operand's range. */
  addSat(other: SInt | Literal): SInt {
    const sum = this.add(other);
    return sum.saturate(sum.width - 1);
  }

  /** Difference clipped to the wider operand's range. */
  subSat(other: SInt | Literal): SInt {
    const difference = this.sub(other);
    return difference.saturate(difference.width - 1);
  }

  /** Bitwise and; the narrower operand is sign-extended. */
  and(other: SInt | Literal): SInt {
    return this.sint(this.bitwise("and", other));
  }

  /** Bitwise or; the narrower operand is sign-extended. */
  or(other: SInt | Literal): SInt {
    return this.sint(this.bitwise("or", other));
  }

  /** Bitwise exclusive or; the narrower operand is sign-extended. */
  xor(other: SInt | Literal): SInt {
    return this.sint(this.bitwise("xor", other));
  }

  /** Every bit inverted: −x − 1. */
  not(): SInt<W> {
    return new SInt(this.width, {
      kind: "node",
      node: ir.not(this.node, { source: captureSource() }),
      context: this.context,
    });
  }

  /** The same value in `width` bits, at least as many as now. */
  extend(width: number): SInt {
    return this.sint(this.extended(width));
  }

  /** The low `width` bits read as two's complement: what is left of a result that may wrap around. */
  wrap(width: number): SInt {
    return this.sint(asSigned(this.lowBits("wrap", width)));
  }

  /** The low `width` bits, where the ones above are known to be copies of the sign. */
  truncate(width: number): SInt {
    return this.sint(asSigned(this.lowBits("truncate", width)));
  }

  /** `width` bits: sign-extended, or cut to the low ones, whichever it takes. */
  resize(width: number): SInt {
    return width < this.width ? this.wrap(width) : this.extend(width);
  }

  /** Clipped to −2^(width−1) .. 2^(width−1) − 1. */
  saturate(width: number): SInt {
    if (width === this.width || !checkBits("saturate", width, 1, this.width, this)) return this;
    const source = captureSource();
    // It fits when all bits from the kept sign bit upward are equal.
    const top = ir.slice(this.node, this.width - 1, width - 1, { source });
    const fits = ir.bitwise("or", ir.reduce("and", top), ir.not(ir.reduce("or", top)), { source });
    const limit = 1n << BigInt(width - 1);
    const negative = this.oneBit(this.width - 1);
    const clipped = ir.mux(negative, ir.constant(-limit, width, true), ir.constant(limit - 1n, width, true), {
      source,
    });
    const low = asSigned(ir.slice(this.node, width - 1, 0, { source }));
    return this.sint(ir.mux(fits, low, clipped, { source }));
  }

  /** Times 2^count: zeros come in at the bottom, no bit is lost. */
  shiftLeft(count: number): SInt {
    if (count === 0 || !checkBits("shiftLeft", count, 0, 1 << 16, this)) return this;
    return this.sint(asSigned(ir.concat([this.node, ir.constant(0n, count, false)], { source: captureSource() })));
  }

  /** The bits above the `count` lowest: ⌊x / 2^count⌋, toward −∞. */
  shiftRight(count: number): SInt {
    return this.sint(asSigned(this.upperBits("shiftRight", count) ?? this.node));
  }

  /** x / 2^drop to nearest, ties up (toward +∞): ⌊(x + 2^(drop−1)) / 2^drop⌋. One bit more than the bits kept. */
  roundHalfUp(drop: number): SInt {
    return this.rounded("roundHalfUp", drop, () => this.oneBit(drop - 1));
  }

  /** x / 2^drop to nearest, ties to the even neighbour. One bit more than the bits kept. */
  roundHalfEven(drop: number): SInt {
    return this.rounded("roundHalfEven", drop, () =>
      andNodes(this.oneBit(drop - 1), orNodes(this.oneBit(drop), this.anyBelow(drop - 1))),
    );
  }

  /** x / 2^drop to nearest, ties away from zero. One bit more than the bits kept. */
  roundHalfAway(drop: number): SInt {
    // The floor of a negative tie already lies away from zero; only a positive tie is pushed up.
    return this.rounded("roundHalfAway", drop, () => {
      const positive = ir.not(this.oneBit(this.width - 1), { source: captureSource() });
      return andNodes(this.oneBit(drop - 1), orNodes(positive, this.anyBelow(drop - 1)));
    });
  }

  private rounded(operator: string, drop: number, increment: () => ir.Node): SInt {
    if (drop === 0) return this;
    const upper = this.upperBits(operator, drop);
    if (!upper) return this;
    const source = captureSource();
    // With one bit kept the increment needs two bits of its own, so the sum is never narrower than three.
    const width = Math.max(upper.width + 1, 2);
    return this.sint(ir.arithmetic("add", asSigned(upper), signedBit(increment()), width, true, { source }));
  }

  /** The same bits read as unsigned. */
  asUint(): UInt<W> {
    return new UInt(this.width, { kind: "node", node: asUnsigned(this.node), context: this.context });
  }

  /** The magnitude, exact for the most negative value too: unsigned, as many bits as now. */
  abs(): UInt {
    const source = captureSource();
    const zero = ir.constant(0n, 1, true);
    const negated = ir.arithmetic("sub", zero, this.node, this.width, true, { source });
    return this.uint(asUnsigned(ir.mux(this.oneBit(this.width - 1), negated, this.node, { source })));
  }

  /** The negative of the value, one bit wider. */
  neg(): SInt {
    const zero = ir.constant(0n, 1, true);
    return this.sint(ir.arithmetic("sub", zero, this.node, this.width + 1, true, { source: captureSource() }));
  }
}

/** The low ⌈log2 n⌉ bits, at least one: the width of an index into `n` entries. */
export function indexWidth(entries: number): number {
  return Math.max(1, ceilLog2(entries));
}
