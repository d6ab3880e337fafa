import { captureSource } from "../diagnostics/index.ts";
import * as ir from "../ir/index.ts";
import {
  type BitsBelow,
  type CountWidth,
  ceilLog2,
  type Grown,
  type IndexWidth,
  type Joined,
  type Less,
  type Narrower,
  type PowerOfTwo,
  type Product,
  type Rounded,
  type SignedBits,
  type SpanWidth,
  type Taking,
  type UnsignedBits,
  type Wider,
} from "../types/index.ts";
import type { bits, SIntOfAtMost, SIntOperand, UIntOfAtMost, UIntOperand } from "./accepted.ts";
import { type Amount, assign, Bits } from "./bits.ts";
import type { Literal } from "./coerce.ts";
import type { ModuleContext } from "./context.ts";
import { asSigned, asUnsigned, orNodes, relabel } from "./node-helpers.ts";
import type { IndexOptions } from "./range-check.ts";
import { type Backing, nodeOf, type Value } from "./value.ts";

/** The unsigned value of a node of the module being built. @internal */
export function uintOf(node: ir.Node, context: ModuleContext): UInt {
  return new UInt(node.width, { kind: "node", node: asUnsigned(node), context });
}

/** The signed value of a node of the module being built. @internal */
export function sintOf(node: ir.Node, context: ModuleContext): SInt {
  return new SInt(node.width, { kind: "node", node: asSigned(node), context });
}

/** A value of the node's own sign. @internal */
export function signalFrom(node: ir.Node, context: ModuleContext): UInt | SInt {
  return node.signed ? sintOf(node, context) : uintOf(node, context);
}

/** The same signal with the width that the type checker has worked out for it; the operator has made it that wide. */
function retyped<T extends Value>(value: Value): T {
  return value as T;
}

/** How many bits a shift drops: as many as the number says, none by a signal. */
type Places<N extends Amount> = N extends number ? N : 0;

/** The bits of ⌊x / N⌋: those of x less those of N, and one, which the largest x needs for every N that is not above it. */
type Quotient<W extends number, N extends Literal> = Grown<Less<W, UnsignedBits<N>>>;

// Of an operand that is a signal the checker infers V, its width. Of a number it infers N alone, and V takes its default,
// the bits of that number; so one signature serves for both, and an error shows it and not the last of several.

