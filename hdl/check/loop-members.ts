import type { Node } from "../ir/index.ts";
import { type DependencyGraph, pointKey } from "./dependency-graph.ts";

/** A point of the graph during Tarjan's search for strongly connected components. */
interface Visit {
  readonly node: Node;
  readonly key: Node | string;
  readonly next: readonly Node[];
  readonly number: number;
  index: number;
  lowest: number;
  open: boolean;
}

/** The keys of all points that lie on some loop. Linear in the size of the module. */
export function loopMembers(graph: DependencyGraph): ReadonlySet<Node | string> {
  const members = new Set<Node | string>();
  const visits = new Map<Node | string, Visit>();
  const component: Visit[] = [];
  const stack: Visit[] = [];
  const enter = (node: Node): Visit => {
    const number = visits.size;
    const key = pointKey(node);
    const visit = { node, key, next: graph.dependenciesOf(node), number, index: 0, lowest: number, open: true };
    visits.set(key, visit);
    component.push(visit);
    stack.push(visit);
    return visit;
  };
  const leave = (visit: Visit): void => {
    const below = stack.at(-1);
    if (below) below.lowest = Math.min(below.lowest, visit.lowest);
    if (visit.lowest !== visit.number) return;
    const own = component.splice(component.lastIndexOf(visit));
    for (const member of own) member.open = false;
    const loops = own.length > 1 || visit.next.some((node) => pointKey(node) === visit.key);
    if (loops) for (const { key } of own) members.add(key);
  };
  const { wires, instances } = graph.module;
  const roots = wires.map(({ node }): Node => node);
  for (const { inputs } of instances) for (const nodes of inputs.values()) roots.push(...nodes);
  for (const node of roots) {
    if (visits.has(pointKey(node))) continue;
    enter(node);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const node = top.next[top.index++];
      if (!node) {
        stack.pop();
        leave(top);
        continue;
      }
      const known = visits.get(pointKey(node));
      if (!known) enter(node);
      else if (known.open) top.lowest = Math.min(top.lowest, known.number);
    }
  }
  return members;
}
