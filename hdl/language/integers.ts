import { captureSource } from "../diagnostics/index.ts";
import * as ir from "../ir/index.ts";
import { ceilLog2 } from "../types/index.ts";
import { assign, Bits } from "./bits.ts";
import type { Literal } from "./coerce.ts";
import type { ModuleContext } from "./context.ts";
import { asSigned, asUnsigned, orNodes, relabel } from "./node-helpers.ts";
import type { Backing } from "./value.ts";

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

/** An unsigned integer signal of `width` bits: 0 .. 2^width − 1. */
export class UInt<W extends number = number> extends Bits<UInt> {
  declare readonly width: W;
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

  /** Exact difference: signed, one bit more than the wider operand. */
  sub(other: UInt | Literal): SInt {
    const right = this.operand(other, "sub");
    return sintOf(this.arithmetic("sub", right, this.wider(right) + 1, true), this.context);
  }

  /** Sum clipped to the wider operand's range. */
  addSat(other: UInt | Literal): UInt {
    const sum = this.add(other);
    return sum.saturate(sum.width - 1);
  }

  /** Clipped to 0 .. 2^width − 1. */
  saturate(width: number): UInt {
    if (width === this.width || !this.checkBits("saturate", width, 1, this.width)) return this;
    const source = captureSource();
    const overflow = ir.reduce("or", ir.slice(this.node, this.width - 1, width, { source }), { source });
    const most = ir.constant((1n << BigInt(width)) - 1n, width, false);
    return this.like(ir.mux(overflow, most, ir.slice(this.node, width - 1, 0, { source }), { source }));
  }

  /** The same bits read as two's complement. */
  asSint(): SInt<W> {
    return new SInt(this.width, { kind: "node", node: asSigned(this.node), context: this.context });
  }

  /** The same value as a signed number, one bit wider. */
  toSint(): SInt {
    return sintOf(ir.extend(this.node, this.width + 1, { source: captureSource() }), this.context);
  }

  /** The negative of the value: signed, one bit wider. */
  neg(): SInt {
    const zero = ir.constant(0n, 1, false);
    const source = captureSource();
    return sintOf(ir.arithmetic("sub", zero, this.node, this.width + 1, true, { source }), this.context);
  }
}

/** A two's complement signal of `width` bits: −2^(width−1) .. 2^(width−1) − 1. */
export class SInt<W extends number = number> extends Bits<SInt> {
  declare readonly width: W;
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

  /** Exact difference: one bit more than the wider operand. */
  sub(other: SInt | Literal): SInt {
    const right = this.operand(other, "sub");
    return this.like(this.arithmetic("sub", right, this.wider(right) + 1));
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

  /** Clipped to −2^(width−1) .. 2^(width−1) − 1. */
  saturate(width: number): SInt {
    if (width === this.width || !this.checkBits("saturate", width, 1, this.width)) return this;
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
    return this.like(ir.mux(fits, low, clipped, { source }));
  }

  /** The same bits read as unsigned. */
  asUint(): UInt<W> {
    return new UInt(this.width, { kind: "node", node: asUnsigned(this.node), context: this.context });
  }

  /** The magnitude, exact for the most negative value too: unsigned, as many bits as now. */
  abs(): UInt {
    const source = captureSource();
    const negated = ir.arithmetic("sub", ir.constant(0n, 1, true), this.node, this.width, true, { source });
    return this.uint(ir.mux(this.oneBit(this.width - 1), negated, this.node, { source }));
  }

  /** The negative of the value, one bit wider. */
  neg(): SInt {
    const zero = ir.constant(0n, 1, true);
    return this.like(ir.arithmetic("sub", zero, this.node, this.width + 1, true, { source: captureSource() }));
  }
}

/** ⌈log2 n⌉, at least one: the width of an index into `n` entries. */
export function indexWidth(entries: number): number {
  return Math.max(1, ceilLog2(entries));
}
