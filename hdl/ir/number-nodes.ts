import { type ModuleNetlist, rootsOf } from "./netlist.ts";
import { type Node, operandsOf } from "./node.ts";

/** The reachable nodes of a module as a dense table, for passes that want arrays instead of maps. */
export interface NumberedNodes {
  /** Every reachable node once, operands before users. */
  readonly order: readonly Node[];
  /** Position of a node in `order`. */
  readonly indexOf: ReadonlyMap<Node, number>;
  /** Operands of node `i`, by position: `operands[start[i]]` up to, not including, `operands[start[i + 1]]`. */
  readonly start: Int32Array;
  readonly operands: Int32Array;
}

/** A node whose operands are being numbered. */
interface Entry {
  readonly node: Node;
  readonly operands: readonly Node[];
  /** Positions of the operands numbered so far. */
  readonly indices: number[];
}

/** Numbers the nodes of a module, operands first. Uses a stack of its own, so expressions may be as deep as they like. */
export function numberNodes(module: ModuleNetlist): NumberedNodes {
  const order: Node[] = [];
  const indexOf = new Map<Node, number>();
  const start: number[] = [0];
  const operands: number[] = [];
  const stack: Entry[] = [];
  for (const root of rootsOf(module)) {
    if (indexOf.has(root)) continue;
    stack.push({ node: root, operands: operandsOf(root), indices: [] });
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.indices.length < top.operands.length) {
        const operand = top.operands[top.indices.length]!;
        const known = indexOf.get(operand);
        // Operators form no cycles, so a node without a number is not on the stack either.
        if (known === undefined) stack.push({ node: operand, operands: operandsOf(operand), indices: [] });
        else top.indices.push(known);
        continue;
      }
      stack.pop();
      const index = order.length;
      indexOf.set(top.node, index);
      order.push(top.node);
      for (const operand of top.indices) operands.push(operand);
      start.push(operands.length);
      if (stack.length > 0) stack[stack.length - 1]!.indices.push(index);
    }
  }
  return { order, indexOf, start: Int32Array.from(start), operands: Int32Array.from(operands) };
}
