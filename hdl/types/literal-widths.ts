import type { Successor } from "./width-tables.ts";
import type { Less } from "./widths.ts";

// The bits that a number written in the program takes, as the type checker knows them: of all numbers up to 1023, and
// beyond them of powers of two and of the numbers one below, which are most of the large ones that hardware speaks of. Any
// other number is left to the elaboration. As everywhere in types, tables are looked up and nothing is counted; the key is
// the number as text, which a bigint has too.

/** Any literal takes some number of bits. */
interface AnyLiteral {
  readonly [literal: string]: number;
}

type Doubled<T extends readonly number[], Bits extends number> = [...T, ...{ [I in keyof T]: Bits }];

/** A table that begins with T and goes on with twice as many numbers for every bit more; beyond it any number. */
type BitsTable<T extends readonly number[], Bits extends number, End extends number> = Bits extends End
  ? [...T, ...number[]]
  : BitsTable<Doubled<T, Bits>, Successor[Bits & keyof Successor], End>;

/** By n from 0 to 1023: bits of n. */
export type FewBits = BitsTable<[1, 1], 2, 11>;

/** By n from 0 to 1023: bits of n with a sign, which are also those of −n − 1. */
type FewSignedBits = BitsTable<[1], 2, 12>;

/** By n from 0 to 1024: bits of −n with a sign. */
type FewNegativeBits = [1, ...FewSignedBits];

/** By n from 1 to 1024: bits of n − 1. */
type FewBitsBelow = [number, ...FewBits];

/** 2^k, which takes k + 1 bits. */
interface PowerBits {
  1024: 11;
  2048: 12;
  4096: 13;
  8192: 14;
  16384: 15;
  32768: 16;
  65536: 17;
  131072: 18;
  262144: 19;
  524288: 20;
  1048576: 21;
  2097152: 22;
  4194304: 23;
  8388608: 24;
  16777216: 25;
  33554432: 26;
  67108864: 27;
  134217728: 28;
  268435456: 29;
  536870912: 30;
  1073741824: 31;
  2147483648: 32;
  4294967296: 33;
  8589934592: 34;
  17179869184: 35;
  34359738368: 36;
  68719476736: 37;
  137438953472: 38;
  274877906944: 39;
  549755813888: 40;
  1099511627776: 41;
  2199023255552: 42;
  4398046511104: 43;
  8796093022208: 44;
  17592186044416: 45;
  35184372088832: 46;
  70368744177664: 47;
  140737488355328: 48;
  281474976710656: 49;
  562949953421312: 50;
  1125899906842624: 51;
  2251799813685248: 52;
  4503599627370496: 53;
  "9007199254740992": 54;
  "18014398509481984": 55;
  "36028797018963968": 56;
  "72057594037927936": 57;
  "144115188075855872": 58;
  "288230376151711744": 59;
  "576460752303423488": 60;
  "1152921504606846976": 61;
  "2305843009213693952": 62;
  "4611686018427387904": 63;
  "9223372036854775808": 64;
}

/** 2^k − 1, which takes k bits. */
interface MaskBits {
  2047: 11;
  4095: 12;
  8191: 13;
  16383: 14;
  32767: 15;
  65535: 16;
  131071: 17;
  262143: 18;
  524287: 19;
  1048575: 20;
  2097151: 21;
  4194303: 22;
  8388607: 23;
  16777215: 24;
  33554431: 25;
  67108863: 26;
  134217727: 27;
  268435455: 28;
  536870911: 29;
  1073741823: 30;
  2147483647: 31;
  4294967295: 32;
  8589934591: 33;
  17179869183: 34;
  34359738367: 35;
  68719476735: 36;
  137438953471: 37;
  274877906943: 38;
  549755813887: 39;
  1099511627775: 40;
  2199023255551: 41;
  4398046511103: 42;
  8796093022207: 43;
  17592186044415: 44;
  35184372088831: 45;
  70368744177663: 46;
  140737488355327: 47;
  281474976710655: 48;
  562949953421311: 49;
  1125899906842623: 50;
  2251799813685247: 51;
  4503599627370495: 52;
  9007199254740991: 53;
  "18014398509481983": 54;
  "36028797018963967": 55;
  "72057594037927935": 56;
  "144115188075855871": 57;
  "288230376151711743": 58;
  "576460752303423487": 59;
  "1152921504606846975": 60;
  "2305843009213693951": 61;
  "4611686018427387903": 62;
  "9223372036854775807": 63;
  "18446744073709551615": 64;
}

type LargeBits = PowerBits & MaskBits;

type UnsignedTable = AnyLiteral & FewBits & LargeBits;
type SignedTable = AnyLiteral & FewSignedBits & { readonly [K in keyof LargeBits]: Successor[LargeBits[K]] };
type BelowTable = AnyLiteral & FewBitsBelow & { readonly [K in keyof PowerBits]: Less<PowerBits[K], 1> };
type NegativeTable = AnyLiteral & FewNegativeBits & PowerBits;

/** The bits of a literal beside an unsigned signal: `8` for `200`. */
export type UnsignedBits<N extends number | bigint> = UnsignedTable[`${N}`];

/** The bits of the remainder of a division by a literal: of N − 1. */
export type BitsBelow<N extends number | bigint> = BelowTable[`${N}`];

/** The bits of a literal beside a signed signal, its sign among them: `9` for `200`, `1` for `-1`. */
export type SignedBits<N extends number | bigint> = `${N}` extends `-${infer Magnitude}`
  ? NegativeTable[Magnitude]
  : SignedTable[`${N}`];
