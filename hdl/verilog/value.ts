import type { OperatorNode } from "../ir/index.ts";
import type { Enumeration } from "../types/index.ts";
import type { Expression, VerilogSymbol } from "./ast.ts";

/**
 * Something with a name that bits can be taken from: a scalar port, net or register, or one element of a packed vector.
 * An element has no symbol of its own until something computes with it.
 */
export interface Base {
  readonly width: number;
  readonly signed: boolean;
  symbol: VerilogSymbol | undefined;
  /** The reading of all its bits, once something has read them. */
  whole?: Operand;
  readonly packed?: PackedPlace | undefined;
}

/** Where an element lies in its packed vector. */
export interface PackedPlace {
  readonly symbol: VerilogSymbol;
  readonly low: number;
  /** The name that a net for the element asks for. */
  readonly name: string;
  /** A single bit of a short vector is read in place and gets no net. */
  readonly inPlace: boolean;
}

interface ValueBase {
  readonly width: number;
  /** The sign with which the netlist reads the bits; that of the Verilog text may differ. */
  readonly signed: boolean;
  /** The net that has its bits, once there is one; of another value where this one was made as a copy. */
  net?: NamedValue | undefined;
}

/** A value, and the bits of the net that it has got. */
export interface NamedValue {
  readonly of: Value;
  readonly bits: BitsValue;
}

/** A number known when the text is written; it lies in the range of the width and sign. */
export interface ConstantValue extends ValueBase {
  readonly kind: "constant";
  readonly value: bigint;
  /** The enumeration whose member it is, and the bits of one; at another width it is a plain number. */
  readonly enumeration?: Enumeration | undefined;
}

/** Bits of something named. */
export interface BitsValue extends ValueBase {
  readonly kind: "bits";
  readonly base: Base;
  readonly high: number;
  readonly low: number;
}

/** More copies of the top bit, or zeros, above `inner`; which of both is decided by the sign of `inner`. */
export interface ExtendValue extends ValueBase {
  readonly kind: "extend";
  readonly inner: Value;
  /** The node that made it, for the name of a net; none for an extension that Verilog alone needs. */
  readonly node?: OperatorNode | undefined;
}

/** Text that computes. */
export interface ExpressionValue extends ValueBase {
  readonly kind: "expression";
  readonly operand: Operand;
  /** The node that made it, for the name of a net. */
  readonly node?: OperatorNode | undefined;
}

/**
 * What a node of the netlist has become. The forms other than an expression can be cut, extended and joined without a
 * net of their own.
 */
export type Value = ConstantValue | BitsValue | ExtendValue | ExpressionValue;

/** An expression with what its users must know. Its width in Verilog is that of the value, unless it is `open`. */
export interface Operand {
  readonly expression: Expression;
  readonly width: number;
  /** The sign by Verilog's rules. */
  readonly signed: boolean;
  /** Columns it takes, about. */
  readonly length: number;
  /** Operators on the longest path. */
  readonly depth: number;
  /**
   * Its operands are narrower than its value and rely on the width of the target: it may only be assigned, or be an arm
   * of a conditional that is.
   */
  readonly open: boolean;
}

/** Whether the text means the same in a wider context: names, selects, literals and what stands in brackets. */
export function isAtom(expression: Expression): boolean {
  switch (expression.kind) {
    case "unary":
    case "binary":
    case "conditional":
      return false;
    default:
      return true;
  }
}

/** The value `width` bits wide, read with its own sign. A constant and an extension absorb it. */
export function extendValue(value: Value, width: number, node?: OperatorNode): Value {
  if (width === value.width) return value;
  if (value.kind === "constant") return { ...value, width };
  if (value.kind === "extend" && value.signed === value.inner.signed) return { ...value, width, node };
  return { kind: "extend", inner: value, width, signed: value.signed, node };
}

/** The same bits with the other sign. */
export function castValue(value: Value, signed: boolean): Value {
  if (value.signed === signed) return value;
  if (value.kind === "constant") {
    const read = signed ? BigInt.asIntN(value.width, value.value) : BigInt.asUintN(value.width, value.value);
    return { ...value, signed, value: read };
  }
  return { ...value, signed };
}

/** The value without extensions that keep it: what arithmetic, which extends by itself, should work on. */
export function narrowest(value: Value): Value {
  let inner = value;
  while (inner.kind === "extend" && inner.signed === inner.inner.signed) inner = inner.inner;
  return inner;
}
