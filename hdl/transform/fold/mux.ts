import { type MuxNode, mux, type Node, not } from "../../ir/index.ts";
import { isOnes, isZero, withSign } from "../bits.ts";

/** The arm that a mux takes when `condition` is known to be `value`; the node itself when it is no such mux. */
function armUnder(node: Node, condition: Node, value: boolean): Node {
  if (node.kind !== "mux" || node.condition !== condition) return node;
  return value ? node.whenTrue : node.whenFalse;
}

/** A known condition, an inverted one, equal arms, an arm that asks the same condition again, arms that are the condition. */
export function foldMux(node: MuxNode): Node {
  const { condition, whenTrue, whenFalse } = node;
  if (condition.kind === "constant") return condition.value === 1n ? whenTrue : whenFalse;
  if (whenTrue === whenFalse) return whenTrue;
  if (whenTrue.kind === "constant" && whenFalse.kind === "constant" && whenTrue.value === whenFalse.value)
    return whenTrue;
  if (condition.kind === "not") return mux(condition.operand, whenFalse, whenTrue, node);
  const [ifTrue, ifFalse] = [armUnder(whenTrue, condition, true), armUnder(whenFalse, condition, false)];
  if (ifTrue !== whenTrue || ifFalse !== whenFalse) return mux(condition, ifTrue, ifFalse, node);
  if (node.width === 1) {
    if (isOnes(whenTrue) && isZero(whenFalse)) return withSign(condition, node.signed, node);
    if (isZero(whenTrue) && isOnes(whenFalse)) return withSign(not(condition, node), node.signed, node);
  }
  return node;
}
