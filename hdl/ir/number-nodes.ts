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

/** Numbers the nodes of a module, operands first. Uses a stack of its own, so expressions may be as deep as they like. */
export function numberNodes(module: ModuleNetlist): NumberedNodes {
  const order: Node[] = [];
  const indexOf = new Map<Node, number>();
  const start: number[] = [0];
  const operands: number[] = [];
  const stack: { readonly node: Node; readonly operands: readonly Node[]; next: number }[] = [];
  for (const root of rootsOf(module)) {
    if (indexOf.has(root)) continue;
    stack.push({ node: root, operands: operandsOf(root), next: 0 });
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      while (top.next < top.operands.length && indexOf.has(top.operands[top.next]!)) top.next++;
      if (top.next < top.operands.length) {
        // Netlists have no cycles of operators, so a node that is not yet numbered is not on the stack either.
        const operand = top.operands[top.next]!;
        stack.push({ node: operand, operands: operandsOf(operand), next: 0 });
        continue;
      }
      stack.pop();
      indexOf.set(top.node, order.length);
      order.push(top.node);
      for (const operand of top.operands) operands.push(indexOf.get(operand)!);
      start.push(operands.length);
    }
  }
  return { order, indexOf, start: Int32Array.from(start), operands: Int32Array.from(operands) };
}
