import type { Expression, Identifier, IfStatement, Literal, Select, Statement } from "./ast.ts";
import { printExpression } from "./print-expression.ts";

/** What a `case` asks about. */
type Subject = Identifier | Select;

/** A value that a thing may have: a number, or the name of a constant. */
type Label = Identifier | Literal;

/** A chain of `if` that asks one thing for its value: what a person writes as `case`. */
export interface CaseForm {
  readonly subject: Subject;
  readonly arms: readonly { readonly labels: readonly Label[]; readonly body: readonly Statement[] }[];
  /** What happens for all other values; empty for nothing. */
  readonly rest: readonly Statement[];
  /** The one value that has no arm, where there is one: the member of the enumeration or the number. */
  readonly last: string | undefined;
}

/** A wider thing has more values than anyone lists. */
const widestListed = 10;

const widthOf = (subject: Subject): number =>
  subject.kind === "select" ? subject.high - subject.low + 1 : subject.symbol.width;

/** The bits of a label as a number. */
function bitsOf(label: Label): bigint {
  const { width } = label.kind === "literal" ? label : label.symbol;
  return BigInt.asUintN(width, label.kind === "literal" ? label.value : label.symbol.constant!.value);
}

function lastValue(subject: Subject, labels: readonly Label[]): string | undefined {
  const values = new Set(labels.map(bitsOf));
  const [first] = labels;
  if (first?.kind === "identifier") {
    const others = [...first.symbol.constant!.enumeration.members].filter(([, value]) => !values.has(value));
    return others.length === 1 ? others[0]![0] : undefined;
  }
  const width = widthOf(subject);
  if (width > widestListed || values.size !== 2 ** width - 1) return undefined;
  let missing = 0n;
  while (values.has(missing)) missing++;
  const { signed } = first!;
  return printExpression({ ...first!, value: signed ? BigInt.asIntN(width, missing) : missing });
}

interface Test {
  readonly subject: Subject;
  readonly labels: readonly Label[];
  readonly equal: boolean;
}

function sameSubject(one: Subject, other: Subject): boolean {
  if (one.symbol !== other.symbol || one.kind !== other.kind) return false;
  return one.kind === "identifier" || (other.kind === "select" && one.high === other.high && one.low === other.low);
}

/** `state == STATE_IDLE`, `code == 3'd5` or `!=`, or several of the first kind joined by `|`. */
function testOf(condition: Expression): Test | undefined {
  if (condition.kind !== "binary") return undefined;
  const { operator, left, right } = condition;
  if (operator === "|") {
    const [one, other] = [testOf(left), testOf(right)];
    if (!one?.equal || !other?.equal || !sameSubject(one.subject, other.subject)) return undefined;
    return { ...one, labels: [...one.labels, ...other.labels] };
  }
  if (operator !== "==" && operator !== "!=") return undefined;
  if (left.kind !== "identifier" && left.kind !== "select") return undefined;
  const isLabel = right.kind === "literal" || (right.kind === "identifier" && right.symbol.constant !== undefined);
  return isLabel ? { subject: left, labels: [right], equal: operator === "==" } : undefined;
}

/** The form of a statement that asks one thing, at least twice, whether it has a certain value; undefined for any other. */
export function caseOf(statement: IfStatement): CaseForm | undefined {
  const arms: { labels: readonly Label[]; body: readonly Statement[] }[] = [];
  const values = new Set<bigint>();
  let subject: Subject | undefined;
  let rest: readonly Statement[] = [statement];
  for (;;) {
    const [only, ...others] = rest;
    if (only?.kind !== "if" || others.length > 0) break;
    const test = testOf(only.condition);
    if (!test || widthOf(test.subject) === 1) break;
    const { labels } = test;
    if ((subject && !sameSubject(test.subject, subject)) || labels.some((label) => values.has(bitsOf(label)))) break;
    // `x != A` with an `else` is not written by the lowering; it would be an arm for A as well.
    const [body, next] = test.equal ? [only.whenTrue, only.whenFalse] : [only.whenFalse, only.whenTrue];
    subject = test.subject;
    for (const label of labels) values.add(bitsOf(label));
    arms.push({ labels, body });
    rest = next;
  }
  if (subject === undefined || arms.length < 2) return undefined;
  return {
    subject,
    arms,
    rest,
    last: lastValue(
      subject,
      arms.flatMap(({ labels }) => labels),
    ),
  };
}

/** Whether statements do nothing when a thing has the value that a condition excludes, as they ask for others alone. */
export function excludes(statements: readonly Statement[], condition: Expression): boolean {
  const excluded = testOf(condition);
  if (!excluded || excluded.equal) return false;
  const values = new Set(excluded.labels.map(bitsOf));
  for (let rest = statements; rest.length > 0; ) {
    const [only, ...others] = rest;
    if (only?.kind !== "if" || others.length > 0) return false;
    const test = testOf(only.condition);
    if (!test?.equal || !sameSubject(test.subject, excluded.subject)) return false;
    if (test.labels.some((label) => values.has(bitsOf(label)))) return false;
    rest = only.whenFalse;
  }
  return true;
}
