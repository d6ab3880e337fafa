import { captureSource } from "../../diagnostics/index.ts";
import * as ir from "../../ir/index.ts";
import { bitsFor, ceilLog2 } from "../../types/index.ts";

const bitOf = (node: ir.Node, index: number): ir.Node => ir.slice(node, index, index, { source: captureSource() });

const bitsOf = (node: ir.Node): ir.Node[] => Array.from({ length: node.width }, (_, index) => bitOf(node, index));

/** `width` low bits of the node, which hold its value. */
function fitted(node: ir.Node, width: number): ir.Node {
  const source = captureSource();
  if (node.width === width) return node;
  return node.width > width ? ir.slice(node, width - 1, 0, { source }) : ir.extend(node, width, { source });
}

/** The number of bits that are 1, as a balanced tree of adders. */
export function countOnesNode(node: ir.Node): ir.Node {
  let terms = bitsOf(node);
  while (terms.length > 1) {
    const sums: ir.Node[] = [];
    for (let i = 0; i < terms.length; i += 2) {
      const [left, right] = [terms[i]!, terms[i + 1]];
      if (right === undefined) sums.push(left);
      else {
        const width = Math.max(left.width, right.width) + 1;
        sums.push(ir.arithmetic("add", left, right, width, false, { source: captureSource() }));
      }
    }
    terms = sums;
  }
  return fitted(terms[0]!, bitsFor(BigInt(node.width), false));
}

/** The bits in the opposite order. */
export function reverseNode(node: ir.Node): ir.Node {
  return node.width === 1 ? node : ir.concat(bitsOf(node), { source: captureSource() });
}

/**
 * The zeros above the highest 1, from 0 to the width: halves are counted on their own, and where the upper one is all
 * zeros the lower one's count is added to it. A count of 2^k bits has its top bit set only for all zeros.
 */
export function leadingZerosNode(node: ir.Node): ir.Node {
  const source = captureSource();
  const size = 2 ** ceilLog2(node.width);
  const missing = size - node.width;
  // Ones below the value end the count at its width.
  const filled =
    missing === 0 ? node : ir.concat([node, ir.constant((1n << BigInt(missing)) - 1n, missing, false)], { source });
  let counts = bitsOf(filled)
    .reverse()
    .map((bit) => ir.not(bit, { source }) as ir.Node);
  while (counts.length > 1) {
    const joined: ir.Node[] = [];
    for (let i = 0; i < counts.length; i += 2) joined.push(joinedCount(counts[i]!, counts[i + 1]!));
    counts = joined;
  }
  return fitted(counts[0]!, bitsFor(BigInt(node.width), false));
}

function joinedCount(upper: ir.Node, lower: ir.Node): ir.Node {
  const source = captureSource();
  const top = upper.width - 1;
  const [noUpper, noLower] = [bitOf(upper, top), bitOf(lower, top)];
  const none = ir.bitwise("and", noUpper, noLower, { source });
  const half = ir.bitwise("and", noUpper, ir.not(noLower, { source }), { source });
  if (top === 0) return ir.concat([none, half], { source });
  const rest = ir.mux(noUpper, ir.slice(lower, top - 1, 0, { source }), ir.slice(upper, top - 1, 0, { source }), {
    source,
  });
  return ir.concat([none, half, rest], { source });
}

/** Only the lowest 1: x & −x. */
export function lowestOneNode(node: ir.Node): ir.Node {
  const source = captureSource();
  const negated = ir.arithmetic("sub", ir.constant(0n, 1, false), node, node.width, false, { source });
  return ir.bitwise("and", node, negated, { source });
}

/** The number of the lowest or the highest 1, as a tree of choices; 0 where there is none. */
export function priorityIndexNode(node: ir.Node, first: "lowest" | "highest"): ir.Node {
  const source = captureSource();
  const highest = first === "highest";
  let found: { any: ir.Node; index: ir.Node | undefined }[] = bitsOf(node).map((any) => ({ any, index: undefined }));
  while (found.length > 1) {
    const joined: typeof found = [];
    for (let i = 0; i < found.length; i += 2) {
      const [lower, upper] = [found[i]!, found[i + 1]];
      if (!upper) {
        // A 0 above its number: it stands alone, so nothing is above it.
        const none = ir.constant(0n, 1, false);
        joined.push({ any: lower.any, index: lower.index ? ir.concat([none, lower.index], { source }) : none });
        continue;
      }
      const any = ir.bitwise("or", lower.any, upper.any, { source });
      const isUpper = highest ? upper.any : ir.bitwise("and", upper.any, ir.not(lower.any, { source }), { source });
      if (lower.index === undefined) {
        joined.push({ any, index: isUpper });
        continue;
      }
      const rest = highest
        ? ir.mux(upper.any, upper.index!, lower.index, { source })
        : ir.mux(lower.any, lower.index, upper.index!, { source });
      joined.push({ any, index: ir.concat([isUpper, rest], { source }) });
    }
    found = joined;
  }
  return found[0]!.index ?? ir.constant(0n, 1, false);
}

/** The number of the only 1: bit b of it is set when a bit is that has b in its number. With several ones, their or. */
export function oneHotToIndexNode(node: ir.Node): ir.Node {
  const source = captureSource();
  const bits = bitsOf(node);
  const width = Math.max(1, ceilLog2(node.width));
  const parts = Array.from({ length: width }, (_, b) => {
    const members = bits.filter((_bit, number) => (number >> b) & 1);
    if (members.length === 0) return ir.constant(0n, 1, false);
    return members.length === 1 ? members[0]! : ir.reduce("or", ir.concat(members.reverse(), { source }), { source });
  });
  return parts.length === 1 ? parts[0]! : ir.concat(parts.reverse(), { source });
}
