import type { Diagnostic } from "../diagnostics/index.ts";
import type { Design } from "../ir/index.ts";
import { checkClockCrossings } from "./clock-crossing.ts";
import { checkNames } from "./names.ts";
import { checkUnread } from "./unread.ts";

export { checkCombinationalLoops } from "./combinational-loop.ts";

/** Every check of a finished netlist but that for loops; the complaints of all of them together. */
export function checkDesign(design: Design): Diagnostic[] {
  return [...checkNames(design), ...checkClockCrossings(design), ...checkUnread(design)];
}
