import { cat, constant, type UInt } from "../language/index.ts";
import { uint } from "../types/index.ts";

/** A cyclic redundancy check in the parameters by which the catalogues describe them. */
export interface CrcAlgorithm {
  /** Bits of the check value. */
  readonly width: number;
  /** The generator polynomial without its leading term, most significant coefficient first. */
  readonly polynomial: bigint;
  /** The register before the first byte. */
  readonly initial: bigint;
  /** Whether each input word goes in least significant bit first. */
  readonly reflectInput: boolean;
  /** Whether the register is reversed before the last xor. */
  readonly reflectOutput: boolean;
  /** Xored with the register at the end. */
  readonly finalXor: bigint;
}

/** Common algorithms. Each gives its known check value for the text `123456789` (tested). */
export const crcAlgorithms = Object.freeze({
  "CRC-8": { width: 8, polynomial: 0x07n, initial: 0n, reflectInput: false, reflectOutput: false, finalXor: 0n },
  "CRC-16/IBM-3740": {
    width: 16,
    polynomial: 0x1021n,
    initial: 0xffffn,
    reflectInput: false,
    reflectOutput: false,
    finalXor: 0n,
  },
  "CRC-16/MODBUS": {
    width: 16,
    polynomial: 0x8005n,
    initial: 0xffffn,
    reflectInput: true,
    reflectOutput: true,
    finalXor: 0n,
  },
  "CRC-32": {
    width: 32,
    polynomial: 0x04c11db7n,
    initial: 0xffffffffn,
    reflectInput: true,
    reflectOutput: true,
    finalXor: 0xffffffffn,
  },
  "CRC-32C": {
    width: 32,
    polynomial: 0x1edc6f41n,
    initial: 0xffffffffn,
    reflectInput: true,
    reflectOutput: true,
    finalXor: 0xffffffffn,
  },
} satisfies Record<string, CrcAlgorithm>);

/** The register after one more word, all its bits at once: a tree of xors, no clock. */
export function crcNext(algorithm: CrcAlgorithm, state: UInt, word: UInt): UInt {
  const { width, polynomial, reflectInput } = algorithm;
  let bits: UInt<1>[] = Array.from({ length: width }, (_, i) => state.bit(i));
  for (let step = 0; step < word.width; step++) {
    const incoming = word.bit(reflectInput ? step : word.width - 1 - step);
    const feedback = bits[width - 1]!.xor(incoming);
    bits = bits.map((_, i) => {
      const shifted = i === 0 ? undefined : bits[i - 1]!;
      if (((polynomial >> BigInt(i)) & 1n) === 0n) return shifted ?? constant(uint(1), 0);
      return shifted === undefined ? feedback : shifted.xor(feedback);
    });
  }
  return cat(...bits.reverse());
}

/** The check value of a register: reversed and xored as the algorithm says. */
export function crcResult({ width, reflectOutput, finalXor }: CrcAlgorithm, state: UInt): UInt {
  const ordered = reflectOutput ? cat(...Array.from({ length: width }, (_, i) => state.bit(i))) : state;
  return finalXor === 0n ? ordered : ordered.xor(finalXor);
}
