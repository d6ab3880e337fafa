import { captureSource } from "../diagnostics/index.ts";
import * as ir from "../ir/index.ts";

/** a & b. */
export function andNodes(a: ir.Node, b: ir.Node): ir.Node {
  return ir.bitwise("and", a, b, { source: captureSource() });
}

/** a | b; `a` where there is no `b`. */
export function orNodes(a: ir.Node, b: ir.Node | undefined): ir.Node {
  return b ? ir.bitwise("or", a, b, { source: captureSource() }) : a;
}

/** The same bits, signed. */
export function asSigned(node: ir.Node): ir.Node {
  return node.signed ? node : ir.cast(node, true, { source: captureSource() });
}

/** The same bits, unsigned. */
export function asUnsigned(node: ir.Node): ir.Node {
  return node.signed ? ir.cast(node, false, { source: captureSource() }) : node;
}

/** A one-bit node as the signed number 0 or 1 (two bits), to be added to a signed number. */
export function signedBit(node: ir.Node): ir.Node {
  return asSigned(ir.extend(node, 2, { source: captureSource() }));
}

/** The same operator under a name given on purpose; a leaf has its own name already. */
export function relabel(node: ir.Node, label: string): ir.Node {
  return ir.isLeaf(node) ? node : Object.freeze({ ...node, label });
}
