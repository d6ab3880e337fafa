import type { Diagnostic, Source } from "../diagnostics/index.ts";
import { type Design, numberNodes } from "../ir/index.ts";
import { checkClockCrossings } from "./clock-crossing.ts";
import { checkComparisons } from "./comparisons.ts";
import { checkIndexReach } from "./index-reach.ts";
import { checkLetterCase } from "./letter-case.ts";
import { checkNames } from "./names.ts";
import { readBits } from "./read-bits.ts";
import { checkUnread } from "./unread.ts";
import { checkUnusedDomains } from "./unused-domains.ts";
import { checkOutputs, checkUnusedParts } from "./unused-parts.ts";

export { checkCombinationalLoops } from "./combinational-loop.ts";

/**
 * Every check of a finished netlist but that for loops; the complaints of all of them together. `made` is where the top
 * was made, for what is told of it as a whole.
 */
export function checkDesign(design: Design, made?: Source): Diagnostic[] {
  const found = [
    ...checkNames(design),
    ...checkLetterCase(design),
    ...checkClockCrossings(design),
    ...checkUnusedDomains(design),
  ];
  for (const module of design.modules) {
    // What an external module does with its ports is its own affair, and a model may leave out what it likes.
    if (module.external) continue;
    const numbered = numberNodes(module);
    const read = readBits(module, numbered);
    found.push(
      ...checkUnread(module, read),
      ...checkUnusedParts(module, read),
      ...checkOutputs(module, design, made),
      ...checkComparisons(module, numbered),
      ...checkIndexReach(module, numbered.order),
    );
  }
  return found;
}
