import {
  type BundleType,
  type DataType,
  type EnumType,
  type SIntType,
  sint,
  type UIntType,
  uint,
  type VecType,
  vec,
} from "../types/index.ts";
import { Bundle } from "./bundle.ts";
import { Enum } from "./enum.ts";
import { SInt, UInt } from "./integers.ts";
import { stop } from "./stop.ts";
import { Vec } from "./vec.ts";

/** The data type of a signal's class: `UIntType<8>` for `UInt<8>`. */
export type TypeFor<S> =
  S extends Enum<infer N, infer M>
    ? EnumType<N, M>
    : S extends UInt<infer W>
      ? UIntType<W>
      : S extends SInt<infer W>
        ? SIntType<W>
        : S extends Vec<infer E>
          ? VecType<TypeFor<E>>
          : S extends Bundle<infer F>
            ? BundleType<F>
            : DataType;

/** The type of a signal: for helpers that declare registers or wires like what they are given. */
export function typeOf<S>(signal: S): TypeFor<S>;
export function typeOf(signal: unknown): DataType {
  if (signal instanceof Enum) return signal.type;
  if (signal instanceof UInt) return uint(signal.width);
  if (signal instanceof SInt) return sint(signal.width);
  if (signal instanceof Bundle) return Bundle.typeOf(signal);
  if (signal instanceof Vec && signal.length > 0) return vec(signal.length, typeOf(signal.elements[0]));
  return noTypeOfItsOwn("what typeOf() is given", signal);
}

/** Refuses a value whose type cannot be worked out from itself (LS0119). */
export function noTypeOfItsOwn(what: string, value: unknown): never {
  const kind =
    typeof value === "object" || typeof value === "function" || value === undefined ? "" : `: ${String(value)}`;
  return stop(
    "LS0119",
    `${what} has no type of its own${kind}`,
    Array.isArray(value)
      ? "give an array at least one signal, and all of one type: extend() makes widths alike"
      : "give a signal, or an array or a record of signals; a number needs a width: constant(uint(4), 5)",
  );
}
