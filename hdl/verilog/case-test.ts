import type { Node } from "../ir/index.ts";
import { givenName } from "./given-name.ts";

/** The same for two nodes that read the same thing, though they may be two objects. */
function subjectKey(node: Node): Node | string {
  switch (node.kind) {
    case "input":
      return `input ${node.port} ${node.element}`;
    case "wire":
    case "register":
      return `${node.kind} ${node.id}`;
    case "instance-output":
      return `child ${node.instance} ${node.port} ${node.element}`;
    default:
      return node;
  }
}

/** The name that a test of a value has by itself: `op_is_5`. One that the user gave says more than an arm of a `case`. */
const ownName = /_is_\w+$/;

/**
 * The thing of which a condition asks whether it has a certain value, when it may be an arm of a `case`. A condition with a
 * name that the user gave is none.
 */
export function caseTestOf(condition: Node): Node | string | undefined {
  if (condition.kind !== "compare" || condition.operator !== "eq" || condition.label !== undefined) return undefined;
  const { left, right } = condition;
  if (right.kind !== "constant" || left.kind === "constant" || left.width === 1) return undefined;
  const name = givenName(condition);
  return name === undefined || ownName.test(name) ? subjectKey(left) : undefined;
}
