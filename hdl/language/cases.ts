import { captureSource, type DiagnosticCode, type Source } from "../diagnostics/index.ts";
import { compare, constant, type Node } from "../ir/index.ts";
import { membersText, rangeOf } from "../types/index.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import { describeNode } from "./describe-node.ts";
import { Enum, memberNode } from "./enum.ts";
import type { SInt, UInt } from "./integers.ts";
import { nodeOf } from "./value.ts";

/** What is wrong with the cases `K` of an enumeration: a member without a case, a case that is no member. */
type EnumCheck<M extends string, K> = {
  readonly [P in Exclude<K, M | "otherwise"> & PropertyKey]: "no member of the enumeration has this name";
} & ("otherwise" extends K ? unknown : { readonly [P in Exclude<M, K>]: unknown });

/** What is wrong with the cases of an integer: they are numbers, and `otherwise` unless every value has a case. */
type NumberCheck<K> = {
  readonly [P in Exclude<K, number | `${number}` | "otherwise"> & PropertyKey]: "a case of an integer is a number";
};

/** What the cases with the keys `K` of a signal `S` must be, for the editor: a missing member is a missing property. */
export type CasesCheck<S, K> = S extends Enum<string, infer M> ? EnumCheck<M, K> : NumberCheck<K>;

/** One case as the netlist sees it; without a condition it takes all that is left. */
export interface Case<R> {
  /** Name of the member, the number, or `otherwise`. */
  readonly name: string;
  readonly condition: Node | undefined;
  readonly content: R;
}

/** The constant that a case stands for; undefined after a complaint. */
function caseConstant(
  signal: Enum | UInt | SInt,
  name: string,
  complain: (code: DiagnosticCode, message: string, hint: string) => void,
): { value: bigint; node: Node } | undefined {
  if (signal instanceof Enum) {
    const { enumeration } = signal.type;
    if (!enumeration.members.has(name)) {
      complain(
        "LS0115",
        `case \`${name}\` is no member of ${enumeration.name}`,
        `its members are ${membersText(enumeration)}`,
      );
      return undefined;
    }
    const node = memberNode(signal.type, name, "a case");
    return { value: node.value, node };
  }
  if (!/^-?\d+$/.test(name)) {
    complain(
      "LS0103",
      `case \`${name}\` is not a whole number`,
      "the cases of an integer are numbers, and `otherwise`",
    );
    return undefined;
  }
  const value = BigInt(name);
  const { min, max } = rangeOf(signal.width, signal.signed);
  if (value < min || value > max) {
    complain(
      "LS0116",
      `case ${name} can never be reached: the signal holds ${min} to ${max}`,
      "take it out, or widen the signal",
    );
    return undefined;
  }
  return { value, node: constant(value, signal.width, signal.signed, { source: captureSource() }) };
}

/**
 * The cases of a signal in the order given, `otherwise` last. Complains about cases that are none (LS0115, LS0103), can
 * never be reached (LS0116), or are missing (LS0117). Where every case has a name, the last one takes all that is left:
 * for an enumeration also the encodings that no member has.
 */
export function casesOf<R>(signal: Enum | UInt | SInt, cases: object, what: string): Case<R>[] {
  const context: ModuleContext = requireContext(what);
  const source = captureSource();
  const complain = (code: DiagnosticCode, message: string, hint: string): void => {
    context.report(code, `${what}: ${message}`, hint, { places: [{ source }] });
  };
  const subject = nodeOf(signal);
  const given = cases as Readonly<Record<string, R>>;
  const values = new Set<bigint>();
  const found: Case<R>[] = [];
  for (const [name, content] of Object.entries(given)) {
    if (name === "otherwise") continue;
    const fixed = caseConstant(signal, name, complain);
    if (!fixed) continue;
    if (values.has(fixed.value)) {
      complain("LS0116", `case ${name} can never be reached: ${fixed.value} has one already`, "take one of them out");
      continue;
    }
    values.add(fixed.value);
    const named: Source = {
      get location() {
        return source.location;
      },
      get name() {
        const text = describeNode(context, subject);
        return /^\w+$/.test(text) ? `${text}_is_${name.replace("-", "minus_")}` : undefined;
      },
    };
    found.push({ name, content, condition: compare("eq", subject, fixed.node, { source: named }) });
  }
  const encodings = 1n << BigInt(signal.width);
  const all = BigInt(values.size) === encodings;
  if (Object.hasOwn(given, "otherwise")) {
    if (all) {
      complain("LS0116", "`otherwise` can never be reached: every value has a case", "take `otherwise` out");
    } else found.push({ name: "otherwise", content: given.otherwise!, condition: undefined });
  } else reportMissing(signal, values, encodings, complain);
  const last = found.pop();
  return last ? [...found, { ...last, condition: undefined }] : [];
}

function reportMissing(
  signal: Enum | UInt | SInt,
  values: ReadonlySet<bigint>,
  encodings: bigint,
  complain: (code: DiagnosticCode, message: string, hint: string) => void,
): void {
  if (signal instanceof Enum) {
    const { members, name } = signal.type.enumeration;
    const missing = [...members].filter(([, value]) => !values.has(value)).map(([member]) => `\`${member}\``);
    if (missing.length === 0) return;
    complain(
      "LS0117",
      `${missing.join(", ")} of ${name} ${missing.length === 1 ? "has" : "have"} no case`,
      "add the cases, or `otherwise`",
    );
    return;
  }
  if (BigInt(values.size) < encodings) {
    complain("LS0117", `${values.size} of ${encodings} values have a case`, "add `otherwise` for all others");
  }
}
