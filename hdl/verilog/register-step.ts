import type { Node, RegisterDefinition } from "../ir/index.ts";
import type { RegisterArray } from "./register-array.ts";

/** Bits of a register take a value: `count <= total;`, `flags[7:4] <= 4'd0;`. */
export interface AssignStep {
  readonly kind: "assign";
  readonly register: RegisterDefinition;
  readonly high: number;
  readonly low: number;
  readonly node: Node;
}

/** Some bits of a register, from a place on that a signal says, take a value: `flags[index] <= 1'b1;`. */
export interface WriteStep {
  readonly kind: "write";
  readonly register: RegisterDefinition;
  readonly at: Node;
  readonly value: Node;
}

/** The element of an array that a signal or a number names takes a value: `counters[index] <= 2'd0;`. */
export interface ElementStep {
  readonly kind: "element";
  readonly array: RegisterArray;
  readonly index: Node;
  readonly node: Node;
}

/** All elements of an array take a value. */
export interface FillStep {
  readonly kind: "fill";
  readonly array: RegisterArray;
  readonly node: Node;
}

/** Steps that are taken under a condition, and others that are taken when it does not hold. */
export interface ChoiceStep {
  readonly kind: "choice";
  readonly condition: Node;
  readonly whenTrue: readonly Step[];
  readonly whenFalse: readonly Step[];
}

/**
 * What happens to registers at an edge of their clock, as the statements that a person would write. Bits of which no step
 * says anything keep their value; of two steps for the same bits the later one counts.
 */
export type Step = AssignStep | WriteStep | ElementStep | FillStep | ChoiceStep;

/** Calls `visit` for the nodes that steps read, in the order of the text. */
export function forEachStepRead(steps: readonly Step[], visit: (node: Node) => void): void {
  for (const step of steps) {
    if (step.kind === "assign" || step.kind === "fill") {
      visit(step.node);
    } else if (step.kind === "element") {
      visit(step.index);
      visit(step.node);
    } else if (step.kind === "write") {
      visit(step.at);
      visit(step.value);
    } else {
      visit(step.condition);
      forEachStepRead(step.whenTrue, visit);
      forEachStepRead(step.whenFalse, visit);
    }
  }
}

/** Whether any of the steps gives all elements of an array a value. */
export function fillsArray(steps: readonly Step[]): boolean {
  return steps.some((step) =>
    step.kind === "choice" ? fillsArray(step.whenTrue) || fillsArray(step.whenFalse) : step.kind === "fill",
  );
}
