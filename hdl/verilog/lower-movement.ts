import { arithmetic, constant, type IndexBitsNode, reachOf, type ShiftNode } from "../ir/index.ts";
import { bitsFor, ceilLog2 } from "../types/index.ts";
import type { Expression, VerilogSymbol } from "./ast.ts";
import { givenName } from "./given-name.ts";
import { lowerArithmetic } from "./lower-arithmetic.ts";
import { sliceValue } from "./lower-slice.ts";
import { familyOf } from "./names.ts";
import type { Scope } from "./scope.ts";
import type { Operand, Value } from "./value.ts";
import { castValue, extendValue } from "./value.ts";

/** Above this many bits more, the zeros beyond the end of an indexed vector are made by a comparison instead. */
const mostPadding = 256;

/**
 * `x << n`, `x >> n`, `x >>> n`. What is shifted has the width of the result, written out: Verilog would extend it by
 * rules of its own. An arithmetic shift is signed through and through, so it only stands where it is assigned (`open`):
 * beside an unsigned operand Verilog would shift in zeros.
 */
export function lowerShift(scope: Scope, node: ShiftNode): Value {
  const { operator, width, signed } = node;
  const given = scope.valueOf(node.operand);
  const value =
    given.width > width
      ? castValue(
          sliceValue(given, width - 1, 0, (v) => scope.net(v)),
          signed,
        )
      : extendValue(given, width);
  const amount = castValue(scope.valueOf(node.amount), false);
  const arithmeticShift = operator === "right" && signed;
  const operands = scope.fit([value, amount], (each) => {
    const closed = scope.closed(each);
    return arithmeticShift && each === value ? scope.withSign(closed, true) : closed;
  });
  const [left, right] = operands;
  const symbol = operator === "left" ? "<<" : signed ? ">>>" : ">>";
  const expression: Expression = { kind: "binary", operator: symbol, left: left!.expression, right: right!.expression };
  return scope.expression(expression, operands, node, { signed: left!.signed, open: arithmeticShift });
}

/**
 * `v[i]`, `v[offset +: 4]`, `v[{i, 3'd0} +: 8]`. An index that points beyond the vector would read `x`, so the vector is
 * continued with zeros as far as the index reaches; where that is too far, a comparison tells the zeros.
 */
export function lowerIndexBits(scope: Scope, node: IndexBitsNode): Value {
  const { stride, width } = node;
  const vector = castValue(scope.valueOf(node.operand), false);
  const index = castValue(scope.valueOf(node.index), false);
  const reach = reachOf(node.index, stride, width);
  if (reach <= vector.width + mostPadding) {
    const operand = elementOf(scope, node, vector, index, reach);
    return { kind: "expression", operand, width, signed: false, node };
  }
  // From this index on, all bits lie beyond the vector.
  const end = Math.ceil(vector.width / stride);
  const bits = Math.max(1, ceilLog2(end));
  const named = scope.net(index);
  const low = named.width > bits ? sliceValue(named, bits - 1, 0, (v) => scope.net(v)) : named;
  const found = elementOf(scope, node, vector, low, (2 ** low.width - 1) * stride + width);
  const literal = (value: bigint, of: number) => scope.literal({ kind: "constant", value, width: of, signed: false });
  const inside: Expression = {
    kind: "binary",
    operator: "<",
    left: scope.operand(named).expression,
    right: literal(BigInt(end), named.width).expression,
  };
  const expression: Expression = {
    kind: "conditional",
    condition: inside,
    whenTrue: found.expression,
    whenFalse: literal(0n, width).expression,
  };
  const length = found.length + 24;
  const operand = { expression, width, signed: false, length, depth: found.depth + 1, open: false };
  return { kind: "expression", operand, width, signed: false, node };
}

/** The element at an index that reaches `reach` bits far. */
function elementOf(scope: Scope, node: IndexBitsNode, vector: Value, index: Value, reach: number): Operand {
  const { stride, width } = node;
  const padded = Math.max(reach, vector.width);
  if (padded === 1) return scope.operand(vector);
  const symbol = vectorSymbol(scope, node, vector, padded);
  const [placed] = scope.fit([startOf(scope, index, stride, ceilLog2(padded))], (v) => scope.operand(v));
  // A negative index reads x.
  const start = scope.withSign(placed!, false);
  const expression: Expression = { kind: "part-select", symbol, start: start.expression, width };
  return scope.atom(expression, width, false, symbol.name.length + start.length + 8, start.depth);
}

/** The declared vector that is indexed, made `width` bits wide by zeros above. */
function vectorSymbol(scope: Scope, node: IndexBitsNode, vector: Value, width: number): VerilogSymbol {
  const whole = vector.width === width ? scope.part(vector).expression : undefined;
  if (whole?.kind === "identifier") return whole.symbol;
  const hint = vectorName(scope, node);
  const net = scope.net(toExpression(scope, extendValue(vector, width), node), hint);
  return net.base.symbol!;
}

/** The value as an expression without a node, so that its net takes the name of the vector and not of the element. */
function toExpression(scope: Scope, value: Value, { operand }: IndexBitsNode): Value {
  if (value.kind === "expression" && givenName(operand) === undefined) return value;
  const text = scope.part(value);
  return { kind: "expression", operand: text, width: value.width, signed: false };
}

/** `taps` for a vector of the registers `taps_0`, `taps_1`, …; `lanes_padded` for a longer copy of the port `lanes`. */
function vectorName(scope: Scope, { operand }: IndexBitsNode): string {
  const first = operand.kind === "concat" ? operand.parts[operand.parts.length - 1]! : operand;
  const value = scope.valueOf(first);
  const base = value.kind === "bits" ? (value.base.packed?.symbol.name ?? value.base.symbol?.name) : undefined;
  const name = base === undefined || base === "" ? undefined : familyOf(base);
  if (name === undefined) return "elements";
  return name === base ? `${name}_padded` : name;
}

/** index · stride in exactly `bits` bits, as Verilator wants an index. */
function startOf(scope: Scope, index: Value, stride: number, bits: number): Value {
  const zeros = Math.log2(stride);
  if (!Number.isInteger(zeros)) return product(scope, index, stride, bits);
  const wide = zeros === 0 ? index : shiftedUp(scope, index, zeros);
  return wide.width > bits ? sliceValue(wide, bits - 1, 0, (v) => scope.net(v)) : extendValue(wide, bits);
}

/** A place in a vector of `width` bits that an assignment writes to. The index has no more bits than the last place. */
export function writtenPlace(scope: Scope, index: Value, width: number): Expression {
  const place = startOf(scope, castValue(index, false), 1, ceilLog2(width));
  return scope.withSign(scope.operand(place), false).expression;
}

function shiftedUp(scope: Scope, index: Value, zeros: number): Value {
  const [operand] = scope.fit([index], (v) => scope.part(v));
  const zero = scope.literal({ kind: "constant", value: 0n, width: zeros, signed: false });
  const expression: Expression = { kind: "concatenation", parts: [operand!.expression, zero.expression] };
  const width = index.width + zeros;
  const text = scope.atom(expression, width, false, operand!.length + zero.length + 4, operand!.depth);
  return { kind: "expression", operand: text, width, signed: false };
}

function product(scope: Scope, index: Value, stride: number, bits: number): Value {
  const factor = constant(BigInt(stride), bitsFor(BigInt(stride), false), false);
  const place = constant(0n, index.width, false);
  scope.values.set(factor, { kind: "constant", value: factor.value, width: factor.width, signed: false });
  scope.values.set(place, index);
  return scope.net(lowerArithmetic(scope, arithmetic("mul", place, factor, bits, false, { label: "start" })));
}
