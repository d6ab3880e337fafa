import { captureSource } from "../diagnostics/index.ts";
import { bitwise, type Node, replicate, slice } from "../ir/index.ts";
import type { Widest } from "../types/index.ts";
import { operandNode } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { type SInt, signalFrom, type UInt } from "./integers.ts";
import { asSigned, asUnsigned } from "./node-helpers.ts";
import { nodeOf } from "./value.ts";
import { widened } from "./widen.ts";

/** Values to choose from: a vector or an array of signals of one sign. */
type Choices<T> = Iterable<T> & { readonly length: number };

/**
 * The value whose bit of `select` is 1: value i for bit i. No bit set gives 0, several give their bitwise or; so it is
 * only an and and an or deep, where a mux has an order of precedence. `select` has a bit for each value (LS0108).
 */
export function muxOneHot<W extends number>(select: UInt, values: Choices<UInt<W>>): UInt<Widest<W>>;
export function muxOneHot<W extends number>(select: UInt, values: Choices<SInt<W>>): SInt<Widest<W>>;
export function muxOneHot(select: UInt, values: Choices<UInt | SInt>): UInt | SInt {
  const context = requireContext("muxOneHot()");
  const list = [...values];
  const selectNode = nodeOf(select);
  if (list.length === 0 || list.length !== selectNode.width) {
    context.report(
      "LS0108",
      `muxOneHot() chooses from ${list.length} value${list.length === 1 ? "" : "s"} by ${selectNode.width} bits`,
      "the select needs one bit for each value, bit 0 for the first",
    );
  }
  const source = captureSource();
  const signed = list[0]?.signed ?? false;
  const nodes = list.map((value) => operandNode(value, signed, "muxOneHot()"));
  const width = nodes.reduce((most, node) => Math.max(most, node.width), 1);
  let terms: Node[] = nodes.slice(0, selectNode.width).map((node, i) => {
    const wide = asUnsigned(widened(node, width, { source }));
    const chosen = slice(selectNode, i, i, { source });
    return bitwise("and", width === 1 ? chosen : replicate(chosen, width, { source }), wide, { source });
  });
  while (terms.length > 1) {
    terms = terms.flatMap((term, i) => {
      if (i % 2 === 1) return [];
      const next = terms[i + 1];
      return [next ? bitwise("or", term, next, { source }) : term];
    });
  }
  const result = terms[0] ?? selectNode;
  return signalFrom(signed ? asSigned(result) : result, context);
}
