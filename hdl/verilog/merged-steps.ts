import type { Node } from "../ir/index.ts";
import { caseTestOf } from "./case-test.ts";
import { joinAssigns } from "./join-assigns.ts";
import type { ChoiceStep, Step } from "./register-step.ts";

/** A condition with what happens under it and otherwise. */
interface Choice {
  readonly kind: "choice";
  readonly condition: Node;
  readonly whenTrue: MergedSteps;
  readonly whenFalse: MergedSteps;
}

/** A thing that is asked for one value after another. */
interface Case {
  readonly kind: "case";
  /** By value; each with the condition that asks for it. */
  arms: Map<bigint, { readonly condition: Node; readonly body: MergedSteps }>;
  readonly rest: MergedSteps;
  /** The arms of the longest list that was merged into it: its order is kept. */
  longest: number;
}

/** A chain of choices by the value of one thing. */
export interface Chain {
  readonly subject: Node | string;
  readonly arms: ReadonlyMap<bigint, ChoiceStep>;
  readonly rest: readonly Step[];
}

/** The value for which an arm of a `case` asks. */
function askedValue({ condition }: ChoiceStep): bigint {
  const value = condition.kind === "compare" && condition.right.kind === "constant" && condition.right.value;
  if (typeof value !== "bigint") throw new Error("an arm that asks for no number");
  return value;
}

/** The chain that begins with a choice; undefined where that asks nothing for its value. */
export function chainOf(first: ChoiceStep): Chain | undefined {
  const subject = caseTestOf(first.condition);
  if (subject === undefined) return undefined;
  const arms = new Map<bigint, ChoiceStep>();
  let rest: readonly Step[] = [first];
  for (;;) {
    const [only, ...others] = rest;
    if (only?.kind !== "choice" || others.length > 0 || caseTestOf(only.condition) !== subject) break;
    const value = askedValue(only);
    if (arms.has(value)) break;
    arms.set(value, only);
    rest = only.whenFalse;
  }
  return { subject, arms, rest };
}

/**
 * Steps for different registers, or different bits of one, put together: what happens under the same condition stands in
 * one `if`, what happens for values of the same thing in one `case`.
 */
export class MergedSteps {
  readonly #items: (Exclude<Step, ChoiceStep> | Choice | Case)[] = [];
  /** The places of the last choice by each condition, and of the last by the value of each thing. */
  readonly #places = new Map<Node | string, number>();

  /** Whether there are no steps. */
  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Whether each of the steps is a choice that may be merged with one that is there. */
  takes(steps: readonly Step[]): boolean {
    let last = -1;
    return steps.every((step) => {
      if (step.kind !== "choice") return false;
      const found = this.#placeFor(step, chainOf(step), last);
      last = found ?? last;
      return found !== undefined;
    });
  }

  /** Adds steps, whose order stays. They change no bits that those here change. */
  add(steps: readonly Step[]): void {
    // Behind the place of a step come those that follow it.
    let last = -1;
    for (const step of steps) {
      const chain = step.kind === "choice" ? chainOf(step) : undefined;
      const found = step.kind === "choice" ? this.#placeFor(step, chain, last) : undefined;
      last = found ?? this.#items.length;
      if (step.kind !== "choice") this.#items.push(step);
      else if (chain) this.#addChain(chain, last);
      else this.#addChoice(step, last);
    }
  }

  /** The place of what a choice may be merged with, behind place `last`. */
  #placeFor({ condition }: ChoiceStep, chain: Chain | undefined, last: number): number | undefined {
    const place = this.#places.get(chain?.subject ?? condition);
    if (place === undefined || place <= last) return undefined;
    const item = this.#items[place];
    return chain === undefined || (item?.kind === "case" && isMergeable(item, chain)) ? place : undefined;
  }

  #addChoice({ condition, whenTrue, whenFalse }: ChoiceStep, place: number): void {
    let choice = this.#items[place];
    if (choice?.kind !== "choice") {
      choice = { kind: "choice", condition, whenTrue: new MergedSteps(), whenFalse: new MergedSteps() };
      this.#items[place] = choice;
      this.#places.set(condition, place);
    }
    choice.whenTrue.add(whenTrue);
    choice.whenFalse.add(whenFalse);
  }

  #addChain({ subject, arms, rest }: Chain, place: number): void {
    let target = this.#items[place];
    if (target?.kind !== "case") {
      target = { kind: "case", arms: new Map(), rest: new MergedSteps(), longest: 0 };
      this.#items[place] = target;
      this.#places.set(subject, place);
    }
    const before = target.arms;
    if (arms.size > target.longest) target.arms = new Map();
    target.longest = Math.max(target.longest, arms.size);
    for (const [value, { condition, whenTrue }] of arms) {
      const arm = before.get(value) ?? { condition, body: new MergedSteps() };
      arm.body.add(whenTrue);
      target.arms.set(value, arm);
    }
    for (const [value, arm] of before) if (!target.arms.has(value)) target.arms.set(value, arm);
    target.rest.add(rest);
  }

  /** The steps, put together. */
  steps(): readonly Step[] {
    const steps: Step[] = [];
    for (const item of this.#items) {
      if (item.kind === "case") {
        steps.push(...caseSteps(item));
      } else if (item.kind === "choice") {
        const [whenTrue, whenFalse] = [item.whenTrue.steps(), item.whenFalse.steps()];
        if (whenTrue.length + whenFalse.length > 0) {
          steps.push({ kind: "choice", condition: item.condition, whenTrue, whenFalse });
        }
      } else {
        steps.push(item);
      }
    }
    return joinAssigns(steps);
  }
}

/** Where one of two lists has a value that the other does not name, the other must do nothing for what it does not name. */
function isMergeable(known: Case, { arms, rest }: Chain): boolean {
  if (!known.rest.isEmpty && [...arms.keys()].some((value) => !known.arms.has(value))) return false;
  return rest.length === 0 || [...known.arms.keys()].every((value) => arms.has(value));
}

/** The `case` as a chain of choices, without arms that do no more than the rest, which is nothing. */
function caseSteps({ arms, rest }: Case): readonly Step[] {
  const others = rest.steps();
  const written = [...arms.values()]
    .map(({ condition, body }) => ({ condition, whenTrue: body.steps() }))
    .filter(({ whenTrue }) => whenTrue.length + others.length > 0);
  return written.reduceRight<readonly Step[]>(
    (whenFalse, arm): readonly Step[] => [{ kind: "choice", ...arm, whenFalse }],
    others,
  );
}
