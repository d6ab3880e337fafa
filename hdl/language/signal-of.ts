import type {
  BundleType,
  DataType,
  EnumType,
  Leaf,
  Path,
  ScalarType,
  SIntType,
  UIntType,
  VecType,
} from "../types/index.ts";
import { enumerationOf, leavesOf, unflipped } from "../types/index.ts";
import { Bundle, type BundleSignal } from "./bundle.ts";
import { Enum } from "./enum.ts";
import { SInt, UInt } from "./integers.ts";
import { stop } from "./stop.ts";
import type { Backing } from "./value.ts";
import { Vec } from "./vec.ts";

/** The signal class of a type: `UInt<8>` for `uint(8)`, `Vec<SInt<4>>` for `vec(64, sint(4))`; a bundle's has its fields. */
export type SignalOf<T extends DataType> =
  T extends EnumType<infer N, infer M>
    ? Enum<N, M>
    : T extends UIntType<infer W>
      ? UInt<W>
      : T extends SIntType<infer W>
        ? SInt<W>
        : T extends VecType<infer E>
          ? Vec<SignalOf<E>>
          : T extends BundleType<infer F>
            ? BundleSignal<F>
            : never;

/** One scalar signal of a type. */
export function scalarSignal(type: ScalarType, backing: Backing): UInt | SInt | Enum {
  if (enumerationOf(type)) return new Enum(type as EnumType, backing);
  return type.kind === "sint" ? new SInt(type.width, backing) : new UInt(type.width, backing);
}

/** A signal of a type, made from the backings of its scalars in the order of `leavesOf`. */
export function signalOf<T extends DataType>(type: T, backingOf: (leaf: Leaf, index: number) => Backing): SignalOf<T> {
  let index = 0;
  const build = (inner: DataType, path: Path): unknown => {
    if (inner.kind === "vec") {
      return new Vec(Array.from({ length: inner.length }, (_, i) => build(inner.element, [...path, i])));
    }
    if (inner.kind === "bundle") {
      const fields = Object.entries(inner.fields).map(([name, field]) => [
        name,
        build(unflipped(field), [...path, name]),
      ]);
      return new Bundle(inner, Object.fromEntries(fields));
    }
    return scalarSignal(inner, backingOf({ path, type: inner }, index++));
  };
  return build(type, []) as SignalOf<T>;
}

/** What is wrong with the name of a bundle's field, if anything. */
function badField(name: string): string | undefined {
  if (name === "value" || name === "next") return "is what assigns to the whole bundle";
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(name) ? undefined : "cannot be part of a name in Verilog";
}

/**
 * Complains about a width or length that is not a whole number of at least 1 (LS0106) and about fields of bundles that
 * cannot have their name (LS0113); a type like that stops the module, as nothing sensible can follow.
 */
export function checkType(type: DataType, what: string): void {
  if (type.kind === "bundle") {
    const fields = Object.entries(type.fields);
    if (fields.length === 0) stop("LS0113", `${what} is a bundle without fields`, "leave the signal out");
    for (const [name, field] of fields) {
      const fault = badField(name);
      if (fault) stop("LS0113", `${what} has a field \`${name}\`, which ${fault}`, "give the field another name");
      checkType(unflipped(field), `${what}, field \`${name}\`,`);
    }
    return;
  }
  const size = type.kind === "vec" ? type.length : type.width;
  if (!Number.isInteger(size) || size < 1) {
    stop(
      "LS0106",
      `${what} has a ${type.kind === "vec" ? "length" : "width"} of ${size}`,
      "widths and lengths are whole numbers of 1 or more; leave the signal out when there is nothing in it",
    );
  }
  if (type.kind === "vec") checkType(type.element, what);
}

/** The scalars of a type that `checkType` finds nothing wrong with. */
export function checkedLeaves(type: DataType, what: string): Leaf[] {
  checkType(type, what);
  return leavesOf(type);
}
