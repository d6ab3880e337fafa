import { captureSource } from "../diagnostics/index.ts";
import { constant as constantNode, mux as muxNode } from "../ir/index.ts";
import { type BundleFields, describeType, sameType, type Wider } from "../types/index.ts";
import type { Refused } from "./accepted.ts";
import { Bits } from "./bits.ts";
import { Bundle, type BundleSignal } from "./bundle.ts";
import { coerceTo, type Literal, operandNode } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { Enum, type EnumValue, enumSignal } from "./enum.ts";
import { SInt, signalFrom, UInt, uintOf } from "./integers.ts";
import { nodeOf } from "./value.ts";
import { Vec } from "./vec.ts";
import { type Condition, conditionNode } from "./when.ts";
import { widened } from "./widen.ts";

/** Any signal, a vector of them, or a bundle. */
type Selectable = UInt | SInt | Enum | Vec<unknown> | Bundle;

/** What may be an arm: a signal, a number, or the name of a member. */
type Arm = Selectable | Literal | string;

/** Why two arms do not go together. */
type Mismatch<A, B> = [A | B] extends [Literal]
  ? "one arm needs a width of its own: write it as constant(uint(4), 5)"
  : Extract<A | B, Enum> extends never
    ? [A | B] extends [UInt | SInt | Literal]
      ? "both arms need the same sign: toSint(), asSint(), asUint() and abs() convert by name"
      : "both arms need the same type"
    : "an enumeration goes with its own members and signals: asUint() gives the number of one";

/** `condition ? whenTrue : whenFalse`; the narrower arm is extended, a literal takes the other arm's type. */
export function mux<A extends number, B extends number>(
  condition: Condition,
  whenTrue: UInt<A>,
  whenFalse: UInt<B>,
): UInt<Wider<A, B>>;
export function mux<A extends number>(condition: Condition, whenTrue: UInt<A>, whenFalse: Literal): UInt<A>;
export function mux<B extends number>(condition: Condition, whenTrue: Literal, whenFalse: UInt<B>): UInt<B>;
export function mux<A extends number, B extends number>(
  condition: Condition,
  whenTrue: SInt<A>,
  whenFalse: SInt<B>,
): SInt<Wider<A, B>>;
export function mux<A extends number>(condition: Condition, whenTrue: SInt<A>, whenFalse: Literal): SInt<A>;
export function mux<B extends number>(condition: Condition, whenTrue: Literal, whenFalse: SInt<B>): SInt<B>;
export function mux<T>(condition: Condition, whenTrue: Vec<T>, whenFalse: Vec<T>): Vec<T>;
export function mux<F extends BundleFields>(
  condition: Condition,
  whenTrue: Bundle<F>,
  whenFalse: Bundle<NoInfer<F>>,
): BundleSignal<F>;
export function mux<N extends string, M extends string>(
  condition: Condition,
  whenTrue: Enum<N, M>,
  whenFalse: EnumValue<N, NoInfer<M>>,
): Enum<N, M>;
export function mux<N extends string, M extends string>(
  condition: Condition,
  whenTrue: NoInfer<M>,
  whenFalse: Enum<N, M>,
): Enum<N, M>;
// Of all these the editor shows the last one where none fits: what it refuses says why.
export function mux<A, B>(condition: Condition, whenTrue: A, whenFalse: B & Refused<Mismatch<A, B>>): never;
export function mux(condition: Condition, whenTrue: Arm, whenFalse: Arm): Selectable {
  const context = requireContext("mux()");
  if (whenTrue instanceof Enum || whenFalse instanceof Enum) return muxEnum(condition, whenTrue, whenFalse);
  if (whenTrue instanceof Vec || whenFalse instanceof Vec) return muxVec(condition, whenTrue, whenFalse);
  if (whenTrue instanceof Bundle || whenFalse instanceof Bundle) return muxBundle(condition, whenTrue, whenFalse);
  if (!(whenTrue instanceof Bits) && !(whenFalse instanceof Bits)) {
    context.report(
      "LS0110",
      "both arms of mux() are literals, so it has no width",
      "write one as constant(uint(4), 5)",
    );
    return uintOf(constantNode(0n, 1, false), context);
  }
  const like = whenTrue instanceof UInt || whenTrue instanceof SInt ? whenTrue : (whenFalse as UInt | SInt);
  const source = captureSource(mux);
  const test = conditionNode(condition, "mux()");
  const literal =
    !(whenTrue instanceof UInt || whenTrue instanceof SInt) ||
    !(whenFalse instanceof UInt || whenFalse instanceof SInt);
  const width = literal ? like.width : Math.max((whenTrue as UInt).width, (whenFalse as UInt).width);
  const arm = (input: UInt | SInt | Literal) => {
    if (!(input instanceof UInt || input instanceof SInt))
      return coerceTo(input, width, like.signed, "the arm of mux()");
    return widened(operandNode(input, like.signed, "mux()"), width, { source });
  };
  return signalFrom(
    muxNode(test, arm(whenTrue as UInt | Literal), arm(whenFalse as UInt | Literal), { source }),
    context,
  );
}

function muxEnum(condition: Condition, whenTrue: Arm, whenFalse: Arm): Enum {
  const context = requireContext("mux()");
  const { type } = whenTrue instanceof Enum ? whenTrue : (whenFalse as Enum);
  const [a, b] = [whenTrue, whenFalse].map((arm) => nodeOf(enumSignal(type, arm as string, "an arm of mux()")));
  const node = muxNode(conditionNode(condition, "mux()"), a!, b!, { source: captureSource() });
  return new Enum(type, { kind: "node", node, context });
}

function muxVec(condition: Condition, whenTrue: Arm, whenFalse: Arm): Vec<unknown> {
  const context = requireContext("mux()");
  if (!(whenTrue instanceof Vec) || !(whenFalse instanceof Vec) || whenTrue.length !== whenFalse.length) {
    context.report(
      "LS0108",
      "the arms of mux() are vectors of different lengths",
      "both arms need the same number of elements",
    );
    return whenTrue instanceof Vec ? whenTrue : (whenFalse as Vec<unknown>);
  }
  return new Vec(whenTrue.map((element, i) => mux(condition, element as UInt, whenFalse.at(i) as UInt)));
}

function muxBundle(condition: Condition, whenTrue: Arm, whenFalse: Arm): Bundle {
  const both = whenTrue instanceof Bundle && whenFalse instanceof Bundle ? ([whenTrue, whenFalse] as const) : undefined;
  if (!both || !sameType(Bundle.typeOf(both[0]), Bundle.typeOf(both[1]))) {
    requireContext("mux()").report(
      "LS0112",
      both
        ? `the arms of mux() are ${describeType(Bundle.typeOf(both[0]))} and ${describeType(Bundle.typeOf(both[1]))}`
        : "one arm of mux() is a bundle and the other is not",
      "both arms need the same type",
    );
    return whenTrue instanceof Bundle ? whenTrue : (whenFalse as Bundle);
  }
  const type = Bundle.typeOf(both[0]);
  const fields = Object.keys(type.fields).map((name) => {
    const [a, b] = both.map((bundle) => Bundle.fieldOf(bundle, name) as UInt);
    return [name, mux(condition, a!, b!)];
  });
  return new Bundle(type, Object.fromEntries(fields));
}
