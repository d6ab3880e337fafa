import { captureSource, DesignError } from "../diagnostics/index.ts";
import type { DataType, Leaf, ScalarType, SIntType, UIntType, VecType } from "../types/index.ts";
import { leavesOf } from "../types/index.ts";
import { currentContext } from "./context.ts";
import { SInt, UInt } from "./integers.ts";
import type { Backing } from "./value.ts";
import { Vec } from "./vec.ts";

/** The signal class of a type: `UInt<8>` for `uint(8)`, `Vec<SInt<4>>` for `vec(64, sint(4))`. */
export type SignalOf<T extends DataType> =
  T extends UIntType<infer W>
    ? UInt<W>
    : T extends SIntType<infer W>
      ? SInt<W>
      : T extends VecType<infer E>
        ? Vec<SignalOf<E>>
        : never;

/** One scalar signal of a type. */
export function scalarSignal(type: ScalarType, backing: Backing): UInt | SInt {
  return type.kind === "sint" ? new SInt(type.width, backing) : new UInt(type.width, backing);
}

/** A signal of a type, made from the backings of its scalars in packing order. */
export function signalOf<T extends DataType>(type: T, backingOf: (leaf: Leaf, index: number) => Backing): SignalOf<T> {
  let index = 0;
  const build = (inner: DataType, path: readonly number[]): unknown => {
    if (inner.kind !== "vec") return scalarSignal(inner, backingOf({ path, type: inner }, index++));
    return new Vec(Array.from({ length: inner.length }, (_, i) => build(inner.element, [...path, i])));
  };
  return build(type, []) as SignalOf<T>;
}

/**
 * The scalars of a type. Complains (LS0106) about a width or length that is not a whole number of at least 1; a type
 * like that stops the module, as nothing sensible can follow.
 */
export function checkedLeaves(type: DataType, what: string): Leaf[] {
  const complain = (problem: string): never => {
    const context = currentContext();
    throw new DesignError([
      ...(context?.elaboration.diagnostics ?? []),
      {
        code: "LS0106",
        severity: "error",
        message: `${what} has ${problem}`,
        module: context?.moduleName,
        places: [{ source: captureSource() }],
        hint: "widths and lengths are whole numbers of 1 or more; leave the signal out when there is nothing in it",
      },
    ]);
  };
  for (let inner: DataType = type; ; inner = inner.element) {
    const size = inner.kind === "vec" ? inner.length : inner.width;
    if (!Number.isInteger(size) || size < 1) complain(`a ${inner.kind === "vec" ? "length" : "width"} of ${size}`);
    if (inner.kind !== "vec") break;
  }
  return leavesOf(type);
}
