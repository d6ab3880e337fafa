import type { FieldAccess, RegisterDeclarations } from "./declaration.ts";

/** A field in its place. */
export interface FieldLayout {
  readonly name: string;
  /** The highest and the lowest bit of the word. */
  readonly high: number;
  readonly low: number;
  /** Bits: high − low + 1. */
  readonly width: number;
  readonly access: FieldAccess;
  /** The value after reset; 0 for fields that store nothing. */
  readonly reset: bigint;
  readonly description: string;
  /** Whether hardware changes an `rw` field too. */
  readonly hardwareWrites: boolean;
}

/** A register in its place. */
export interface RegisterLayout {
  readonly name: string;
  /** Bytes from the start of the map. */
  readonly offset: number;
  readonly description: string;
  /** From the lowest bit to the highest. */
  readonly fields: readonly FieldLayout[];
  /** The whole word after reset. */
  readonly reset: bigint;
}

/** Names for the type checker alone; nothing stands behind them when the program runs. */
declare const declarations: unique symbol;

/** A register map without faults. Plain data: the hardware and every document are made from it. */
export interface RegisterMap<R extends RegisterDeclarations = RegisterDeclarations> {
  readonly [declarations]?: R;
  readonly name: string;
  readonly description: string;
  /** Bits of a word. */
  readonly dataBits: number;
  /** Bits of a byte address that reaches every register, and at least two words. */
  readonly addressBits: number;
  /** In the order of their offsets. */
  readonly registers: readonly RegisterLayout[];
}

/** `0x1c`: a number in hexadecimal, with at least `digits` digits. */
export function hexadecimal(value: number | bigint, digits = 2): string {
  return `0x${value.toString(16).padStart(digits, "0")}`;
}

/** `3`, or `15:8`: the bits of a field. */
export function bitsOf({ high, low }: Pick<FieldLayout, "high" | "low">): string {
  return high === low ? `${high}` : `${high}:${low}`;
}

/** The bits of a field, in place: ones from `high` to `low`. */
export function maskOf({ width, low }: Pick<FieldLayout, "width" | "low">): bigint {
  return ((1n << BigInt(width)) - 1n) << BigInt(low);
}
