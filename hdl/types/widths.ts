import type { From, Successor } from "./width-tables.ts";

/** Whether the checker knows the width: a literal inside its tables. */
type Known<W extends number> = number extends W ? false : W extends keyof From ? true : false;

/** W + 1. */
export type Grown<W extends number> = Known<W> extends true ? Successor[W & keyof Successor] : number;

/** The larger of two widths. */
export type Wider<A extends number, B extends number> =
  Known<A> extends false ? number : Known<B> extends false ? number : A extends From[B & keyof From] ? A : B;

type Counted<N extends number, T extends unknown[] = []> = T["length"] extends N ? T : Counted<N, [...T, unknown]>;

/** A + B. */
export type Joined<A extends number, B extends number> =
  Known<A> extends false ? number : Known<B> extends false ? number : [...Counted<A>, ...Counted<B>]["length"] & number;

/** What a value of W bits fits in: a key for every width from W up. Anything, when W is not known. */
export type FitsIn<W extends number> =
  Known<W> extends true ? { readonly [N in From[W & keyof From] as `fits in ${N} bits`]: true } : never;

/** What a place with room for W bits asks of a value: that it has the key of this width. */
export type RoomFor<W extends number> =
  Known<W> extends true ? { readonly [N in W as `fits in ${N} bits`]: true } : never;

/** ⌈log2 (W + 1)⌉: the bits of a count from 0 to W. */
export type CountWidth<W extends number> =
  Known<W> extends false
    ? number
    : W extends From[128]
      ? 8
      : W extends From[64]
        ? 7
        : W extends From[32]
          ? 6
          : W extends From[16]
            ? 5
            : W extends From[8]
              ? 4
              : W extends From[4]
                ? 3
                : W extends From[2]
                  ? 2
                  : 1;

/** ⌈log2 W⌉, at least 1: the bits of an index into W places. */
export type IndexWidth<W extends number> =
  Known<W> extends false
    ? number
    : W extends From[65]
      ? 7
      : W extends From[33]
        ? 6
        : W extends From[17]
          ? 5
          : W extends From[9]
            ? 4
            : W extends From[5]
              ? 3
              : W extends From[3]
                ? 2
                : 1;

/** H − L + 1: the bits from number H down to number L. */
export type SpanWidth<H extends number, L extends number> = number extends H | L
  ? number
  : Counted<H> extends [...Counted<L>, ...infer Rest]
    ? [...Rest, unknown]["length"] & number
    : number;
