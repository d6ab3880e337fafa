import { type BundleType, bit, bundle, type FlippedType, flipped, type UIntType, uint } from "../../types/index.ts";

/** The fields of a register bus as seen from the bus front, which sends the accesses. */
export type RegisterBusType = BundleType<{
  readonly write: BundleType<{
    readonly valid: UIntType<1>;
    readonly word: UIntType<number>;
    readonly data: UIntType<number>;
    readonly strobe: UIntType<number>;
    readonly missing: FlippedType<UIntType<1>>;
  }>;
  readonly read: BundleType<{
    readonly valid: UIntType<1>;
    readonly word: UIntType<number>;
    readonly data: FlippedType<UIntType<number>>;
    readonly missing: FlippedType<UIntType<1>>;
  }>;
}>;

/**
 * What a bus front says to registers: an access is done in the one cycle in which `valid` is 1. `word` is the number of
 * the word, `strobe` one bit per byte that is written; `missing` comes back as 1 where there is no register, and the word
 * that is read in the same cycle as `data`.
 */
export function registerBus(wordBits: number, dataBits: number): RegisterBusType {
  return bundle({
    write: bundle({
      valid: bit,
      word: uint(wordBits),
      data: uint(dataBits),
      strobe: uint(dataBits / 8),
      missing: flipped(bit),
    }),
    read: bundle({
      valid: bit,
      word: uint(wordBits),
      data: flipped(uint(dataBits)),
      missing: flipped(bit),
    }),
  });
}
