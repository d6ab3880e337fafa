import { constant, mux, type Node } from "../ir/index.ts";
import type { Chain, Scope } from "./scope.ts";
import type { Assignment, Target } from "./target.ts";

/** What stands in one block for one target: assignments and `when` statements that hold assignments. */
type Item = { readonly assignment: Assignment } | { readonly chain: Chain };

interface Value {
  readonly node: Node | undefined;
  /** False when some path through the conditions assigns nothing. */
  readonly complete: boolean;
  /** The assignment that makes it complete without conditions, for the complaint about a second one. */
  readonly decidedBy: Assignment | undefined;
}

function itemsByScope(target: Target): Map<Scope, Item[]> {
  const items = new Map<Scope, Item[]>();
  const listOf = (scope: Scope): Item[] => {
    let list = items.get(scope);
    if (!list) {
      list = [];
      items.set(scope, list);
    }
    return list;
  };
  const placed = new Set<Chain>();
  // The statement that holds an assignment is listed in every block around it, at its first assignment.
  const place = (scope: Scope): void => {
    const chain = scope.parent;
    if (!chain || placed.has(chain)) return;
    placed.add(chain);
    place(chain.outer);
    listOf(chain.outer).push({ chain });
  };
  for (const assignment of target.assignments) {
    place(assignment.scope);
    listOf(assignment.scope).push({ assignment });
  }
  return items;
}

/** The branch scopes of a chain in which the target is assigned, by branch number. */
function branchesOf(chain: Chain, items: Map<Scope, Item[]>): Map<number, Scope> {
  const branches = new Map<number, Scope>();
  for (const scope of items.keys()) if (scope.parent === chain) branches.set(scope.branch, scope);
  return branches;
}

/**
 * Turns all that was assigned to a target into one node: `when` becomes multiplexers, a later statement of a block wins
 * over an earlier one. `initial` is the value where nothing is assigned (a register's own output); a combinational
 * target has none and must be assigned on every path (LS0202). An assignment that a later one makes void on every path
 * is reported (LS0203).
 */
export function resolveTarget(target: Target, initial: Node | undefined): Node {
  const { context } = target;
  const items = itemsByScope(target);

  const resolveScope = (scope: Scope, incoming: Value): Value => {
    let value = incoming;
    for (const item of items.get(scope) ?? []) {
      if ("assignment" in item) {
        const { assignment } = item;
        if (value.decidedBy && value.decidedBy !== incoming.decidedBy) {
          context.report(
            "LS0203",
            `\`${target.name}\` is driven twice: the second assignment always hides the first`,
            "drive it once, or put one of the two under a when()",
            {
              signal: target.name,
              places: [
                { source: assignment.source, note: "driven again here" },
                { source: value.decidedBy.source, note: "first driven here" },
              ],
            },
          );
        }
        value = { node: assignment.value, complete: true, decidedBy: assignment };
      } else {
        value = resolveChain(item.chain, value);
      }
    }
    return value;
  };

  const resolveChain = (chain: Chain, before: Value): Value => {
    const branches = branchesOf(chain, items);
    const branchValue = (branch: number): Value => {
      const scope = branches.get(branch);
      return scope ? resolveScope(scope, before) : before;
    };
    let complete = true;
    let first: Assignment | undefined;
    let everyBranchDecides = chain.hasOtherwise;
    const note = (value: Value): void => {
      complete &&= value.complete;
      if (value.decidedBy && value.decidedBy !== before.decidedBy) first ??= value.decidedBy;
      else everyBranchDecides = false;
    };
    let node: Node | undefined;
    for (let branch = chain.branches - 1; branch >= 0; branch--) {
      const value = branchValue(branch);
      note(value);
      const condition = chain.conditions[branch];
      if (!condition) {
        node = value.node;
        continue;
      }
      if (branch === chain.branches - 1) {
        node = before.node;
        complete &&= before.complete;
      }
      // An arm that is missing is reported once for the target; the other arm stands in so that checking can go on.
      if (value.node && node && value.node !== node) node = mux(condition, value.node, node, { source: target.source });
      else node = value.node ?? node;
    }
    return { node, complete, decidedBy: everyBranchDecides ? first : before.decidedBy };
  };

  const start: Value = { node: initial, complete: initial !== undefined, decidedBy: undefined };
  const result = resolveScope(context.rootScope, start);
  if (!result.node) {
    const verb = target.kind === "register" ? "given a next value" : "driven";
    context.report("LS0201", `${target.kind} \`${target.name}\` is never ${verb}`, hintForUndriven(target), {
      signal: target.name,
      places: [{ source: target.source, note: "declared here" }],
    });
  } else if (!result.complete) {
    context.report(
      "LS0202",
      `${target.kind} \`${target.name}\` is driven only under some conditions: it would have to remember its value`,
      "drive it before the when() as a default, or add an otherwise(); for a value that is kept, use register()",
      {
        signal: target.name,
        places: [
          { source: target.assignments[0]!.source, note: "driven here" },
          { source: target.source, note: "declared here" },
        ],
      },
    );
  }
  return result.node ?? constant(0n, target.width, target.signed);
}

function hintForUndriven(target: Target): string {
  const path = target.name.replace(/\[(\d+)\]/g, ".at($1)");
  switch (target.kind) {
    case "register":
      return `assign \`${path}.next\` in build()`;
    case "child input":
      return `assign \`${path}.value\` in build()`;
    default:
      return `assign \`${target.kind === "output" ? "this." : ""}${path}.value\` in build()`;
  }
}
