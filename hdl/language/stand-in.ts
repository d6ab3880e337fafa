import { type Node, operandsOf } from "../ir/index.ts";
import type { ModuleContext } from "./context.ts";

/** How far a value is followed back: a line of code has few operators. */
const mostSteps = 5;

/**
 * Whether a value is made of one that stands for what was complained about: then its sign and width say nothing that the
 * user has not been told.
 */
export function restsOnStandIn(context: ModuleContext, node: Node, steps = mostSteps): boolean {
  if (context.standIns.has(node)) return true;
  return steps > 0 && operandsOf(node).some((operand) => restsOnStandIn(context, operand, steps - 1));
}
