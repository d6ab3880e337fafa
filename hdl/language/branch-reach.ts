import { linesOf, type Source } from "../diagnostics/index.ts";
import { type ConstantNode, isLeaf, type Node, sameNode } from "../ir/index.ts";
import type { ModuleContext } from "./context.ts";
import type { Chain, Scope } from "./scope.ts";

/** What is known of a condition where a block is reached, and the place that says so. */
interface Fact {
  readonly node: Node;
  readonly holds: boolean;
  readonly source: Source | undefined;
}

/** What a condition always is in its place, and where that was decided. */
interface Verdict {
  readonly holds: boolean;
  readonly source: Source | undefined;
}

/** A fact in its parts: of a conjunction that holds both sides hold, of a disjunction that does not neither does. */
function partsOf(fact: Fact): Fact[] {
  const { node, holds, source } = fact;
  if (node.kind === "not") return partsOf({ node: node.operand, holds: !holds, source });
  if (node.kind === "bitwise" && node.operator === (holds ? "and" : "or"))
    return [node.left, node.right].flatMap((side) => partsOf({ node: side, holds, source }));
  return [fact];
}

/** All that holds where the next branch of a statement would be reached. */
function factsAt(chain: Chain): Fact[] {
  const facts: Fact[] = [];
  const note = ({ conditions, sources }: Chain, until: number): void => {
    for (let i = 0; i < Math.min(until, conditions.length); i++)
      facts.push(...partsOf({ node: conditions[i]!, holds: false, source: sources?.[i] }));
  };
  note(chain, chain.conditions.length);
  for (let scope: Scope = chain.outer; scope.parent; scope = scope.parent.outer) {
    const { parent, branch } = scope;
    note(parent, branch);
    const own = parent.conditions[branch];
    if (own) facts.push(...partsOf({ node: own, holds: true, source: parent.sources?.[branch] }));
  }
  return facts;
}

/** `x == 3` in its parts, for a comparison of a signal with a constant; `ne` is its opposite. */
function equality(
  node: Node,
): { readonly subject: Node; readonly value: ConstantNode; readonly equal: boolean } | undefined {
  if (node.kind !== "compare" || (node.operator !== "eq" && node.operator !== "ne")) return undefined;
  if (node.right.kind !== "constant") return undefined;
  return { subject: node.left, value: node.right, equal: node.operator === "eq" };
}

/** What one fact says of a condition. */
function byFact(node: Node, fact: Fact): boolean | undefined {
  if (sameNode(node, fact.node)) return fact.holds;
  const [asked, known] = [equality(node), equality(fact.node)];
  if (!asked || !known || !sameNode(asked.subject, known.subject)) return undefined;
  const isEqual = known.equal === fact.holds;
  if (asked.value.value === known.value.value) return isEqual === asked.equal;
  // A signal that is one number is no other one; of one that is not a number nothing more is known.
  return isEqual ? !asked.equal : undefined;
}

/** What a condition always is, by all that is known; undefined when it depends. */
function decided(node: Node, facts: readonly Fact[]): Verdict | undefined {
  if (node.kind === "not") {
    const inner = decided(node.operand, facts);
    return inner && { ...inner, holds: !inner.holds };
  }
  if (node.kind === "bitwise" && node.operator !== "xor") {
    const strong = node.operator === "or";
    const sides = [decided(node.left, facts), decided(node.right, facts)];
    const winner = sides.find((side) => side?.holds === strong);
    if (winner) return winner;
    if (sides[0] && sides[1]) return sides[1];
  }
  for (const fact of facts) {
    const holds = byFact(node, fact);
    if (holds !== undefined) return { holds, source: fact.source };
  }
  return undefined;
}

const lineOf = ({ location }: Source): string => (location ? `${location.file}:${location.line}` : "");

/**
 * The place of a condition that is written where its `when` stands, as in `when(a.eq(3), …)`; for others that of the
 * `when`. An `allow()` around the condition is known by it.
 */
function placeOf(node: Node, source: Source): Source {
  return !isLeaf(node) && node.source && lineOf(node.source) === lineOf(source) ? node.source : source;
}

/**
 * Whether the user's code has the statement at that place. Where it is a helper of the library that is called there, the
 * user knows nothing of its branches, and what is given to it may well leave some of them out.
 */
function isUsers({ location }: Source): boolean {
  const text = location && linesOf(location.file)[location.line - 1];
  return text === undefined || /^(?:when|elsewhen|otherwise)\b/.test(text.slice(location!.column - 1));
}

/**
 * Whether a constant is written where the condition stands, as in `when(constant(bit, 1), …)`. One that comes from
 * elsewhere, such as an enable that nobody gave, is what makes a module fit its parameters.
 */
function isWrittenAt(node: Node, source: Source): boolean {
  const [made, used] = [node.source?.location, source.location];
  return made !== undefined && made.file === used?.file && (made.line === used.line || made.line === used.line + 1);
}

/**
 * Warns (LS0131) when the next branch of a `when` can never be reached, or always is by a constant written there. Returns
 * the place of the condition when it always holds, so that no further branch of the statement is reached.
 */
export function checkReach(context: ModuleContext, chain: Chain, node: Node, source: Source): Source | undefined {
  if (node.kind === "constant") {
    if (isWrittenAt(node, source) && isUsers(source)) {
      context.report(
        "LS0131",
        `the condition is always ${node.value}: the branch is ${node.value === 0n ? "never" : "always"} reached`,
        "for what is known when the design is built use JavaScript's if",
        { places: [{ source: node.source!, note: "decided here" }] },
      );
    }
    return undefined;
  }
  const verdict = decided(node, factsAt(chain));
  if (verdict === undefined) return undefined;
  if (verdict.holds) return source;
  if (!isUsers(source)) return undefined;
  context.report(
    "LS0131",
    "this branch is never reached: its condition cannot be 1 here",
    "take it out, or correct the condition",
    {
      places: [
        { source: placeOf(node, source), note: "never reached" },
        ...(verdict.source ? [{ source: verdict.source, note: "decided by this condition" }] : []),
      ],
    },
  );
  return undefined;
}

/** Warns (LS0131) of a branch that follows one whose condition always holds there. */
export function reportCovered(context: ModuleContext, source: Source, always: Source): void {
  if (!isUsers(source)) return;
  context.report(
    "LS0131",
    "this branch is never reached: an earlier one always is",
    "take it out, or correct the earlier condition",
    {
      places: [
        { source, note: "never reached" },
        { source: always, note: "its condition is always 1 here" },
      ],
    },
  );
}
