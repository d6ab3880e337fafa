import type { StateMachineDefinition, StateTransition } from "./state-machine.ts";

/** One arrow of a state diagram. */
export interface StateEdge {
  readonly from: string;
  readonly to: string;
  /** When it is taken, in words; empty for always. */
  readonly label: string;
}

/** Whether two transitions stand in different branches of one statement, so that never both are taken. */
function exclude(one: StateTransition, other: StateTransition): boolean {
  const branches = new Map(one.branches);
  return other.branches.some(([statement, branch]) => (branches.get(statement) ?? branch) !== branch);
}

/** The opposite of a condition in words. */
export function negated(condition: string): string {
  const positive = /^not (\w+)$/.exec(condition)?.[1];
  if (positive !== undefined) return positive;
  return condition.includes(" ") ? `not (${condition})` : `not ${condition}`;
}

/** What a condition in words asks for at once, as far as it can be told without reading it as a formula. */
function termsOf(condition: string): string[] {
  if (condition === "") return [];
  if (condition.includes(" or ")) return [`(${condition})`];
  return condition.includes("(") ? [condition] : condition.split(" and ");
}

/**
 * When a transition is taken although others are written after it, of which the last wins: its own condition and none of
 * theirs. Undefined when they leave nothing of it.
 */
function labelOf(own: StateTransition, later: readonly StateTransition[]): string | undefined {
  const { condition, fullCondition } = own;
  const stronger = later.filter((other) => other.to !== own.to && !exclude(own, other));
  const against = [...new Set(stronger.map((other) => other.fullCondition))];
  if (against.includes("") || against.includes(fullCondition)) return undefined;
  if (against.length === 0) return condition;
  return [...new Set([...termsOf(fullCondition), ...against.map(negated)])].join(" and ");
}

/**
 * The arrows of a machine's diagram. A transition from whichever state is one from each; from the state that it leads to,
 * only where it keeps the machine from leaving.
 */
export function stateEdges({ enumeration, transitions }: StateMachineDefinition): StateEdge[] {
  const edges: StateEdge[] = [];
  transitions.forEach((transition, i) => {
    const { from, to } = transition;
    for (const state of from === undefined ? enumeration.members.keys() : [from]) {
      const here = (other: StateTransition): boolean => other.from === undefined || other.from === state;
      const leaves = (other: StateTransition): boolean => here(other) && other.to !== to && !exclude(other, transition);
      if (from === undefined && state === to && !transitions.slice(0, i).some(leaves)) continue;
      const label = labelOf(transition, transitions.slice(i + 1).filter(here));
      const isShown = edges.some((edge) => edge.from === state && edge.to === to && edge.label === "");
      if (label !== undefined && !isShown) edges.push({ from: state, to, label });
    }
  });
  return edges;
}
