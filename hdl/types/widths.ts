import type { From, Successor, UpTo } from "./width-tables.ts";

/** Whether the checker knows the width: a literal inside its tables. */
type Known<W extends number> = number extends W ? false : W extends keyof From ? true : false;

// What an operator's result has is looked up and not decided by a condition: of an index the checker can tell at once how
// it varies with W, of a condition it cannot, and then compares two signals method by method and width by width.

/** Any width gives some width: what holds for widths beyond the tables and for those that are only a `number`. */
interface AnyWidth {
  readonly [width: number]: number;
}

interface AnyPair {
  readonly [width: number]: AnyWidth;
}

type GrownTable = AnyWidth & Successor;

/** W + 1. */
export type Grown<W extends number> = GrownTable[W];

type WiderRow<A extends keyof From> = AnyWidth & { readonly [B in keyof From]: A extends From[B] ? A : B };
type WiderTable = AnyPair & { readonly [A in keyof From]: WiderRow<A> };

/** The larger of two widths. */
export type Wider<A extends number, B extends number> = WiderTable[A][B];

type Counted<N extends number, T extends unknown[] = []> = T["length"] extends N ? T : Counted<N, [...T, unknown]>;

type SumRow<A extends number> = AnyWidth & {
  readonly [B in keyof From]: [...Counted<A>, ...Counted<B>]["length"] & number;
};
type SumTable = AnyPair & { readonly [A in keyof From]: SumRow<A> };

/** A + B. */
export type Joined<A extends number, B extends number> = SumTable[A][B];

/** The widths that fit into a place of W bits. Anything, when W is not known. */
export type RoomFor<W extends number> = Known<W> extends true ? UpTo[W & keyof UpTo] : never;

type CountTable = AnyWidth & {
  readonly [W in keyof From]: W extends From[128]
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
};

/** ⌈log2 (W + 1)⌉: the bits of a count from 0 to W. */
export type CountWidth<W extends number> = CountTable[W];

type IndexTable = AnyWidth & {
  readonly [W in keyof From]: W extends From[65]
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
};

/** ⌈log2 W⌉, at least 1: the bits of an index into W places. */
export type IndexWidth<W extends number> = IndexTable[W];

/** H − L + 1: the bits from number H down to number L. */
export type SpanWidth<H extends number, L extends number> = number extends H | L
  ? number
  : Counted<H> extends [...Counted<L>, ...infer Rest]
    ? [...Rest, unknown]["length"] & number
    : number;
