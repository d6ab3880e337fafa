import { ceilLog2, delay, reduceTree, type SInt } from "../../hdl/index.ts";

/**
 * The exact dot product Σ aᵢ·bᵢ: signed products and a balanced adder tree, one bit more per level. `rank` registers
 * (0 or 1) stand half way down the tree.
 */
export function dotProduct(a: readonly SInt[], b: readonly SInt[], rank: number): SInt {
  const products = a.map((element, i) => element.mul(b[i]!));
  const middle = Math.floor(ceilLog2(products.length) / 2);
  const atMiddle = middle === 0 ? products.map((product) => delay(product, rank)) : products;
  return reduceTree(
    atMiddle,
    (left, right) => left.add(right),
    (sum, level) => delay(sum, level === middle ? rank : 0),
  );
}
