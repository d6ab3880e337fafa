import { constant, type Node } from "../ir/index.ts";
import { ceilLog2 } from "../types/index.ts";
import { chainOf } from "./merged-steps.ts";
import type { RegisterArray } from "./register-array.ts";
import type { ChoiceStep, Step } from "./register-step.ts";

/** The element that a step alone assigns to, and the node it gets; undefined for any other step. */
function assignedElement(steps: readonly Step[], array: RegisterArray): { element: number; node: Node } | undefined {
  const [step, ...others] = steps;
  if (step?.kind !== "assign" || others.length > 0 || step.high - step.low + 1 !== step.register.node.width)
    return undefined;
  return { element: array.indexOf(step.register), node: step.node };
}

/** The index and the node, where a choice gives every element in turn the same node when the index names it. */
function chosenElement(choice: ChoiceStep, array: RegisterArray): { index: Node; node: Node } | undefined {
  const chain = chainOf(choice);
  if (chain?.arms.size !== array.length || chain.rest.length > 0) return undefined;
  let node: Node | undefined;
  for (const [value, { whenTrue }] of chain.arms) {
    const assigned = assignedElement(whenTrue, array);
    if (assigned === undefined || BigInt(assigned.element) !== value) return undefined;
    node ??= assigned.node;
    if (assigned.node !== node) return undefined;
  }
  const { condition } = choice;
  if (node === undefined || condition.kind !== "compare" || condition.left.signed) return undefined;
  return { index: condition.left, node };
}

function isSame(one: Node, other: Node): boolean {
  return one === other || (one.kind === "constant" && other.kind === "constant" && one.value === other.value);
}

/** The steps of a list that assign to whole elements: all elements at once where all get the same. */
function ofElements(assigns: readonly Step[], array: RegisterArray): Step[] | undefined {
  const bits = ceilLog2(array.length);
  const steps: Step[] = [];
  for (const step of assigns) {
    const assigned = assignedElement([step], array);
    if (assigned === undefined) return undefined;
    const { element, node } = assigned;
    steps.push({ kind: "element", array, index: constant(BigInt(element), bits, false), node });
  }
  const first = steps[0];
  const isFill =
    first?.kind === "element" &&
    steps.length === array.length &&
    steps.every((step) => step.kind === "element" && isSame(step.node, first.node));
  return isFill ? [{ kind: "fill", array, node: first.node }] : steps;
}

/**
 * The steps of the registers of one vector as those of an array: `counters[index] <= value` for what is said of each
 * element in turn. Undefined where that is not all that happens to them, or no signal names an element.
 */
export function elementSteps(steps: readonly Step[], array: RegisterArray): readonly Step[] | undefined {
  let isIndexed = false;
  const convert = (list: readonly Step[]): readonly Step[] | undefined => {
    const converted: Step[] = [];
    const plain = list.filter(({ kind }) => kind !== "choice");
    const elements = ofElements(plain, array);
    if (elements === undefined) return undefined;
    converted.push(...elements);
    for (const step of list) {
      if (step.kind !== "choice") continue;
      const chosen = chosenElement(step, array);
      if (chosen) {
        isIndexed = true;
        converted.push({ kind: "element", array, ...chosen });
        continue;
      }
      const [whenTrue, whenFalse] = [convert(step.whenTrue), convert(step.whenFalse)];
      if (whenTrue === undefined || whenFalse === undefined) return undefined;
      converted.push({ kind: "choice", condition: step.condition, whenTrue, whenFalse });
    }
    return converted;
  };
  const converted = convert(steps);
  return isIndexed ? converted : undefined;
}
