import { type BundleFields, bundle, type DataType, sameType } from "../types/index.ts";
import type { Refused } from "./accepted.ts";
import { Bundle, type BundleSignal } from "./bundle.ts";
import { Enum } from "./enum.ts";
import { SInt, UInt } from "./integers.ts";
import { checkType } from "./signal-of.ts";
import { noTypeOfItsOwn, type TypeFor, typeOf } from "./type-of.ts";
import { Vec } from "./vec.ts";

/** One less: the checker gives up on types that go on without end. */
type Less = readonly [never, 0, 1, 2, 3];

/**
 * What a record of signals is as a bundle, and an array of them as a vector; a signal is what it is. `D` is how deep
 * records and arrays are looked into.
 */
export type Bundled<S, D extends number = 4> = [D] extends [never]
  ? S
  : 0 extends 1 & S
    ? S
    : S extends { readonly value: unknown }
      ? S
      : S extends readonly (infer E)[]
        ? Vec<Bundled<E, Less[D]>>
        : S extends object
          ? BundleOf<{ readonly [K in keyof S as K & string]: TypeFor<Bundled<S[K], Less[D]>> }>
          : S;

type BundleOf<F> = F extends BundleFields ? BundleSignal<F> : never;

/** Says in the editor which part of a value has no type of its own. */
export type Typed<S, D extends number = 4> = [D] extends [never]
  ? unknown
  : S extends number | bigint | boolean | string
    ? Refused<"a number or a name has no type of its own here: write it as constant(uint(4), 5)">
    : S extends { readonly value: unknown }
      ? unknown
      : S extends readonly (infer E)[]
        ? readonly Typed<E, Less[D]>[]
        : S extends object
          ? { readonly [K in keyof S as K & string]: Typed<S[K], Less[D]> }
          : unknown;

/**
 * A bundle made of its fields: `bundleOf({ kind, byte })`. A field may be a record or an array itself. What has no type of
 * its own, a number, is refused (LS0119).
 */
export function bundleOf<const S extends Readonly<Record<string, unknown>>>(fields: S & Typed<S>): Bundled<S> {
  return bundled(fields as S, "bundleOf()");
}

/** A value as a signal, a vector or a bundle: a record of signals becomes a bundle, an array of them a vector. */
export function bundled<S>(value: S, what: string): Bundled<S> {
  return asSignal(value, what) as Bundled<S>;
}

function asSignal(value: unknown, what: string): unknown {
  if ([UInt, SInt, Enum, Vec, Bundle].some((signal) => value instanceof signal)) return value;
  if (Array.isArray(value)) {
    const elements = value.map((element, i) => asSignal(element, `element ${i} of ${what}`));
    const types: DataType[] = elements.map((element) => typeOf(element));
    const other = types.findIndex((type) => !sameType(type, types[0]!));
    if (types.length > 0 && other < 0) return new Vec(elements);
    return noTypeOfItsOwn(types.length === 0 ? what : `${what}, whose elements 0 and ${other} differ in type,`, value);
  }
  if (typeof value !== "object" || value === null) return noTypeOfItsOwn(what, value);
  const fields = Object.entries(value).map(([name, field]) => [name, asSignal(field, `field \`${name}\` of ${what}`)]);
  const types = fields.map(([name, field]) => [name, typeOf(field)]);
  const type = bundle(Object.fromEntries(types));
  checkType(type, what);
  return new Bundle(type, Object.fromEntries(fields));
}
