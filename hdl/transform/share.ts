import {
  isLeaf,
  type ModuleNetlist,
  mapOperands,
  mapRoots,
  type Node,
  type NumberedNodes,
  numberNodes,
} from "../ir/index.ts";
import { nameRank } from "./bits.ts";
import { structureClasses } from "./structure-classes.ts";

/**
 * Structurally equal nodes become one object, so that each value is computed once. The first one met stays, except that
 * a name given by the user beats none. Constants stay apart: sharing them saves nothing, and each has its own name.
 */
export function share(module: ModuleNetlist, numbered: NumberedNodes = numberNodes(module)): ModuleNetlist {
  const { order, indexOf, start, operands } = numbered;
  const classOf = structureClasses(numbered);
  // For every class of equal nodes, the one whose name it gets.
  const named: Node[] = [];
  let repeated = false;
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    const best = named[classOf[i]!];
    if (best === undefined || nameRank(node) > nameRank(best)) named[classOf[i]!] = node;
    if (best !== undefined && node.kind !== "constant") repeated = true;
  }
  if (!repeated) return module;

  const built: (Node | undefined)[] = new Array<Node | undefined>(named.length).fill(undefined);
  const current = (node: Node): Node => (node.kind === "constant" ? node : built[classOf[indexOf.get(node)!]!]!);
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    const number = classOf[i]!;
    if (node.kind === "constant" || built[number] !== undefined) continue;
    let rebuilt: Node = node;
    for (let edge = start[i]!; edge < start[i + 1]!; edge++) {
      const operand = order[operands[edge]!]!;
      if (current(operand) !== operand) {
        rebuilt = mapOperands(node, current);
        break;
      }
    }
    const { source, label } = named[number]!;
    const same = isLeaf(node) || named[number] === node;
    built[number] = same ? rebuilt : Object.freeze({ ...rebuilt, source, label });
  }
  return mapRoots(module, current);
}
