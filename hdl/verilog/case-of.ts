import type { Expression, IfStatement, Statement, VerilogSymbol } from "./ast.ts";

/** A chain of `if` that asks one thing for its value: what a person writes as `case`. */
export interface CaseForm {
  readonly subject: VerilogSymbol;
  readonly arms: readonly { readonly label: VerilogSymbol; readonly body: readonly Statement[] }[];
  /** What happens for all other values; empty for nothing. */
  readonly rest: readonly Statement[];
  /** The one member of the enumeration that has no arm, where it is one. */
  readonly last: string | undefined;
}

function lastMember(labels: readonly VerilogSymbol[]): string | undefined {
  const values = new Set(labels.map((label) => label.constant!.value));
  const others = [...labels[0]!.constant!.enumeration.members].filter(([, value]) => !values.has(value));
  return others.length === 1 ? others[0]![0] : undefined;
}

/** `state == STATE_IDLE` or `!=`, with the name of a constant on the right. */
function testOf(condition: Expression): { subject: VerilogSymbol; label: VerilogSymbol; equal: boolean } | undefined {
  if (condition.kind !== "binary" || (condition.operator !== "==" && condition.operator !== "!=")) return undefined;
  const { left, right } = condition;
  if (left.kind !== "identifier" || right.kind !== "identifier" || right.symbol.constant === undefined)
    return undefined;
  return { subject: left.symbol, label: right.symbol, equal: condition.operator === "==" };
}

/** The form of a statement that compares one thing with named constants, at least twice; undefined for any other. */
export function caseOf(statement: IfStatement): CaseForm | undefined {
  const arms: { label: VerilogSymbol; body: readonly Statement[] }[] = [];
  const labels = new Set<VerilogSymbol>();
  let subject: VerilogSymbol | undefined;
  let rest: readonly Statement[] = [statement];
  for (;;) {
    const [only, ...others] = rest;
    if (only?.kind !== "if" || others.length > 0) break;
    const test = testOf(only.condition);
    if (!test || (subject !== undefined && test.subject !== subject) || labels.has(test.label)) break;
    // `x != A` with an `else` is not written by the lowering; it would be an arm for A as well.
    const [body, next] = test.equal ? [only.whenTrue, only.whenFalse] : [only.whenFalse, only.whenTrue];
    subject = test.subject;
    labels.add(test.label);
    arms.push({ label: test.label, body });
    rest = next;
  }
  return subject === undefined || arms.length < 2 ? undefined : { subject, arms, rest, last: lastMember([...labels]) };
}

/** Whether statements do nothing when a thing has the value that a condition excludes, as they ask for others alone. */
export function excludes(statements: readonly Statement[], condition: Expression): boolean {
  const excluded = testOf(condition);
  if (!excluded || excluded.equal) return false;
  for (let rest = statements; rest.length > 0; ) {
    const [only, ...others] = rest;
    if (only?.kind !== "if" || others.length > 0) return false;
    const test = testOf(only.condition);
    if (!test?.equal || test.subject !== excluded.subject || test.label === excluded.label) return false;
    rest = only.whenFalse;
  }
  return true;
}
