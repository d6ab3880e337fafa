import { captureSource } from "../diagnostics/index.ts";
import { cast, constant, type Node, slice } from "../ir/index.ts";
import { bitsFor, fits, rangeOf } from "../types/index.ts";
import { requireContext } from "./context.ts";
import { signHint, widthHint } from "./conversion-hints.ts";
import { restsOnStandIn } from "./stand-in.ts";
import type { Target } from "./target.ts";
import { describeStray, nodeOf, Value } from "./value.ts";
import { widened } from "./widen.ts";

/** An integer written in the program. */
export type Literal = number | bigint;

const typeName = (width: number, signed: boolean): string => `${signed ? "sint" : "uint"}(${width})`;

/** A whole number as bigint; complains (LS0103) about fractions and infinities and gives 0. */
export function literalValue(literal: Literal): bigint {
  if (typeof literal === "bigint") return literal;
  if (Number.isSafeInteger(literal)) return BigInt(literal);
  const context = requireContext("a literal");
  const stray: unknown = literal;
  if (typeof stray === "boolean") {
    context.report("LS0103", `\`${stray}\` stands where a number is needed`, "write 1 for true and 0 for false");
    return stray ? 1n : 0n;
  }
  if (typeof stray !== "number") {
    const text = typeof stray === "string" ? JSON.stringify(stray) : describeStray(stray);
    context.report("LS0103", `${text} stands where a number is needed`, "write a whole number, or give a signal");
  } else if (Number.isInteger(stray)) {
    context.report(
      "LS0103",
      `the literal ${stray} is too large for a JavaScript number to be exact`,
      "above 2^53 write a bigint such as 1n << 60n",
    );
  } else {
    context.report(
      "LS0103",
      `the literal ${stray} is not a whole number`,
      "write a whole number; Math.round() and its like make one",
    );
  }
  return 0n;
}

/** What to do about a literal outside of the range of a type. */
function rangeHint(value: bigint, width: number, signed: boolean): string {
  if (value >= 0n || signed) return `use a value in that range, or widen it to ${bitsFor(value, signed)} bits`;
  const bits = Math.max(width + 1, bitsFor(value, true));
  const pattern =
    value >= -(1n << BigInt(width - 1)) ? `; for the bits of ${value} write ${BigInt.asUintN(width, value)}` : "";
  return `use a value in that range, or make it signed: sint(${bits})${pattern}`;
}

/** What else to do about a signed operand beside an unsigned one. */
const signedInstead = "; or toSint() on the other operand, for a signed result";

/**
 * An operand of an operator: a literal takes the operator's sign and the fewest bits. `otherwise` is what else to do about
 * one that is signed where it may not be.
 */
export function operandNode(
  input: Value | Literal,
  signed: boolean,
  operator: string,
  otherwise = signedInstead,
): Node {
  const context = requireContext(operator);
  if (input instanceof Value) {
    const node = nodeOf(input);
    if (input.signed === signed) return node;
    context.report(
      "LS0102",
      `${operator} mixes ${typeName(input.width, input.signed)} with ${signed ? "a signed" : "an unsigned"} value`,
      `${signHint(node, signed)}${signed ? "" : otherwise}`,
      { places: [{ source: captureSource() }] },
    );
    const standIn = cast(node, signed);
    context.standIns.add(standIn);
    return standIn;
  }
  const value = literalValue(input);
  if (!signed && value < 0n) {
    context.report(
      "LS0102",
      `${operator} mixes the literal ${value} with an unsigned value`,
      "use a signed signal, or a literal of 0 or more",
    );
    return constant(0n, 1, false);
  }
  return constant(value, bitsFor(value, signed), signed);
}

/**
 * A value made to fit a type without loss: extended when narrower. Complains when bits or the sign would be lost
 * (LS0101, LS0102, LS0103) and then gives a stand-in of the right type. `what` is the place as the user knows it,
 * `tooWide` what to do there about a value that is wider.
 */
export function coerceTo(
  input: Value | Literal,
  width: number,
  signed: boolean,
  what: string,
  target?: Target,
  tooWide?: string,
): Node {
  const context = requireContext("an assignment");
  const places = () => [
    { source: captureSource() },
    ...(target ? [{ source: target.source, note: `declared here as ${typeName(target.width, target.signed)}` }] : []),
  ];
  const signal = target?.name ?? what;
  if (!(input instanceof Value)) {
    const value = literalValue(input);
    if (fits(value, width, signed)) return constant(value, width, signed);
    const { min, max } = rangeOf(width, signed);
    context.report(
      "LS0103",
      `the literal ${value} does not fit ${what}, which holds ${min} to ${max}`,
      rangeHint(value, width, signed),
      { signal, places: places() },
    );
    return constant(0n, width, signed);
  }
  let node = nodeOf(input);
  const otherSign = input.signed !== signed;
  // What is made of a stand-in has been complained of: it is cast and cut without a word.
  const toldBefore = (otherSign || node.width > width) && restsOnStandIn(context, node);
  if (otherSign) {
    if (!toldBefore) {
      context.report(
        "LS0102",
        `${what} is ${typeName(width, signed)}, but the value is ${typeName(input.width, input.signed)}`,
        signHint(node, signed),
        { signal, places: places() },
      );
    }
    node = cast(node, signed);
  } else if (node.width > width && !toldBefore) {
    const lost = node.width - width;
    context.report(
      "LS0101",
      `${what} has ${width} bit${width === 1 ? "" : "s"}, but the value has ${node.width}: ${lost} bit${lost === 1 ? "" : "s"} would be lost`,
      tooWide ?? widthHint(node, width),
      { signal, places: places() },
    );
  }
  if (node.width > width) {
    const low = slice(node, width - 1, 0);
    return signed ? cast(low, true) : low;
  }
  return widened(node, width, { source: node.source }, target);
}
