import type { ModuleNetlist, Node, RegisterDefinition } from "../ir/index.ts";
import { TreeFinder, type TreeNumbers } from "./tree-finder.ts";
import type { Uses } from "./uses.ts";

/** How a register gets its next value: by conditions, as the nested `if` statements that a person would write. */
export type RegisterTree =
  | { readonly kind: "hold" }
  | { readonly kind: "value"; readonly node: Node }
  /** Some bits, from a place on that a signal says. */
  | { readonly kind: "write"; readonly at: Node; readonly value: Node }
  /** What the first says, but where the second says something else. */
  | { readonly kind: "sequence"; readonly first: RegisterTree; readonly second: RegisterTree }
  | {
      readonly kind: "choice";
      readonly condition: Node;
      readonly whenTrue: RegisterTree;
      readonly whenFalse: RegisterTree;
      /** The same for choices by the same condition, and another text for its inverse. */
      readonly key: string;
      readonly notKey: string;
      /** Whether it asks for one of several values of the same thing: an arm of a `case`. */
      readonly isArm: boolean;
    };

/** The trees of a module's registers. */
export interface RegisterTrees {
  treeOf(register: RegisterDefinition): RegisterTree;
  /** What the tree reads: conditions and values, but not the multiplexers that have become `if`. */
  readsOf(register: RegisterDefinition): readonly Node[];
  /** How often the register's tree names the register to keep its value. */
  holdsOf(register: RegisterDefinition): number;
  /** How often a condition is an arm of a `case`, where its text stands by itself. */
  armsOf(condition: Node): number;
}

/**
 * Finds the registers whose next value is a tree of multiplexers that nothing else reads and that keeps the register's
 * own value somewhere, or asks for one value after another of the same thing. Other next values stay one expression.
 */
export function registerTrees(module: ModuleNetlist, uses: Uses): RegisterTrees {
  const shared: TreeNumbers = { conditions: new Map(), arms: new Map() };
  const entries = new Map(
    module.registers.map((register) => [register, new TreeFinder(register, uses, shared).find()]),
  );
  return {
    treeOf: (register) => entries.get(register)!.tree,
    readsOf: (register) => entries.get(register)!.reads,
    holdsOf: (register) => entries.get(register)!.holds,
    armsOf: (condition) => shared.arms.get(condition) ?? 0,
  };
}