// `out` saves the checker most of its work: without it two widths are compared method by method, and the widths that
// those methods give, and so on through all of them.
/** An unsigned integer signal of `width` bits: 0 .. 2^width − 1. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface only types members of Bits more closely
export class UInt<out W extends number = number> extends Bits<UInt, UIntOperand> {
  declare readonly width: W;
  /** @internal */
  declare readonly [bits]: Taking<W>;
  readonly signed = false as const;

  constructor(width: W, backing: Backing) {
    super(width, backing);
  }

  protected like(node: ir.Node): UInt {
    return uintOf(node, this.context);
  }

  protected uint(node: ir.Node): UInt {
    return uintOf(node, this.context);
  }

  protected part(width: number, backing: Backing): UInt {
    return new UInt(width, backing);
  }

  protected flag(node: ir.Node): UInt<1> {
    return new UInt(1, { kind: "node", node, context: this.context });
  }

  /** The signal itself. Assigning drives a wire, an output or a child's input; narrower values are extended. */
  get value(): UInt<W> {
    return this;
  }

  set value(input: UIntOfAtMost<W> | Literal) {
    assign(this, input as Value | Literal, "value");
  }

  /** The register itself. Assigning sets what it holds after the next clock edge. */
  get next(): UInt<W> {
    return this;
  }

  set next(input: UIntOfAtMost<W> | Literal) {
    assign(this, input as Value | Literal, "next");
  }

  /** The same value under a name that Verilog will show. */
  named(name: string): UInt<W> {
    return new UInt(this.width, { kind: "node", node: relabel(this.node, name), context: this.context });
  }

  /** `count` bits of which only bit number x is 1; none where x is `count` or more. As many as x can name by default. */
  toOneHot<N extends number = PowerOfTwo<W>>(count: N = (2 ** this.width) as N): UInt<N> {
    if (!this.checkBits("toOneHot", count, 1, 1 << 16)) return retyped(this.like(ir.constant(0n, 1, false)));
    const one = ir.constant(1n, 1, false);
    return retyped(this.like(ir.shift("left", one, this.node, count, { source: captureSource() })));
  }

  /** Exact difference: signed, one bit more than the wider operand. */
  sub<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): SInt<Grown<Wider<W, V>>> {
    const right = this.operand(other, "sub");
    return retyped(sintOf(this.arithmetic("sub", right, this.wider(right) + 1, this.sub, true), this.context));
  }

  /** Sum clipped to the wider operand's range. */
  addSat<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>> {
    const sum: UInt = super.add(other);
    return retyped(sum.saturate<number>(sum.width - 1));
  }

  /** Difference, or 0 where it would be negative; as wide as the wider operand. */
  subSat<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>> {
    const difference: SInt = this.sub<Literal>(other);
    const source = captureSource();
    const width = difference.width - 1;
    const low = ir.slice(nodeOf(difference), width - 1, 0, { source });
    const negative = ir.slice(nodeOf(difference), width, width, { source });
    return retyped(this.like(ir.mux(negative, ir.constant(0n, width, false), low, { source })));
  }

  /** Clipped to 0 .. 2^width − 1; extended where that is more than the value has. */
  saturate<N extends number>(width: N): UInt<N> {
    const { width: now } = this as Value;
    if (width >= now || !this.checkBits("saturate", width, 1, now)) return retyped(super.resize(width));
    const source = captureSource();
    const overflow = ir.reduce("or", ir.slice(this.node, this.width - 1, width, { source }), { source });
    const most = ir.constant((1n << BigInt(width)) - 1n, width, false);
    return retyped(this.like(ir.mux(overflow, most, ir.slice(this.node, width - 1, 0, { source }), { source })));
  }

  /** The same bits read as two's complement. */
  asSint(): SInt<W> {
    return new SInt(this.width, { kind: "node", node: asSigned(this.node), context: this.context });
  }

  /** The same value as a signed number, one bit wider. */
  toSint(): SInt<Grown<W>> {
    return retyped(sintOf(ir.extend(this.node, this.width + 1, { source: captureSource() }), this.context));
  }

  /** The negative of the value: signed, one bit wider. */
  neg(): SInt<Grown<W>> {
    const zero = ir.constant(0n, 1, false);
    const source = captureSource();
    return retyped(sintOf(ir.arithmetic("sub", zero, this.node, this.width + 1, true, { source }), this.context));
  }
}

