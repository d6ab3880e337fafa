import type { ModuleNetlist, Node, RegisterDefinition } from "../ir/index.ts";
import { caseTestOf } from "./case-test.ts";
import { elementSteps } from "./element-steps.ts";
import { givenName } from "./given-name.ts";
import { MergedSteps } from "./merged-steps.ts";
import { type RegisterArray, RegisterArrays } from "./register-array.ts";
import { forEachStepRead, type Step } from "./register-step.ts";
import { StepFinder, withoutCasts } from "./step-finder.ts";
import type { Uses } from "./uses.ts";

/** The registers of one `always` block, and what happens to them at the edge of their clock. */
export interface RegisterBlock {
  readonly registers: readonly RegisterDefinition[];
  readonly steps: readonly Step[];
}

/** The blocks of a module's registers. */
export interface RegisterPlan {
  readonly blocks: readonly RegisterBlock[];
  /** How often a condition is an arm of a `case`, where its text stands by itself. */
  armsOf(condition: Node): number;
  /** Conditions with a name that several registers ask for, though it is written once: the reader is to see the name. */
  readonly named: ReadonlySet<Node>;
  /** Vectors of registers that are arrays. */
  readonly arrays: RegisterArrays;
}

/** What the blocks read, the same node as often as it is written. */
export function readsOf(blocks: readonly RegisterBlock[]): Node[] {
  const reads: Node[] = [];
  for (const { steps } of blocks) forEachStepRead(steps, (node) => reads.push(node));
  return reads;
}

/** The steps of one register; of one whose bits are driven in parts, those of each part. */
function stepsOf(register: RegisterDefinition, uses: Uses): readonly Step[] {
  const { next, node, source } = register;
  const whole = new StepFinder(register, { high: node.width - 1, low: 0 }, uses);
  const root = withoutCasts(next);
  if (root.kind !== "concat" || root.source !== source || uses.countOf(root) !== 1) return whole.find(next);
  let low = 0;
  let keeps = false;
  const merged = new MergedSteps();
  for (const part of [...root.parts].reverse()) {
    const finder = new StepFinder(register, { high: low + part.width - 1, low }, uses);
    low += part.width;
    const steps = finder.isOwn(withoutCasts(part)) ? [] : finder.find(part);
    keeps ||= steps.length !== 1 || steps[0]!.kind !== "assign";
    merged.add(steps);
  }
  const steps = keeps ? merged.steps() : [];
  return steps.length > 0 ? steps : whole.find(next);
}

/** A block that others may still join. */
interface Draft {
  readonly registers: RegisterDefinition[];
  readonly merged: MergedSteps;
}

/** Calls `visit` for every condition, and says whether it is an arm of a `case`. */
function forEachCondition(
  steps: readonly Step[],
  visit: (condition: Node, isArm: boolean) => void,
  before?: Node | string,
): void {
  for (const step of steps) {
    if (step.kind !== "choice") continue;
    const { condition, whenTrue, whenFalse } = step;
    const subject = caseTestOf(condition);
    const next = whenFalse.length === 1 ? whenFalse[0] : undefined;
    const goesOn = next?.kind === "choice" && caseTestOf(next.condition) === subject;
    const isArm = subject !== undefined && (subject === before || goesOn);
    visit(condition, isArm);
    forEachCondition(whenTrue, visit);
    forEachCondition(whenFalse, visit, isArm && whenFalse.length === 1 ? subject : undefined);
  }
}

/**
 * Divides the registers of a module into `always` blocks. Those of one declaration share one, and so do others of the same
 * clock domain that change under the same conditions: all of them reset or none, and `isApart` for all or none. Registers of a
 * vector of which signals choose elements are an array where they `mayBeArray`.
 */
export function registerPlan(
  module: ModuleNetlist,
  uses: Uses,
  isApart: (register: RegisterDefinition) => boolean,
  mayBeArray: (registers: RegisterArray) => boolean,
): RegisterPlan {
  const groups = new Map<string, { registers: RegisterDefinition[]; kind: string }>();
  for (const register of module.registers) {
    if (register.latch !== undefined) continue;
    const kind = `${register.domain ?? 0} ${register.reset === undefined} ${isApart(register)}`;
    const key = `${register.group} ${kind}`;
    const group = groups.get(key);
    if (group) group.registers.push(register);
    else groups.set(key, { registers: [register], kind });
  }
  const drafts: Draft[] = [];
  const arrays: RegisterArray[] = [];
  /** The last draft of each kind whose first step is a choice by a certain condition, or by the value of a certain thing. */
  const homes = new Map<string, Map<Node | string, Draft>>();
  for (const { registers, kind } of groups.values()) {
    const merged = new MergedSteps();
    for (const register of registers) merged.add(stepsOf(register, uses));
    const single = merged.steps();
    const array = [...registers];
    const indexed = mayBeArray(array) ? elementSteps(single, array) : undefined;
    if (indexed !== undefined) arrays.push(array);
    const steps = indexed ?? single;
    const [first] = steps;
    const key = first?.kind === "choice" ? (caseTestOf(first.condition) ?? first.condition) : undefined;
    const home = key === undefined ? undefined : homes.get(kind)?.get(key);
    if (home?.merged.takes(steps)) {
      home.registers.push(...registers);
      home.merged.add(steps);
      continue;
    }
    const draft = { registers, merged: new MergedSteps() };
    draft.merged.add(steps);
    drafts.push(draft);
    if (key === undefined) continue;
    const sameKind = homes.get(kind) ?? new Map<Node | string, Draft>();
    homes.set(kind, sameKind.set(key, draft));
  }
  const arms = new Map<Node, number>();
  const named = new Set<Node>();
  const look = (condition: Node, isArm: boolean): void => {
    if (isArm) arms.set(condition, (arms.get(condition) ?? 0) + 1);
    else if (uses.countOf(condition) > 1 && givenName(condition) !== undefined) named.add(condition);
  };
  const blocks = drafts.map(({ registers, merged }): RegisterBlock => {
    const steps = merged.steps();
    forEachCondition(steps, look);
    return { registers, steps };
  });
  return { blocks, armsOf: (condition) => arms.get(condition) ?? 0, named, arrays: new RegisterArrays(arrays) };
}
