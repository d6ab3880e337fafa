import { captureSource } from "../diagnostics/index.ts";
import type { ScalarType } from "../types/index.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { checkedLeaves, type SignalOf, scalarSignal } from "./signal-of.ts";

/** A literal with a type of its own, for places where no signal gives it a width: `cat(constant(uint(4), 5), x)`. */
export function constant<T extends ScalarType>(type: T, value: Literal): SignalOf<T> {
  const context = requireContext("constant()");
  checkedLeaves(type, "this constant");
  const node = coerceTo(value, type.width, type.kind === "sint", "the constant");
  const named = Object.freeze({ ...node, source: captureSource() });
  return scalarSignal(type, { kind: "node", node: named, context }) as SignalOf<T>;
}
