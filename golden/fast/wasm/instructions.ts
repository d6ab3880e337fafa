import { type Code, signed, unsigned } from "./encode.ts";

/** Instructions without immediates, by their names in the WebAssembly specification. */
const plain = {
  "i32.eqz": [0x45],
  "i32.lt_u": [0x49],
  "i32.add": [0x6a],
  "i32.sub": [0x6b],
  "i32.mul": [0x6c],
  "i32.and": [0x71],
  "i32.or": [0x72],
  "i32.shl": [0x74],
  "f32.lt": [0x5d],
  "f64.eq": [0x61],
  "f64.lt": [0x63],
  "f64.le": [0x65],
  "f64.add": [0xa0],
  "f64.sub": [0xa1],
  "f64.mul": [0xa2],
  "f64.div": [0xa3],
  "f64.min": [0xa4],
  "f64.max": [0xa5],
  "f32.max": [0x97],
  "f32.demote_f64": [0xb6],
  "f64.convert_i32_u": [0xb8],
  "f64.promote_f32": [0xbb],
  "i32.reinterpret_f32": [0xbc],
  "f32.reinterpret_i32": [0xbe],
  "i8x16.narrow_i16x8_s": [0xfd, 0x65],
  "i16x8.narrow_i32x4_s": [0xfd, 0x85, 0x01],
  "i32x4.add": [0xfd, 0xae, 0x01],
  "i32x4.sub": [0xfd, 0xb1, 0x01],
  "i32x4.splat": [0xfd, 0x11],
  "f32x4.splat": [0xfd, 0x13],
  "f64x2.splat": [0xfd, 0x14],
  "f32x4.gt": [0xfd, 0x44],
  "f32x4.ge": [0xfd, 0x46],
  "v128.and": [0xfd, 0x4e],
  "v128.or": [0xfd, 0x50],
  "v128.bitselect": [0xfd, 0x52],
  "f64x2.promote_low_f32x4": [0xfd, 0x5f],
  "f32x4.abs": [0xfd, 0xe0, 0x01],
  "f32x4.mul": [0xfd, 0xe6, 0x01],
  "f32x4.sub": [0xfd, 0xe5, 0x01],
  "f32x4.min": [0xfd, 0xe8, 0x01],
  "f32x4.nearest": [0xfd, 0x6a],
  "i32x4.trunc_sat_f32x4_s": [0xfd, 0xf8, 0x01],
  "v128.any_true": [0xfd, 0x53],
  "f32x4.max": [0xfd, 0xe9, 0x01],
  "f64x2.nearest": [0xfd, 0x94, 0x01],
  "f64x2.add": [0xfd, 0xf0, 0x01],
  "f64x2.mul": [0xfd, 0xf2, 0x01],
  "f64x2.div": [0xfd, 0xf3, 0x01],
  "f64x2.min": [0xfd, 0xf4, 0x01],
  "f64x2.max": [0xfd, 0xf5, 0x01],
  "i32x4.trunc_sat_f64x2_s_zero": [0xfd, 0xfc, 0x01],
  "i32x4.shr_u": [0xfd, 0xad, 0x01],
} as const satisfies Record<string, Code>;

/** Instructions with an address, and the power of two that they are aligned to. */
const memory = {
  "i32.store": [[0x36], 2],
  "f32.load": [[0x2a], 2],
  "f64.load": [[0x2b], 3],
  "f64.store": [[0x39], 3],
  "f32.store": [[0x38], 2],
  "v128.load": [[0xfd, 0x00], 4],
  "v128.store": [[0xfd, 0x0b], 4],
} as const satisfies Record<string, readonly [Code, number]>;

/** An instruction after its operands. */
export function op(name: keyof typeof plain, ...operands: readonly Code[]): Code {
  return [...operands.flat(), ...plain[name]];
}

/** A load or store: the address, then what is stored, with a constant offset in bytes. */
export function access(name: keyof typeof memory, offset: number, ...operands: readonly Code[]): Code {
  const [code, align] = memory[name];
  return [...operands.flat(), ...code, ...unsigned(align), ...unsigned(offset)];
}

/** Stores the low eight bytes of a vector. */
export function storeLow64(offset: number, address: Code, value: Code): Code {
  return [...address, ...value, 0xfd, 0x5b, 3, ...unsigned(offset), 0];
}

/** A 32-bit constant. */
export function i32(value: number): Code {
  return [0x41, ...signed(value)];
}

/** A double-precision constant. */
export function f64(value: number): Code {
  return [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];
}

/** Four single-precision lanes of one constant. */
export function f32x4(value: number): Code {
  const bytes = [...new Uint8Array(Float32Array.of(value).buffer)];
  return [0xfd, 0x0c, ...bytes, ...bytes, ...bytes, ...bytes];
}

/** Picks 16 bytes out of the 32 of two vectors. */
export function shuffle(a: Code, b: Code, bytes: readonly number[]): Code {
  return [...a, ...b, 0xfd, 0x0d, ...bytes];
}

/** One lane of a vector as a number. */
export function lane(kind: "i32x4" | "f32x4" | "f64x2", index: number, vector: Code): Code {
  const code = { i32x4: 0x1b, f32x4: 0x1f, f64x2: 0x21 }[kind];
  return [...vector, 0xfd, code, index];
}

/** Runs the body while the condition holds, tested before each turn. */
export function loopWhile(condition: Code, ...body: readonly Code[]): Code {
  return [0x02, 0x40, 0x03, 0x40, ...op("i32.eqz", condition), 0x0d, 1, ...body.flat(), 0x0c, 0, 0x0b, 0x0b];
}

/** Runs the body, and again while the condition holds. */
export function doWhile(condition: Code, ...body: readonly Code[]): Code {
  return [0x03, 0x40, ...body.flat(), ...condition, 0x0d, 0, 0x0b];
}

/** Runs one of two bodies. */
export function when(condition: Code, then: readonly Code[], otherwise: readonly Code[] = []): Code {
  const rest = otherwise.length === 0 ? [] : [0x05, ...otherwise.flat()];
  return [...condition, 0x04, 0x40, ...then.flat(), ...rest, 0x0b];
}