// The operators of `Bits` with the widths of their results.
export interface UInt<out W extends number = number> extends Bits<UInt, UIntOperand> {
  add<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Grown<Wider<W, V>>>;
  mul<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Joined<W, V>>;
  addWrap<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>>;
  subWrap<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>>;
  and<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>>;
  or<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>>;
  xor<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>>;
  not(): UInt<W>;
  extend<N extends number>(width: N): UInt<N>;
  wrap<N extends number>(width: N): UInt<N>;
  truncate<N extends number>(width: N): UInt<N>;
  resize<N extends number>(width: N): UInt<N>;
  shiftLeft<N extends number>(count: N | UInt): UInt<Joined<W, N>>;
  shiftRight<N extends Amount>(count: N): UInt<Less<W, Places<N>>>;
  shiftLeftWrap(count: Amount): UInt<W>;
  shiftRightKeep(count: Amount): UInt<W>;
  rotateLeft(count: Amount): UInt<W>;
  rotateRight(count: Amount): UInt<W>;
  roundHalfUp<N extends number>(drop: N): UInt<Rounded<W, N>>;
  roundHalfEven<N extends number>(drop: N): UInt<Rounded<W, N>>;
  roundHalfAway<N extends number>(drop: N): UInt<Rounded<W, N>>;
  min<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>>;
  max<N extends Literal, V extends number = UnsignedBits<N>>(other: UIntOperand<V> | N): UInt<Wider<W, V>>;
  slice<H extends number, L extends number>(high: H, low: L): UInt<SpanWidth<H, L>>;
  replicate<N extends number>(count: N): UInt<Product<W, N>>;
  sliceAt<N extends number>(offset: Amount, width: N, options?: IndexOptions): UInt<N>;
  countOnes(): UInt<CountWidth<W>>;
  leadingZeros(): UInt<CountWidth<W>>;
  trailingZeros(): UInt<CountWidth<W>>;
  reverseBits(): UInt<W>;
  lowestOne(): UInt<W>;
  highestOne(): UInt<W>;
  priorityIndex(): UInt<IndexWidth<W>>;
  highestIndex(): UInt<IndexWidth<W>>;
  oneHotToIndex(): UInt<IndexWidth<W>>;
  divFloor<N extends Literal>(divisor: N): UInt<Quotient<W, N>>;
  divTrunc<N extends Literal>(divisor: N): UInt<Quotient<W, N>>;
  remFloor<N extends Literal>(divisor: N): UInt<Narrower<W, BitsBelow<N>>>;
  remTrunc<N extends Literal>(divisor: N): UInt<Narrower<W, BitsBelow<N>>>;
}

/** A two's complement signal of `width` bits: −2^(width−1) .. 2^(width−1) − 1. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface only types members of Bits more closely
export class SInt<out W extends number = number> extends Bits<SInt, SIntOperand> {
  declare readonly width: W;
  /** @internal */
  declare readonly [bits]: Taking<W>;
  readonly signed = true as const;

  constructor(width: W, backing: Backing) {
    super(width, backing);
  }

  protected like(node: ir.Node): SInt {
    return sintOf(node, this.context);
  }

  protected uint(node: ir.Node): UInt {
    return uintOf(node, this.context);
  }

  protected part(width: number, backing: Backing): UInt {
    return new UInt(width, backing);
  }

  protected flag(node: ir.Node): UInt<1> {
    return new UInt(1, { kind: "node", node, context: this.context });
  }

  /** The signal itself. Assigning drives a wire, an output or a child's input; narrower values are extended. */
  get value(): SInt<W> {
    return this;
  }

  set value(input: SIntOfAtMost<W> | Literal) {
    assign(this, input as Value | Literal, "value");
  }

  /** The register itself. Assigning sets what it holds after the next clock edge. */
  get next(): SInt<W> {
    return this;
  }

  set next(input: SIntOfAtMost<W> | Literal) {
    assign(this, input as Value | Literal, "next");
  }

  /** The same value under a name that Verilog will show. */
  named(name: string): SInt<W> {
    return new SInt(this.width, { kind: "node", node: relabel(this.node, name), context: this.context });
  }

  /** Exact difference: one bit more than the wider operand. */
  sub<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Grown<Wider<W, V>>> {
    const right = this.operand(other, "sub");
    return retyped(this.like(this.arithmetic("sub", right, this.wider(right) + 1, this.sub)));
  }

  /** Sum clipped to the wider operand's range. */
  addSat<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>> {
    const sum: SInt = super.add(other);
    return retyped(sum.saturate<number>(sum.width - 1));
  }

  /** Difference clipped to the wider operand's range. */
  subSat<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>> {
    const difference: SInt = this.sub<Literal>(other);
    return retyped(difference.saturate<number>(difference.width - 1));
  }

  /** Clipped to −2^(width−1) .. 2^(width−1) − 1; extended where that is more than the value has. */
  saturate<N extends number>(width: N): SInt<N> {
    const { width: now } = this as Value;
    if (width >= now || !this.checkBits("saturate", width, 1, now)) return retyped(super.resize(width));
    const source = captureSource();
    // It fits when all bits from the kept sign bit upward are equal.
    const top = ir.slice(this.node, this.width - 1, width - 1, { source });
    const fits = orNodes(ir.reduce("and", top, { source }), ir.not(ir.reduce("or", top, { source }), { source }));
    const limit = 1n << BigInt(width - 1);
    const clipped = ir.mux(
      this.oneBit(this.width - 1),
      ir.constant(-limit, width, true),
      ir.constant(limit - 1n, width, true),
      { source },
    );
    const low = asSigned(ir.slice(this.node, width - 1, 0, { source }));
    return retyped(this.like(ir.mux(fits, low, clipped, { source })));
  }

  /** The same bits read as unsigned. */
  asUint(): UInt<W> {
    const { context } = this;
    const node = asUnsigned(this.node);
    context.readAsUnsigned.add(node);
    return new UInt(this.width, { kind: "node", node, context });
  }

  /** The magnitude, exact for the most negative value too: unsigned, as many bits as now. */
  abs(): UInt<W> {
    const source = captureSource();
    const negated = ir.arithmetic("sub", ir.constant(0n, 1, true), this.node, this.width, true, { source });
    return retyped(this.uint(ir.mux(this.oneBit(this.width - 1), negated, this.node, { source })));
  }

  /** The negative of the value, one bit wider. */
  neg(): SInt<Grown<W>> {
    const zero = ir.constant(0n, 1, true);
    return retyped(this.like(ir.arithmetic("sub", zero, this.node, this.width + 1, true, { source: captureSource() })));
  }
}

