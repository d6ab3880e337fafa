import { type Node, operandsOf } from "./node.ts";

/**
 * Calls `visit` once for every node reachable from `roots`, operands before users. Uses a stack of its own, so a chain
 * of a hundred thousand operators does not overflow.
 */
export function postorder(roots: Iterable<Node>, visit: (node: Node) => void): void {
  const done = new Set<Node>();
  const stack: { node: Node; operands: readonly Node[]; next: number }[] = [];
  for (const root of roots) {
    if (done.has(root)) continue;
    stack.push({ node: root, operands: operandsOf(root), next: 0 });
    done.add(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.next === top.operands.length) {
        stack.pop();
        visit(top.node);
        continue;
      }
      const operand = top.operands[top.next++]!;
      if (done.has(operand)) continue;
      done.add(operand);
      stack.push({ node: operand, operands: operandsOf(operand), next: 0 });
    }
  }
}
