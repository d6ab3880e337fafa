import { captureSource } from "../diagnostics/index.ts";
import { extend, type Node, type Origin, valueRange } from "../ir/index.ts";
import { requireContext } from "./context.ts";
import type { Target } from "./target.ts";

/** Whether a node is some upper bits of another, as a shift to the right leaves them. */
function isShifted(node: Node): boolean {
  return node.kind === "cast" ? isShifted(node.operand) : node.kind === "slice" && node.low > 0;
}

/** Whether a value is seen never to be negative; `max(0)` makes one of any. */
function isNeverNegative(node: Node): boolean {
  if (valueRange(node).min >= 0n) return true;
  if (node.kind !== "mux" || node.condition.kind !== "compare" || node.condition.operator !== "gt") return false;
  const [first, second] = [inner(node.whenTrue), inner(node.whenFalse)];
  const { left, right } = node.condition;
  return left === first && right === second && (isNeverNegative(first) || isNeverNegative(second));
}

/** What an extension extends. */
const inner = (node: Node): Node => (node.kind === "extend" ? node.operand : node);

/**
 * Warns (LS0124) when the bits of a signed value, read as unsigned, meet something of `width` bits that is wider: zeros
 * come in above the sign. Not where no operand can be negative.
 */
export function checkReinterpreted(node: Node, width: number, target?: Target): void {
  if (node.width >= width || node.kind !== "cast") return;
  const context = requireContext("an operator");
  if (!context.readAsUnsigned.has(node) || isNeverNegative(node.operand)) return;
  const { source } = node;
  const used = captureSource();
  const line = ({ location }: typeof used): string => `${location?.file}:${location?.line}`;
  context.report(
    "LS0124",
    `a signed value of ${node.width} bits is read as unsigned and then extended to ${width} bits: zeros come in above its sign`,
    `keep the sign: .extend(${width}).asUint()${isShifted(node.operand) ? ", or shift by shiftRightKeep()" : ""}; for zeros say .asUint().extend(${width})`,
    {
      signal: target?.name,
      places: [
        { source: source ?? used, note: "read as unsigned here" },
        ...(source && line(source) !== line(used) ? [{ source: used, note: "extended here" }] : []),
        ...(target ? [{ source: target.source, note: "declared here" }] : []),
      ],
    },
  );
}

/** A node in at least `width` bits, for a use that extends what is narrower without being told. */
export function widened(node: Node, width: number, origin: Origin, target?: Target): Node {
  if (node.width >= width) return node;
  checkReinterpreted(node, width, target);
  return extend(node, width, origin);
}
