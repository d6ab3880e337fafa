import type { DataType } from "../types/index.ts";
import type { ClockDomain } from "./clock-domain.ts";
import type { Literal } from "./coerce.ts";
import type { UInt } from "./integers.ts";
import type { ResetValue } from "./reset-value.ts";
import type { SignalOf } from "./signal-of.ts";
import type { Fitting } from "./vec.ts";
import type { Condition } from "./when.ts";

/** The rules that `ReadUnderWrite` chooses from. */
export const readUnderWriteRules = ["old", "new", "undefined"] as const;

/**
 * What a clocked read gives when the same word is written at the same clock edge: the word as it was, as it becomes, or
 * whichever the memory finds easier.
 */
export type ReadUnderWrite = (typeof readUnderWriteRules)[number];

/** What a word of a memory may be given as: a number, or nested as its type is. */
export type WordValue = Literal | ResetValue;

/** The first words of a memory: an array or a typed array of numbers or bigints, or of nested values. */
export type MemoryContents = ArrayLike<number> | ArrayLike<bigint> | readonly WordValue[];

/** What may be written to a word of a type. */
export type WordInput<T extends DataType> = Fitting<SignalOf<T>>;

/** Options of a memory. */
export interface MemoryOptions {
  /** Its name, in place of the one in the code. */
  readonly name?: string;
  /** The first words before anything is written; those behind are 0. Without it the contents are unknown until written. */
  readonly init?: MemoryContents;
  /** What clocked reads give at an address that is written at the same edge; `"old"` unless told. */
  readonly readUnderWrite?: ReadUnderWrite;
  /** Bits of the parts of a word that the mask of a write chooses from; must divide the word. 8 gives byte enables. */
  readonly granularity?: number;
  /** Why words may be read in other clock domains than they are written in (LS0304). */
  readonly crossing?: string;
}

/** Options of a clocked read. */
export interface ReadOptions {
  /** Reads at edges where this is 1; otherwise the result stays. */
  readonly enable?: Condition;
  /** The clock domain; the present one unless told. */
  readonly domain?: ClockDomain;
  /** In place of what the memory says. */
  readonly readUnderWrite?: ReadUnderWrite;
}

/** Options of a write. */
export interface WriteOptions {
  /** One bit for each part of the memory's granularity, the lowest for the lowest bits: only parts with a 1 are written. */
  readonly mask?: UInt | Literal;
  /** The clock domain; the present one unless told. */
  readonly domain?: ClockDomain;
}
