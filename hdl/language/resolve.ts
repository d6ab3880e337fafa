import { cast, concat, constant, mux, type Node, slice } from "../ir/index.ts";
import { checkOrder } from "./branch-order.ts";
import { type Resolved, type Segment, segmentsOf } from "./driven-bits.ts";
import { reportDriving } from "./report-driving.ts";
import { type Chain, isWithin, type Scope } from "./scope.ts";
import type { Assignment, Target } from "./target.ts";
import { withBits } from "./with-bits.ts";

/** What stands in one block for one target: assignments and `when` statements that hold assignments. */
type Item = { readonly assignment: Assignment } | { readonly chain: Chain };

interface Value {
  readonly node: Node | undefined;
  /** False when some path through the conditions assigns nothing. */
  readonly complete: boolean;
  /** The assignment that makes it complete without conditions, for the complaint about a second one. */
  readonly decidedBy: Assignment | undefined;
}

function itemsByScope(assignments: readonly Assignment[]): Map<Scope, Item[]> {
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
  for (const assignment of assignments) {
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

/** The bits of `value` (whose bit 0 stands at bit `base` of a target) that belong to a segment. */
function bitsOf(value: Node, base: number, { high, low }: Segment): Node {
  if (base === low && value.width === high - low + 1) return value;
  if (value.kind !== "constant") return slice(value, high - base, low - base, { source: value.source });
  const bits = BigInt.asUintN(high - low + 1, value.value >> BigInt(low - base));
  return constant(bits, high - low + 1, false, value);
}

/** The block in which a target must be driven on every path: that of its declaration, unless it is driven around it. */
function homeScope({ assignments, context, scope }: Target): Scope {
  if (!scope || assignments.some((assignment) => !isWithin(assignment.scope, scope))) return context.rootScope;
  return scope;
}

/** Turns what was assigned to a segment into one node: `when` becomes multiplexers, a later statement wins. */
function resolveSegment(target: Target, segment: Segment, initial: Node | undefined): Resolved {
  const items = itemsByScope(segment.assignments);
  const hidden: [Assignment, Assignment][] = [];
  const width = segment.high - segment.low + 1;
  /** Stands in where nothing was driven before, which is told. */
  const signed = target.signed && width === target.width;
  const nothing = constant(0n, width, signed);

  /** An assignment in a `when` statement; none of an element that a signal names, which one of its own may override. */
  const someIn = (chain: Chain): Assignment | undefined => {
    if (chain.selects) return undefined;
    for (const scope of branchesOf(chain, items).values()) {
      for (const item of items.get(scope)!) {
        const found = "assignment" in item ? item.assignment : someIn(item.chain);
        if (found) return found;
      }
    }
    return undefined;
  };

  const resolveScope = (scope: Scope, incoming: Value): Value => {
    let value = incoming;
    // An assignment under a condition, which one behind the whole statement would hide.
    let conditional: Assignment | undefined;
    for (const item of items.get(scope) ?? []) {
      if ("assignment" in item) {
        const { assignment } = item;
        if (assignment.at !== undefined) {
          // What is driven here depends on a signal, so this neither completes a value nor hides one.
          value = { ...value, node: withBits(value.node ?? nothing, assignment, segment) };
          continue;
        }
        const earlier = value.decidedBy !== incoming.decidedBy ? value.decidedBy : undefined;
        const inVain = earlier ?? conditional;
        if (inVain) hidden.push([assignment, inVain]);
        conditional = undefined;
        const bits = bitsOf(assignment.value, assignment.low, segment);
        // All bits of a signed target may be driven as bits.
        const node = bits.signed === signed ? bits : cast(bits, signed, { source: assignment.source });
        value = { node, complete: true, decidedBy: assignment };
      } else {
        value = resolveChain(item.chain, value);
        conditional ??= someIn(item.chain);
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
  const { node, complete } = resolveScope(homeScope(target), start);
  return { segment, node, complete, hidden };
}

/**
 * Turns all that was assigned to a target into one node. `initial` is the value where nothing is assigned (a register's
 * own output); a combinational target has none and must be assigned on every path (LS0202). Bits are looked at one by
 * one: those that nothing drives are reported (LS0201, LS0206), and an assignment that a later one makes void on every
 * path (LS0203).
 */
export function resolveTarget(target: Target, initial: Node | undefined): Node {
  const segments = segmentsOf(target);
  checkOrder(target, segments);
  const { signed } = target;
  const resolved = segments.map((segment) => {
    // A register keeps what it holds, but bits that are never given a value are forgotten ones.
    const kept = segment.assignments.length > 0 ? initial : undefined;
    return resolveSegment(target, segment, kept && bitsOf(kept, 0, segment));
  });
  reportDriving(target, resolved);
  const nodes = resolved.map(
    ({ node, segment }) => node ?? constant(0n, segment.high - segment.low + 1, segments.length === 1 && signed),
  );
  if (nodes.length === 1) return nodes[0]!;
  const joined = concat(nodes.reverse(), { source: target.source });
  return signed ? cast(joined, true, { source: target.source }) : joined;
}
