import type { Source } from "../diagnostics/index.ts";
import { currentContext, type ModuleContext } from "./context.ts";
import { bitsText, type Segment } from "./driven-bits.ts";
import type { Chain, Scope } from "./scope.ts";
import type { Assignment, Target } from "./target.ts";

const hint = "write the branches as one statement: when(…, …).elsewhen(…, …).otherwise(…)";

/** Complains (LS0130) of a branch that cannot follow: after `otherwise`, or in another block than its `when`. */
export function checkBranch(
  context: ModuleContext,
  chain: Chain,
  word: "elsewhen" | "otherwise",
  source: Source,
  otherwise: Source | undefined,
): void {
  if (otherwise !== undefined) {
    const problem = word === "otherwise" ? "a second otherwise()" : "elsewhen() after otherwise()";
    context.report("LS0130", `${problem}: no case is left for it`, hint, {
      places: [
        { source, note: "never reached" },
        { source: otherwise, note: "takes all that is left" },
      ],
    });
  } else if (currentContext() !== context || context.scope !== chain.outer) {
    context.report("LS0130", `${word}() stands in another block than its when()`, hint, {
      places: [
        { source, note: "continued here" },
        ...(chain.sources?.[0] ? [{ source: chain.sources[0], note: "begun here" }] : []),
      ],
    });
  }
}

/** The assignment that stands between a branch and the branches before it, for each that has one. */
function interrupted(assignments: readonly Assignment[]): [Assignment, Assignment][] {
  const found: [Assignment, Assignment][] = [];
  const placed = new Set<Chain>();
  // What stands last in each block so far: an assignment, and the statement of that block that holds it.
  const last = new Map<Scope, { readonly assignment: Assignment; readonly chain: Chain | undefined }>();
  for (const assignment of assignments) {
    last.set(assignment.scope, { assignment, chain: undefined });
    for (let chain = assignment.scope.parent; chain; chain = chain.outer.parent) {
      const before = last.get(chain.outer);
      if (before && before.chain !== chain && placed.has(chain)) found.push([assignment, before.assignment]);
      placed.add(chain);
      last.set(chain.outer, { assignment, chain });
    }
  }
  return found;
}

/**
 * Complains (LS0130) of branches that were added to a `when` after other statements had driven the same bits: the whole
 * statement stands where it begins, so the one that is written last would not win.
 */
export function checkOrder(target: Target, segments: readonly Segment[]): void {
  const told = new Set<Assignment>();
  for (const { assignments, high, low } of segments) {
    if (assignments.length < 3) continue;
    for (const [late, between] of interrupted(assignments)) {
      if (told.has(late)) continue;
      told.add(late);
      const bits = high - low + 1 === target.width ? "" : `${bitsText(high, low)} of `;
      target.context.report("LS0130", `${bits}\`${target.name}\` is driven between the branches of a when()`, hint, {
        signal: target.name,
        places: [
          { source: late.source, note: "driven by a later branch of an earlier when()" },
          { source: between.source, note: "driven in between" },
        ],
      });
    }
  }
}
