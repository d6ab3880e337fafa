import type { FewBits } from "./literal-widths.ts";
import type { From, Successor, UpTo } from "./width-tables.ts";

// What an operator's result has is looked up and not decided by a condition: of an index the checker can tell at once how
// it varies with W, of a condition it cannot, and then compares two signals method by method and width by width.

/** Any width gives some width: what holds for widths beyond the tables and for those that are only a `number`. */
interface AnyWidth {
  readonly [width: number]: number;
}

interface AnyPair {
  readonly [width: number]: AnyWidth;
}

type GrownTable = AnyWidth & Successor & { readonly 0: 1 };

/** W + 1. */
export type Grown<W extends number> = GrownTable[W];

type WiderRow<A extends keyof From> = AnyWidth & { readonly [B in keyof From]: A extends From[B] ? A : B };
type WiderTable = AnyPair & { readonly [A in keyof From]: WiderRow<A> };

/** The larger of two widths. */
export type Wider<A extends number, B extends number> = WiderTable[A][B];

/** The widths that are not below any of a union: function parameters are intersected. */
type NotBelow<W extends number> = (W extends keyof From ? (bits: From[W]) => void : never) extends (
  bits: infer I extends number,
) => void
  ? I
  : never;

/** The widest of a union of widths; `number` when one of them is only a `number` or beyond the tables. */
export type Widest<W extends number> = number extends W ? number : [W] extends [keyof From] ? W & NotBelow<W> : number;

type Counted<N extends number, T extends unknown[] = []> = T["length"] extends N ? T : Counted<N, [...T, unknown]>;

type SumRow<A extends number> = AnyWidth & { readonly 0: A } & {
  readonly [B in keyof From]: [...Counted<A>, ...Counted<B>]["length"] & number;
};
type SumTable = AnyPair & { readonly [A in keyof From]: SumRow<A> };

/** A + B. */
export type Joined<A extends number, B extends number> = SumTable[A][B];

type DifferenceRow<A extends number> = AnyWidth & { readonly 0: A } & {
  readonly [B in keyof From]: Counted<A> extends [...Counted<B>, ...infer Rest] ? Rest["length"] & number : number;
};
type DifferenceTable = AnyPair & { readonly 0: AnyWidth & { readonly 0: 0 } } & {
  readonly [A in keyof From]: DifferenceRow<A>;
};

/** A − B; any number where that is below 0. */
export type Less<A extends number, B extends number> = DifferenceTable[A][B];

type RoundedRow<A extends number> = AnyWidth & { readonly 0: A } & {
  readonly [N in keyof From]: Grown<Less<A, N>>;
};
type RoundedTable = AnyPair & { readonly [A in keyof From]: RoundedRow<A> };

/** W − N + 1, or W for N = 0: what is left of W bits when N of them are dropped and the rest is rounded. */
export type Rounded<W extends number, N extends number> = RoundedTable[W][N];

/** N times W bits, counted. */
type Repeated<
  W extends number,
  N extends number,
  Done extends unknown[] = [],
  Bits extends unknown[] = [],
> = Done["length"] extends N ? Bits["length"] & number : Repeated<W, N, [...Done, unknown], [...Bits, ...Counted<W>]>;

type ProductRow<W extends number> = AnyWidth & { readonly [N in UpTo[64]]: Repeated<W, N> };
type ProductTable = AnyPair & { readonly [W in keyof From]: ProductRow<W> };

/** W · N, for N up to 64. */
export type Product<W extends number, N extends number> = ProductTable[W][N];

type NarrowerRow<A extends keyof From> = AnyWidth & { readonly [B in keyof From]: A extends From[B] ? B : A };
type NarrowerTable = AnyPair & { readonly [A in keyof From]: NarrowerRow<A> };

/** The smaller of two widths. */
export type Narrower<A extends number, B extends number> = NarrowerTable[A][B];

type PowerTable = AnyWidth & {
  readonly 1: 2;
  readonly 2: 4;
  readonly 3: 8;
  readonly 4: 16;
  readonly 5: 32;
  readonly 6: 64;
  readonly 7: 128;
};

/** 2^W: the values that W bits can have. */
export type PowerOfTwo<W extends number> = PowerTable[W];

type PlaceTable = AnyWidth & UpTo;

/** The widths that fit into a place of W bits; any, when W is not known. */
export type RoomFor<W extends number> = PlaceTable[W];

/** A width that is only a `number` fits everywhere: `never` does. */
interface Unchecked {
  readonly [width: number]: never;
}

type Parsed<K> = K extends `${infer W extends number}` ? W : never;
type KnownTable = Unchecked & { readonly [K in keyof FewBits & `${number}`]: Parsed<K> };

/** W as what has to fit into a place, up to 1023; never, which fits everywhere, for a width that is not known. */
export type Taking<W extends number> = KnownTable[W];

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
export type SpanWidth<H extends number, L extends number> = Grown<Less<H, L>>;
