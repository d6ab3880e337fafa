import { captureSource } from "../diagnostics/index.ts";
import { constant, type Node } from "../ir/index.ts";
import type { Widest } from "../types/index.ts";
import type { Bundle } from "./bundle.ts";
import { type Case, type CasesCheck, casesOf } from "./cases.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { Enum, enumSignal } from "./enum.ts";
import { SInt, signalFrom, UInt } from "./integers.ts";
import { mux } from "./mux.ts";
import type { Vec } from "./vec.ts";

/** What `match` gives: the arms' type, for integers at the widest arm's width. */
type Matched<A> = [Exclude<A, Literal>] extends [UInt]
  ? UInt<Widest<Extract<A, UInt>["width"]>>
  : [Exclude<A, Literal>] extends [SInt]
    ? SInt<Widest<Extract<A, SInt>["width"]>>
    : [Extract<A, Enum>] extends [never]
      ? Exclude<A, Literal | string>
      : Extract<A, Enum>;

/** What is wrong with arms of both signs. */
type SignsCheck<K extends PropertyKey, A> = [Extract<A, UInt>] extends [never]
  ? unknown
  : [Extract<A, SInt>] extends [never]
    ? unknown
    : { readonly [P in K]: "all arms need the same sign: toSint(), asSint(), asUint() and abs() convert by name" };

/** What may be an arm. */
type Arm = UInt | SInt | Enum | Vec<unknown> | Bundle | Literal | string;

/** Arms that are numbers or names of members become signals of the type that the other arms have. */
function asSignals(arms: readonly Case<Arm>[]): Case<Exclude<Arm, Literal | string>>[] | undefined {
  const context = requireContext("match()");
  const contents = arms.map(({ content }) => content);
  const like = contents.find((arm) => typeof arm === "object");
  if (like === undefined) return undefined;
  const width = contents.reduce<number>(
    (most, arm) => (arm instanceof UInt || arm instanceof SInt ? Math.max(most, arm.width) : most),
    1,
  );
  return arms.map((each) => {
    const { content } = each;
    if (typeof content === "object") return { ...each, content };
    if (like instanceof Enum)
      return { ...each, content: enumSignal(like.type, content as string, "an arm of match()") };
    const signed = like instanceof SInt;
    const node = coerceTo(content as Literal, width, signed, "an arm of match()");
    return { ...each, content: signalFrom(node, context) };
  });
}

/**
 * The value that belongs to the value of a signal: `match(state, { idle: 0, run: speed })`. Cases are those of `switchOn`;
 * arms are signals of one kind, numbers, or names of members. Numbers take the type of the other arms, and narrower arms
 * are extended.
 */
export function match<S extends Enum | UInt | SInt, K extends PropertyKey, A>(
  signal: S,
  cases: Readonly<Record<K, A>> & CasesCheck<S, K> & SignsCheck<K, A>,
): Matched<A> {
  const context = requireContext("match()");
  const source = captureSource();
  const arms = asSignals(casesOf<Arm>(signal, cases, "match()"));
  const last = arms?.pop();
  if (!arms || !last) {
    context.report("LS0110", "no arm of match() is a signal, so it has no width", "write one as constant(uint(4), 5)", {
      places: [{ source }],
    });
    const none: Node = constant(0n, 1, false);
    return signalFrom(none, context) as Matched<A>;
  }
  const result = arms.reduceRight<Arm>((rest, { condition, content }) => {
    const test = new UInt<1>(1, { kind: "node", node: condition!, context });
    return mux(test, content as UInt, rest as UInt);
  }, last.content);
  return result as Matched<A>;
}
