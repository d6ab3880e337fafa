import type { Node, RegisterDefinition } from "../ir/index.ts";

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
export type Step = AssignStep | WriteStep | ChoiceStep;

/** Calls `visit` for the nodes that steps read, in the order of the text. */
export function forEachStepRead(steps: readonly Step[], visit: (node: Node) => void): void {
  for (const step of steps) {
    if (step.kind === "assign") {
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
