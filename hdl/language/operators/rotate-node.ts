import { captureSource } from "../../diagnostics/index.ts";
import * as ir from "../../ir/index.ts";

/** The bits of an unsigned node moved `count` places to the right, those that fall out coming in again at the top. */
function rotatedBy(node: ir.Node, count: number): ir.Node {
  const { width } = node;
  const places = ((count % width) + width) % width;
  if (places === 0) return node;
  const source = captureSource();
  return ir.concat([ir.slice(node, places - 1, 0, { source }), ir.slice(node, width - 1, places, { source })], {
    source,
  });
}

/**
 * The bits of an unsigned node rotated to the right (`direction` 1) or to the left (−1). By a number: wires. By a node:
 * the value twice side by side, cut where the amount says; where the width is no power of two, a step for each bit of
 * the amount, so that every amount counts modulo the width.
 */
export function rotateNode(node: ir.Node, amount: ir.Node | number, direction: 1 | -1): ir.Node {
  if (typeof amount === "number") return rotatedBy(node, direction * amount);
  const { width } = node;
  if (width === 1) return node;
  const source = captureSource();
  const bits = Math.log2(width);
  if (Number.isInteger(bits)) {
    const places = amount.width > bits ? ir.slice(amount, bits - 1, 0, { source }) : amount;
    const twice = ir.concat([node, node], { source });
    if (direction === 1) return ir.indexBits(twice, places, 1, width, { source });
    return ir.slice(ir.shift("left", twice, places, 2 * width, { source }), 2 * width - 1, width, { source });
  }
  let result = node;
  let places = 1;
  for (let bit = 0; bit < amount.width; bit++) {
    const moved = rotatedBy(result, direction * places);
    const step = ir.slice(amount, bit, bit, { source });
    if (moved !== result) result = ir.mux(step, moved, result, { source });
    places = (2 * places) % width;
  }
  return result;
}
