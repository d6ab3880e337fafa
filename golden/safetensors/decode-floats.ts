import { type SafetensorsFloatType, safetensorsBits } from "./element-type.ts";

const littleEndianMachine = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Turns little-endian bytes into numbers, exactly: F64 into float64, the others into float32.
 * @param bytes a whole number of elements
 * @param target receives them from index `at` on
 */
export function decodeFloats(
  type: SafetensorsFloatType,
  bytes: Uint8Array,
  target: Float32Array | Float64Array,
  at: number,
): void {
  if (type === "BF16") decodeBfloat16(halves(bytes), target, at);
  else if (type === "F16") decodeFloat16(halves(bytes), target, at);
  else if (littleEndianMachine) new Uint8Array(target.buffer, target.byteOffset + at * (bits(type) / 8)).set(bytes);
  else decodeSlowly(type, bytes, target, at);
}

const bits = safetensorsBits;

function decodeSlowly(type: "F32" | "F64", bytes: Uint8Array, target: Float32Array | Float64Array, at: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = bits(type) / 8;
  for (let i = 0; i * step < bytes.length; i++) {
    target[at + i] = type === "F32" ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true);
  }
}

function halves(bytes: Uint8Array): Uint16Array {
  if (littleEndianMachine && bytes.byteOffset % 2 === 0) {
    return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  }
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => (bytes[2 * i] ?? 0) | ((bytes[2 * i + 1] ?? 0) << 8));
}

/** A bfloat16 is the upper half of a float32. */
function decodeBfloat16(halves: Uint16Array, target: Float32Array | Float64Array, at: number): void {
  const word = new Uint32Array(1);
  const float = new Float32Array(word.buffer);
  for (let i = 0; i < halves.length; i++) {
    word[0] = (halves[i] ?? 0) << 16;
    target[at + i] = float[0] ?? 0;
  }
}

/**
 * The fraction and exponent of a float16 moved into a float32 give its value divided by 2^(127 − 15), subnormals
 * included; infinities and NaN have exponent 31 instead.
 */
function decodeFloat16(halves: Uint16Array, target: Float32Array | Float64Array, at: number): void {
  const word = new Uint32Array(1);
  const float = new Float32Array(word.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] ?? 0;
    const special = (half & 0x7c00) === 0x7c00;
    word[0] = ((half & 0x8000) << 16) | ((half & 0x7fff) << 13) | (special ? 0x7f800000 : 0);
    target[at + i] = special ? (float[0] ?? 0) : (float[0] ?? 0) * 2 ** 112;
  }
}
