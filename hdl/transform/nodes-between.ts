import { type DependencyGraph, pointKey } from "../check/dependency-graph.ts";
import type { Node } from "../ir/index.ts";

/** The keys of all points on ways without a register from one of the input ports to one of the output ports. */
export function nodesBetween(graph: DependencyGraph, ports: ReadonlySet<string>): ReadonlySet<Node | string> {
  const members = new Set<Node | string>();
  const seen = new Set<Node | string>();
  const stack: { node: Node; next: readonly Node[]; index: number }[] = [];
  const enter = (node: Node): void => {
    const key = pointKey(node);
    if (seen.has(key)) return;
    seen.add(key);
    stack.push({ node, next: graph.dependenciesOf(node), index: 0 });
  };
  for (const { name, drivers } of graph.module.ports) {
    if (!ports.has(name)) continue;
    for (const driver of drivers) {
      enter(driver);
      while (stack.length > 0) {
        const { node, next, index } = stack.at(-1)!;
        if (index < next.length) {
          stack.at(-1)!.index++;
          enter(next[index]!);
          continue;
        }
        stack.pop();
        const starts = node.kind === "input" && ports.has(node.port);
        if (starts || next.some((operand) => members.has(pointKey(operand)))) members.add(pointKey(node));
      }
    }
  }
  return members;
}
