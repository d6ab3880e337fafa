import type { Diagnostic } from "../diagnostics/index.ts";
import type { Design } from "../ir/index.ts";
import { checkCombinationalLoops } from "./combinational-loop.ts";
import { checkNames } from "./names.ts";
import { checkUnread } from "./unread.ts";

/** Every check of a finished netlist; the complaints of all of them together. */
export function checkDesign(design: Design): Diagnostic[] {
  return [...checkNames(design), ...checkCombinationalLoops(design), ...checkUnread(design)];
}
