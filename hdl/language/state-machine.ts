import { captureDeclaration } from "../diagnostics/index.ts";
import { mermaidText, negated, type StateMachineDefinition, type StateTransition } from "../ir/index.ts";
import type { EnumType } from "../types/index.ts";
import { casesOf } from "./cases.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import { describeNode } from "./describe-node.ts";
import type { Enum } from "./enum.ts";
import type { UInt } from "./integers.ts";
import { type RegisterOptions, register } from "./register.ts";
import type { Chain, Scope } from "./scope.ts";
import { branch } from "./when.ts";

/** Moves a state machine to a state at the next clock edge; within a `when` only under its condition. */
export type Go<M extends string> = (to: M) => void;

/**
 * Options of a state machine: the state after reset, and those of a register. Its register bears the name of the `const`,
 * or that of the enumeration.
 */
export interface StateMachineOptions<M extends string> extends Omit<RegisterOptions, "reset" | "noReset"> {
  readonly reset: M;
}

/**
 * The conditions between a block and one around it, in words: `start and count == 3`. What the branches of one statement
 * leave is `else`, or, when `full`, spelled out.
 */
function conditionText(context: ModuleContext, from: Scope, until: Scope, full: boolean): string {
  const parts: string[] = [];
  for (let scope = from; scope !== until && scope.parent; scope = scope.parent.outer) {
    const { branch } = scope;
    const texts = scope.parent.conditions.slice(0, branch + 1).map((each) => describeNode(context, each));
    const own = texts[branch];
    const isAlone = scope === from && scope.parent.outer === until;
    if (!full && isAlone && branch > 0 && own === undefined) return "else";
    parts.unshift(...texts.slice(0, branch).map(negated), ...(own === undefined ? [] : [own]));
  }
  return parts.length > 1
    ? parts.map((part) => (part.includes(" or ") && !part.startsWith("not (") ? `(${part})` : part)).join(" and ")
    : (parts[0] ?? "");
}

/** The statements between a block and the body of build(), each with the branch that holds the block. */
function branchesAround(from: Scope): [Chain, number][] {
  const found: [Chain, number][] = [];
  for (let scope = from; scope.parent; scope = scope.parent.outer) found.push([scope.parent, scope.branch]);
  return found;
}

/** A state machine over an enumeration. Made by `stateMachine()`. */
export class StateMachine<N extends string = string, M extends string = string> {
  /** The register that holds the state. */
  readonly state: Enum<N, M>;
  /** What has been described so far. @internal */
  readonly definition: StateMachineDefinition;
  readonly #transitions: StateTransition[];
  readonly #context: ModuleContext;
  /** The state whose callback runs, and its block. */
  #current: { readonly from: string; readonly scope: Scope } | undefined;

  constructor(type: EnumType<N, M>, name: string, state: Enum<N, M>, reset: M, context: ModuleContext) {
    this.state = state;
    this.#context = context;
    this.#transitions = [];
    this.definition = { name, enumeration: type.enumeration, reset, transitions: this.#transitions };
  }

  /** 1 in that state. */
  is(state: M): UInt<1> {
    return this.state.is(state);
  }

  /** 1 in one of those states. */
  isAny(...states: readonly M[]): UInt<1> {
    return this.state.isAny(...states);
  }

  /** Moves to a state at the next clock edge, from whichever state; a later assignment wins over an earlier one. */
  go(to: M): void {
    this.state.next = to;
    const context = this.#context;
    const { scope } = context;
    const within = this.#current;
    const until = within?.scope ?? context.rootScope;
    this.#transitions.push({
      from: within?.from,
      to,
      get condition() {
        return conditionText(context, scope, until, false);
      },
      get fullCondition() {
        return conditionText(context, scope, until, true);
      },
      branches: branchesAround(scope),
    });
  }

  /** The transitions as a Mermaid state diagram, as far as they have been described. */
  mermaid(): string {
    return mermaidText([this.definition]);
  }

  /** Runs the callback of a state as a branch. @internal */
  static describe(machine: StateMachine, from: string, chain: Chain, body: (go: Go<string>) => void): void {
    branch(machine.#context, chain, () => {
      const before = machine.#current;
      machine.#current = { from, scope: machine.#context.scope };
      try {
        body((to) => machine.go(to));
      } finally {
        machine.#current = before;
      }
    });
  }
}

/** Warns (LS0118) of states that no transition leads to. Runs when the module is complete. */
export function checkStates(context: ModuleContext): void {
  for (const { definition, source } of context.stateMachines) {
    const { enumeration, reset, transitions, name } = definition;
    const reached = new Set<string>([reset]);
    for (let before = -1; before !== reached.size; ) {
      before = reached.size;
      for (const { from, to } of transitions) if (from === undefined || reached.has(from)) reached.add(to);
    }
    for (const state of enumeration.members.keys()) {
      if (reached.has(state)) continue;
      const others = [
        ...new Set(transitions.flatMap(({ from, to }) => (to === state && from !== state ? [from!] : []))),
      ];
      const from = others.map((other) => `\`${other}\``).join(", ");
      context.report(
        "LS0118",
        others.length === 0
          ? `state \`${state}\` of \`${name}\` is never entered`
          : `state \`${state}\` of \`${name}\` is never entered: it is gone to from ${from} alone, never entered either`,
        others.length === 0
          ? `say where it is gone to: go("${state}"), or take it out of ${enumeration.name}`
          : `go to one of them from a state that is entered, or take them out of ${enumeration.name}`,
        { signal: name, places: [{ source }] },
      );
    }
  }
}

/**
 * A state machine: a register of the enumeration and what is to happen in each state. A callback holds statements as a
 * case of `switchOn` does, and moves on by `go`; without that the state stays. An encoding that no state has behaves like
 * the last state.
 *
 * `const state = stateMachine(State, { reset: "idle" }, { idle: (go) => { when(start, () => go("run")); }, … })`
 */
export function stateMachine<N extends string, M extends string>(
  type: EnumType<N, M>,
  options: StateMachineOptions<NoInfer<M>>,
  states: { readonly [K in NoInfer<M>]: (go: Go<M>) => void },
): StateMachine<N, M> {
  const context = requireContext("stateMachine()");
  const { source, name: found } = captureDeclaration({ name: options.name }, stateMachine);
  const given = type.enumeration.name;
  const name = found ?? `${given.charAt(0).toLowerCase()}${given.slice(1)}`;
  const state = register(type as EnumType, { ...options, name } as RegisterOptions<EnumType>) as Enum<N, M>;
  const machine = new StateMachine<N, M>(type, name, state, options.reset, context);
  context.stateMachines.push({ definition: machine.definition, source });
  const chain: Chain = { conditions: [], outer: context.scope, hasOtherwise: true, branches: 0 };
  for (const each of casesOf<(go: Go<M>) => void>(state, states, "stateMachine()")) {
    if (each.condition) chain.conditions.push(each.condition);
    StateMachine.describe(machine, each.name, chain, each.content as (go: Go<string>) => void);
  }
  return machine;
}
