import { type CasesCheck, casesOf } from "./cases.ts";
import { requireContext } from "./context.ts";
import type { Enum } from "./enum.ts";
import type { SInt, UInt } from "./integers.ts";
import type { Chain } from "./scope.ts";
import { branch } from "./when.ts";

/**
 * Statements by the value of a signal: `switchOn(state, { idle: () => { … }, run: () => { … } })`. Of an enumeration every
 * member has a case, or there is `otherwise`; an encoding that no member has goes to `otherwise`, else to the last case.
 * The cases of an integer are numbers: `switchOn(opcode, { 0: () => { … }, 5: () => { … }, otherwise: () => { … } })`.
 */
export function switchOn<S extends Enum | UInt | SInt, K extends PropertyKey>(
  signal: S,
  cases: Readonly<Record<K, () => void>> & CasesCheck<S, K>,
): void {
  const context = requireContext("switchOn()");
  const chain: Chain = { conditions: [], outer: context.scope, hasOtherwise: true, branches: 0 };
  for (const { condition, content } of casesOf<() => void>(signal, cases, "switchOn()")) {
    if (condition) chain.conditions.push(condition);
    branch(context, chain, content);
  }
}
