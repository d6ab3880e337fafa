import { cat, type UInt } from "../../hdl/index.ts";

/** The major opcodes of RV32I: bits 6 to 0 of an instruction. */
export const opcode = Object.freeze({
  load: 0x03,
  fence: 0x0f,
  operateImmediate: 0x13,
  auipc: 0x17,
  store: 0x23,
  operate: 0x33,
  lui: 0x37,
  branch: 0x63,
  jalr: 0x67,
  jal: 0x6f,
  system: 0x73,
});

/** The parts of a 32-bit instruction word. Which of them mean something depends on the opcode. */
export interface Instruction {
  readonly opcode: UInt<7>;
  readonly destination: UInt<5>;
  readonly function3: UInt<3>;
  readonly source1: UInt<5>;
  readonly source2: UInt<5>;
  /** Bit 30: subtraction, or a shift that keeps the sign. */
  readonly alternative: UInt<1>;
  /** The immediates of the five formats, 32 bits each; bit 31 of the word is the sign of all. */
  readonly immediate: {
    readonly i: UInt<32>;
    readonly s: UInt<32>;
    readonly b: UInt<32>;
    readonly u: UInt<32>;
    readonly j: UInt<32>;
  };
}

/** Takes an instruction word apart. */
export function decode(word: UInt<32>): Instruction {
  const field = <W extends number>(high: number, low: number) => word.slice(high, low) as UInt<W>;
  const signed = (...parts: readonly UInt[]) =>
    cat(...parts)
      .asSint()
      .extend(32)
      .asUint();
  return {
    opcode: field(6, 0),
    destination: field(11, 7),
    function3: field(14, 12),
    source1: field(19, 15),
    source2: field(24, 20),
    alternative: word.bit(30),
    immediate: {
      i: signed(word.slice(31, 20)),
      s: signed(word.slice(31, 25), word.slice(11, 7)),
      b: signed(word.bit(31), word.bit(7), word.slice(30, 25), word.slice(11, 8)).shiftLeftWrap(1),
      u: cat(word.slice(31, 12)).resize(32).shiftLeftWrap(12),
      j: signed(word.bit(31), word.slice(19, 12), word.bit(20), word.slice(30, 21)).shiftLeftWrap(1),
    },
  };
}
