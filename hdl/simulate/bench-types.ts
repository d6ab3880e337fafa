import type { PortType } from "../language/index.ts";
import type {
  BundleFields,
  BundleType,
  DataType,
  EnumType,
  FlippedType,
  From,
  SIntType,
  UIntType,
  VecType,
} from "../types/index.ts";

/** What may be given to an input: a number, true or false for 1 and 0, or the elements of a vector, nested or flat, element 0 first. */
export type Stimulus = number | bigint | boolean | ArrayLike<number> | readonly Stimulus[];

/** Which fields of a bundle are meant: those that flow with it, or the flipped ones. */
type Flow = "with" | "against";
type Other<D extends Flow> = D extends "with" ? "against" : "with";

/** Whether a type, or a field, has a scalar that flows that way. */
type Flows<T, D extends Flow> =
  T extends FlippedType<infer U>
    ? Flows<U, Other<D>>
    : T extends BundleType<infer F>
      ? true extends { [K in keyof F]: Flows<F[K], D> }[keyof F]
        ? true
        : false
      : T extends VecType<infer E>
        ? Flows<E, D>
        : D extends "with"
          ? true
          : false;

/** The fields of a bundle that have something flowing that way. */
type KeysOf<F extends BundleFields, D extends Flow> = {
  [K in keyof F]: Flows<F[K], D> extends true ? K : never;
}[keyof F];

/** Whether a type is a bundle or a vector of them. */
type HoldsBundle<T> = T extends VecType<infer E> ? HoldsBundle<E> : T extends BundleType ? true : false;

/** Whether a type is an enumeration or a vector of them. */
type HoldsEnum<T> = T extends VecType<infer E> ? HoldsEnum<E> : T extends EnumType ? true : false;

/** What a bench drives of a type: the name of a member for an enumeration (or any number), a record for a bundle, an array of records for a vector of bundles. */
export type StimulusOf<T, D extends Flow = "with"> =
  T extends FlippedType<infer U>
    ? StimulusOf<U, Other<D>>
    : T extends BundleType<infer F>
      ? { [K in KeysOf<F, D>]: StimulusOf<F[K], D> }
      : T extends VecType<infer E>
        ? HoldsBundle<E> extends true
          ? StimulusOf<E, D>[]
          : HoldsEnum<E> extends true
            ? readonly StimulusOf<E, D>[]
            : Stimulus
        : T extends EnumType<string, infer M>
          ? M | number
          : Stimulus;

/** A scalar as `N`; where a number cannot hold it, what to do. */
type ScalarOf<W extends number, N> = number extends W
  ? N
  : 53 extends (W extends keyof From ? From[W] : never)
    ? N
    : N extends number
      ? "more than 53 bits: read bench.outBig"
      : N;

/** What a bench reads of a type, with `N` for a scalar: a member's name (with `bigint` its number) for an enumeration, arrays for vectors, records for bundles. */
export type ReadingOf<T, N, D extends Flow = "with"> =
  T extends FlippedType<infer U>
    ? ReadingOf<U, N, Other<D>>
    : T extends EnumType<string, infer M>
      ? N extends number
        ? M
        : N
      : T extends UIntType<infer W> | SIntType<infer W>
        ? ScalarOf<W, N>
        : T extends BundleType<infer F>
          ? { readonly [K in KeysOf<F, D>]: ReadingOf<F[K], N, D> }
          : T extends VecType<infer E>
            ? ReadingOf<E, N, D>[]
            : never;

type DrivenBy<P> =
  PortType<P, "input"> extends infer T extends DataType
    ? Flows<T, "with"> extends true
      ? StimulusOf<T>
      : never
    : PortType<P, "output"> extends infer T extends DataType
      ? Flows<T, "against"> extends true
        ? StimulusOf<T, "against">
        : never
      : P extends readonly unknown[]
        ? [DrivenBy<P[number]>] extends [never]
          ? never
          : { -readonly [I in keyof P]: DrivenBy<P[I]> }
        : never;

type ReadFrom<P, N> =
  PortType<P, "output"> extends infer T extends DataType
    ? Flows<T, "with"> extends true
      ? ReadingOf<T, N>
      : never
    : PortType<P, "input"> extends infer T extends DataType
      ? Flows<T, "against"> extends true
        ? ReadingOf<T, N, "against">
        : never
      : P extends readonly unknown[]
        ? [ReadFrom<P[number], N>] extends [never]
          ? never
          : { readonly [I in keyof P]: ReadFrom<P[I], N> }
        : never;

/** What a bench drives of a module, by field: inputs, and the flipped fields of outputs. */
export type InputsOf<M> = {
  -readonly [K in keyof M as [DrivenBy<NonNullable<M[K]>>] extends [never] ? never : K]-?: DrivenBy<NonNullable<M[K]>>;
};

/** What a bench reads of a module, by field, with `N` for a scalar: outputs, and the flipped fields of inputs. */
export type OutputsOf<M, N> = {
  readonly [K in keyof M as [ReadFrom<NonNullable<M[K]>, N>] extends [never] ? never : K]-?: ReadFrom<
    NonNullable<M[K]>,
    N
  >;
};
