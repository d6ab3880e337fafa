import { captureSource } from "../../diagnostics/index.ts";
import * as ir from "../../ir/index.ts";
import { bitsFor, rangeOf } from "../../types/index.ts";
import { asSigned } from "../node-helpers.ts";
import { reciprocalOf } from "./reciprocal.ts";

/** How a quotient that is no whole number is rounded: toward −∞ or toward 0. */
export type Rounding = "floor" | "truncate";

/** The quotient on numbers, by the rule: the definition that the hardware is built from and tested with. */
export function quotientOf(x: bigint, divisor: bigint, rounding: Rounding): bigint {
  const truncated = x / divisor;
  const inexact = truncated * divisor !== x;
  return rounding === "floor" && inexact && x < 0n !== divisor < 0n ? truncated - 1n : truncated;
}

const widthOf = (values: readonly bigint[], signed: boolean): number =>
  values.reduce((width, value) => Math.max(width, bitsFor(value, signed)), 1);

/** Bits `low` and up of the node; its sign, or 0, where none are left. */
function bitsFrom(node: ir.Node, low: number): ir.Node {
  const { width, signed } = node;
  if (low === 0) return node;
  if (low >= width && !signed) return ir.constant(0n, 1, false);
  const bits = ir.slice(node, width - 1, Math.min(low, width - 1), { source: captureSource() });
  return signed ? asSigned(bits) : bits;
}

/** The node's value, which fits, in `width` bits. */
function fitted(node: ir.Node, width: number): ir.Node {
  if (node.width <= width) return node.width < width ? ir.extend(node, width, { source: captureSource() }) : node;
  const low = ir.slice(node, width - 1, 0, { source: captureSource() });
  return node.signed ? asSigned(low) : low;
}

/** The exponent when the divisor is a power of two; undefined otherwise. */
function exponentOf(divisor: bigint): number | undefined {
  return divisor > 0n && (divisor & (divisor - 1n)) === 0n ? divisor.toString(2).length - 1 : undefined;
}

/**
 * x / divisor rounded by the rule, in as many bits as the quotient needs. The divisor is not 0, and positive when x is
 * unsigned. A power of two takes the upper bits; anything else multiplies by the smallest exact reciprocal.
 */
export function quotientNode(x: ir.Node, divisor: bigint, rounding: Rounding): ir.Node {
  const { signed } = x;
  const { min, max } = rangeOf(x.width, signed);
  const ends = [quotientOf(min, divisor, rounding), quotientOf(max, divisor, rounding)];
  const width = widthOf(ends, signed);
  if (ends[0] === ends[1]) return ir.constant(ends[0]!, width, signed);
  if (divisor > 0n && (rounding === "floor" || !signed)) {
    // ⌊x / (2^k · d)⌋ is ⌊⌊x / 2^k⌋ / d⌋: the low bits need not take part.
    let even = 0;
    while ((divisor >> BigInt(even)) % 2n === 0n) even++;
    const upper = bitsFrom(x, even);
    return fitted(multiplied(upper, divisor >> BigInt(even), "floor"), width);
  }
  return fitted(multiplied(x, divisor, rounding), width);
}

function multiplied(x: ir.Node, divisor: bigint, rounding: Rounding): ir.Node {
  const { signed } = x;
  if (divisor === 1n) return x;
  const source = captureSource();
  const magnitude = divisor < 0n ? -divisor : divisor;
  const { min, max } = rangeOf(x.width, signed);
  // The dividend by the magnitude: x, or −x for a negative divisor, which the factor's sign takes care of.
  const [least, most] = divisor < 0n ? [-max, -min] : [min, max];
  const up = rounding === "truncate" && signed ? magnitude - 1n : 0n;
  // Rounding up is rounding down of what is magnitude − 1 more.
  const low = up > 0n && least + up < 0n ? least + up : up > 0n ? 0n : least;
  const { factor, offset, shift } = reciprocalOf(magnitude, low, up > most ? up : most);
  const scale = divisor < 0n ? -factor : factor;
  const raised = offset + up * factor;
  const products = [min * scale, max * scale];
  const width = widthOf(
    products.flatMap((product) => [product, product + offset, product + raised]),
    signed,
  );
  let total: ir.Node = x;
  if (scale === -1n) total = ir.arithmetic("sub", ir.constant(0n, 1, true), x, width, true, { source });
  else if (scale !== 1n) {
    const constant = ir.constant(scale, bitsFor(scale, signed), signed);
    total = ir.arithmetic("mul", x, constant, width, signed, { source });
  }
  if (raised !== 0n) {
    const bits = widthOf([offset, raised], signed);
    const lower = ir.constant(offset, bits, signed);
    let addend: ir.Node = lower;
    if (up > 0n) {
      // Toward 0 is up where the quotient is negative: for a negative x, or one that is not, by the divisor's sign.
      const negative = ir.slice(x, x.width - 1, x.width - 1, { source });
      const upper = ir.constant(raised, bits, signed);
      addend = divisor < 0n ? ir.mux(negative, lower, upper, { source }) : ir.mux(negative, upper, lower, { source });
    }
    total = ir.arithmetic("add", total, addend, width, signed, { source });
  }
  return bitsFrom(total, shift);
}

/** x − divisor · quotient: what the division by that rule leaves, in as many bits as it needs. */
export function remainderNode(x: ir.Node, divisor: bigint, rounding: Rounding): ir.Node {
  const { signed } = x;
  const { min, max } = rangeOf(x.width, signed);
  const source = captureSource();
  const exponent = exponentOf(divisor);
  if (exponent !== undefined && (rounding === "floor" || !signed)) {
    if (exponent === 0) return ir.constant(0n, 1, signed);
    const low =
      x.width >= exponent
        ? ir.slice(x, exponent - 1, 0, { source })
        : signed
          ? ir.cast(ir.extend(x, exponent, { source }), false, { source })
          : x;
    return signed ? asSigned(ir.extend(low, exponent + 1, { source })) : low;
  }
  const most = (divisor < 0n ? -divisor : divisor) - 1n;
  const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
  const ends =
    rounding === "floor" && signed
      ? [0n, divisor > 0n ? most : -most]
      : [signed ? -smaller(-min, most) : 0n, smaller(max, most)];
  const width = widthOf(ends, signed);
  const quotient = quotientNode(x, divisor, rounding);
  // Modulo 2^width throughout: only the low bits of quotient and product are ever built.
  const constant = ir.constant(divisor, bitsFor(divisor, signed), signed);
  const product = ir.arithmetic("mul", quotient, constant, width, signed, { source });
  return ir.arithmetic("sub", x, product, width, signed, { source });
}
