import { type Design, verifyNetlist } from "../../ir/index.ts";
import { randomNetlist } from "../../ir/testing/random-netlist.ts";
import { findDifference } from "../../ir/testing/same-behaviour.ts";

/** How many random designs, and the cycles that each runs. */
export interface MeaningOptions {
  readonly seeds: number;
  readonly cycles: number;
}

/**
 * Runs a pass on random netlists of many shapes and compares what went in with what came out, in the reference
 * interpreter. Throws with the seed and both netlists on the first difference or invalid netlist.
 */
export function checkMeaning(pass: (design: Design) => Design, { seeds, cycles }: MeaningOptions): void {
  for (let seed = 0; seed < seeds; seed++) {
    const narrow = seed % 2 === 1;
    const design = randomNetlist(seed, {
      operators: 30 + (seed % 60),
      maxWidth: narrow ? 1 + (seed % 9) : 40,
      repeatedClasses: seed % 3 === 0,
      domains: seed % 5 === 4,
    });
    const result = pass(design);
    verifyNetlist(result);
    const difference = findDifference(design, result, seed, cycles);
    if (difference !== undefined) throw new Error(difference);
  }
}
