import { type Node, operandsOf } from "./node.ts";

/** Nodes looked at before two expressions count as different: conditions that a person repeats are short. */
const mostNodes = 64;

/** What an operator or leaf is by itself: all that its fields say but operands, place and name. */
function sameShape(a: Node, b: Node): boolean {
  if (a.kind !== b.kind) return false;
  const other = b as unknown as Readonly<Record<string, unknown>>;
  return Object.entries(a).every(
    ([key, value]) => key === "source" || key === "label" || typeof value === "object" || other[key] === value,
  );
}

/**
 * Whether two nodes are the same expression over the same signals, and so always have the same value. Looks at short
 * expressions only: of long ones it says no unless they are one object.
 */
export function sameNode(left: Node, right: Node): boolean {
  let seen = 0;
  const same = (a: Node, b: Node): boolean => {
    if (a === b) return true;
    if (++seen > mostNodes || !sameShape(a, b)) return false;
    const others = operandsOf(b);
    const operands = operandsOf(a);
    return operands.length === others.length && operands.every((operand, i) => same(operand, others[i]!));
  };
  return same(left, right);
}
