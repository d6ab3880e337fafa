import { beforeAll, describe, expect, test } from "vitest";
import { bitsFor } from "../hdl/types/index.ts";
import { complaintsAbout } from "./testing/type-checker.ts";

const upTo = (least: number, most: number): bigint[] =>
  Array.from({ length: most - least + 1 }, (_, i) => BigInt(least + i));
const powers = upTo(10, 63).map((k) => 1n << k);

/** A literal of the program: a bigint where a number would not be exact. */
const literal = (value: bigint): string => (Number.isSafeInteger(Number(value)) ? `${value}` : `${value}n`);

/** The large literals whose widths the checker knows. */
const large = [...powers, ...powers.map((power) => 2n * power - 1n)];

const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128];
const pairs = sizes.flatMap((a) => sizes.map((b) => [a, b] as const));

/** Each table by name: the types that are looked up, and the width that each must be. */
const tables: readonly (readonly [string, readonly (readonly [lookup: string, width: number])[]])[] = [
  [
    "bits of a number of 0 or more",
    [...upTo(0, 1023), ...large].map((n) => [`UnsignedBits<${literal(n)}>`, bitsFor(n, false)]),
  ],
  ["bits of a bigint", upTo(0, 40).map((n) => [`UnsignedBits<${n}n>`, bitsFor(n, false)])],
  [
    "bits of a number with a sign",
    [...upTo(-1024, 1023), ...large, ...powers.map((power) => -power)].map((n) => [
      `SignedBits<${literal(n)}>`,
      bitsFor(n, true),
    ]),
  ],
  [
    "bits of a remainder",
    [...upTo(1, 1024), ...powers].map((n) => [`BitsBelow<${literal(n)}>`, bitsFor(n - 1n, false)]),
  ],
  ["one more", sizes.map((w) => [`Grown<${w}>`, w + 1])],
  ["the larger", pairs.map(([a, b]) => [`Wider<${a}, ${b}>`, Math.max(a, b)])],
  ["the smaller", pairs.map(([a, b]) => [`Narrower<${a}, ${b}>`, Math.min(a, b)])],
  ["the sum", pairs.map(([a, b]) => [`Joined<${a}, ${b}>`, a + b])],
  ["the difference", pairs.filter(([a, b]) => a >= b).map(([a, b]) => [`Less<${a}, ${b}>`, a - b])],
  ["the product", pairs.filter(([a, b]) => b <= 64 && a * b <= 4096).map(([a, b]) => [`Product<${a}, ${b}>`, a * b])],
  ["bits kept by a rounding", pairs.filter(([a, b]) => a > b).map(([a, b]) => [`Rounded<${a}, ${b}>`, a - b + 1])],
  [
    "the bits from one number to another",
    pairs.filter(([a, b]) => a >= b).map(([a, b]) => [`SpanWidth<${a - 1}, ${b - 1}>`, a - b + 1]),
  ],
  ["the values of a width", upTo(1, 7).map((w) => [`PowerOfTwo<${w}>`, 2 ** Number(w)])],
  ["the widest", pairs.map(([a, b]) => [`Widest<${a} | ${b}>`, Math.max(a, b)])],
];

const names = [...new Set(tables.flatMap(([, entries]) => entries.map(([lookup]) => /^\w+/.exec(lookup)![0])))];
const before = `
import type { ${names.join(", ")} } from "../../hdl/types/index.ts";
declare function same<A>(): <B>(...right: [A] extends [B] ? ([B] extends [A] ? [] : [never]) : [never]) => void;
`;

/** Lookups that must stay a `number`, which is left to the elaboration. */
const open = [
  "UnsignedBits<number>",
  "UnsignedBits<bigint>",
  "UnsignedBits<1025>",
  "UnsignedBits<1.5>",
  "SignedBits<number>",
  "SignedBits<-1025>",
  "BitsBelow<0>",
  "Grown<number>",
  "Grown<129>",
  "Wider<8, number>",
  "Joined<8, 129>",
  "Less<4, 8>",
  "Less<8, number>",
  "Product<8, 65>",
  "Rounded<8, 9>",
  "SpanWidth<2000, 0>",
  "PowerOfTwo<8>",
];

const statements = [
  ...tables.map(([, entries]) => {
    const [lookups, widths] = [entries.map(([lookup]) => lookup), entries.map(([, width]) => width)];
    return `same<[${lookups.join(", ")}]>()<[${widths.join(", ")}]>();`;
  }),
  ...open.map((lookup) => `same<[${lookup}]>()<[number]>();`),
];
let said: readonly (string | undefined)[] = [];

beforeAll(() => {
  said = complaintsAbout(before, [...statements, "same<[Grown<8>]>()<[10]>();"], "");
}, 60_000);

describe("widths as the type checker looks them up", () => {
  test.each(tables.map(([name, entries], i) => [name, entries.length, i] as const))("%s, %i entries", (_n, _e, i) => {
    expect(said[i]).toBeUndefined();
  });

  test.each(open.map((lookup, i) => [lookup, tables.length + i] as const))("%s is left open", (_lookup, i) => {
    expect(said[i]).toBeUndefined();
  });

  test("a wrong one would be noticed", () => {
    expect(said.at(-1)).toBe("Expected 1 arguments, but got 0.");
  });
});
