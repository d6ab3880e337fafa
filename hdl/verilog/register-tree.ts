import { type ModuleNetlist, type MuxNode, type Node, operandsOf, type RegisterDefinition } from "../ir/index.ts";
import type { Uses } from "./uses.ts";

/** How a register gets its next value: by conditions, as the nested `if` statements that a person would write. */
export type RegisterTree =
  | { readonly kind: "hold" }
  | { readonly kind: "value"; readonly node: Node }
  | {
      readonly kind: "choice";
      readonly condition: Node;
      readonly whenTrue: RegisterTree;
      readonly whenFalse: RegisterTree;
      /** The same for choices by the same condition, and another text for its inverse. */
      readonly key: string;
      readonly notKey: string;
    };

/** The trees of a module's registers. */
export interface RegisterTrees {
  treeOf(register: RegisterDefinition): RegisterTree;
  /** What the tree reads: conditions and values, but not the multiplexers that have become `if`. */
  readsOf(register: RegisterDefinition): readonly Node[];
  /** How often the register's tree names the register to keep its value. */
  holdsOf(register: RegisterDefinition): number;
}

/** A longer chain of `if` and `else` stays an expression from here on: statements are nested by recursion. */
const depthLimit = 200;

interface Entry {
  readonly tree: RegisterTree;
  readonly reads: readonly Node[];
  readonly holds: number;
}

/**
 * Finds the registers whose next value is a tree of multiplexers that nothing else reads and that keeps the register's
 * own value somewhere. Other next values stay one expression.
 */
export function registerTrees(module: ModuleNetlist, uses: Uses): RegisterTrees {
  const numbers = new Map<Node, number>();
  const numberOf = (node: Node): number => {
    const number = numbers.get(node) ?? numbers.size;
    numbers.set(node, number);
    return number;
  };
  const entries = new Map(module.registers.map((register) => [register, entryFor(register, uses, numberOf)]));
  return {
    treeOf: (register) => entries.get(register)!.tree,
    readsOf: (register) => entries.get(register)!.reads,
    holdsOf: (register) => entries.get(register)!.holds,
  };
}

function entryFor(register: RegisterDefinition, uses: Uses, numberOf: (node: Node) => number): Entry {
  const { node: own, next } = register;
  const reads: Node[] = [];
  let holds = 0;
  const isOwn = (node: Node): boolean => node.kind === "register" && node.id === own.id;
  const isChoice = (node: Node): node is MuxNode => node.kind === "mux" && uses.countOf(node) === 1;
  const visit = (node: Node, depth: number): RegisterTree => {
    if (isOwn(node)) {
      holds++;
      return { kind: "hold" };
    }
    if (!isChoice(node) || depth === depthLimit) {
      reads.push(node);
      return { kind: "value", node };
    }
    reads.push(node.condition);
    const number = numberOf(node.condition);
    const whenTrue = visit(node.whenTrue, depth + 1);
    const whenFalse = visit(node.whenFalse, depth + 1);
    const { condition } = node;
    return { kind: "choice", condition, whenTrue, whenFalse, key: `${number}`, notKey: `!${number}` };
  };
  // A multiplexer between data, without a hold, is an expression to a reader too.
  if (!isChoice(next) || !holdsItself(next, isOwn, isChoice)) {
    return { tree: { kind: "value", node: next }, reads: [next], holds: 0 };
  }
  const tree = visit(next, 0);
  return { tree, reads, holds };
}

/** Whether a leaf of the tree within the limit of depth is the register itself. */
function holdsItself(
  root: MuxNode,
  isOwn: (node: Node) => boolean,
  isChoice: (node: Node) => node is MuxNode,
): boolean {
  const waiting: { node: Node; depth: number }[] = [{ node: root, depth: 0 }];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const { node, depth } = entry;
    if (isOwn(node)) return true;
    if (!isChoice(node) || depth === depthLimit) continue;
    const [, whenTrue, whenFalse] = operandsOf(node) as [Node, Node, Node];
    waiting.push({ node: whenTrue, depth: depth + 1 }, { node: whenFalse, depth: depth + 1 });
  }
  return false;
}