// The operators of `Bits` with the widths of their results.
export interface SInt<out W extends number = number> extends Bits<SInt, SIntOperand> {
  add<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Grown<Wider<W, V>>>;
  mul<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Joined<W, V>>;
  addWrap<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>>;
  subWrap<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>>;
  and<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>>;
  or<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>>;
  xor<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>>;
  not(): SInt<W>;
  extend<N extends number>(width: N): SInt<N>;
  wrap<N extends number>(width: N): SInt<N>;
  truncate<N extends number>(width: N): SInt<N>;
  resize<N extends number>(width: N): SInt<N>;
  shiftLeft<N extends number>(count: N | UInt): SInt<Joined<W, N>>;
  shiftRight<N extends Amount>(count: N): SInt<Less<W, Places<N>>>;
  shiftLeftWrap(count: Amount): SInt<W>;
  shiftRightKeep(count: Amount): SInt<W>;
  rotateLeft(count: Amount): SInt<W>;
  rotateRight(count: Amount): SInt<W>;
  roundHalfUp<N extends number>(drop: N): SInt<Rounded<W, N>>;
  roundHalfEven<N extends number>(drop: N): SInt<Rounded<W, N>>;
  roundHalfAway<N extends number>(drop: N): SInt<Rounded<W, N>>;
  min<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>>;
  max<N extends Literal, V extends number = SignedBits<N>>(other: SIntOperand<V> | N): SInt<Wider<W, V>>;
  slice<H extends number, L extends number>(high: H, low: L): UInt<SpanWidth<H, L>>;
  replicate<N extends number>(count: N): UInt<Product<W, N>>;
  sliceAt<N extends number>(offset: Amount, width: N, options?: IndexOptions): UInt<N>;
  countOnes(): UInt<CountWidth<W>>;
  leadingZeros(): UInt<CountWidth<W>>;
  trailingZeros(): UInt<CountWidth<W>>;
  reverseBits(): UInt<W>;
  lowestOne(): UInt<W>;
  highestOne(): UInt<W>;
  priorityIndex(): UInt<IndexWidth<W>>;
  highestIndex(): UInt<IndexWidth<W>>;
  oneHotToIndex(): UInt<IndexWidth<W>>;
}

/** ⌈log2 n⌉, at least one: the width of an index into `n` entries. */
export function indexWidth(entries: number): number {
  return Math.max(1, ceilLog2(entries));
}
