const littleEndianMachine = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A typed array of numbers as files hold them. */
export type NumberArray = Uint8Array | Uint16Array | Float32Array | Float64Array;

/** The bytes of numbers, little-endian; the same memory where the machine is little-endian too. */
export function littleEndian(data: NumberArray): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return littleEndianMachine ? bytes : swapped(bytes, data.BYTES_PER_ELEMENT);
}

/** Little-endian bytes as 16-bit numbers. */
export function asUint16(bytes: Uint8Array): Uint16Array {
  const own = littleEndianMachine ? bytes.slice() : swapped(bytes, 2);
  return new Uint16Array(own.buffer, 0, own.length / 2);
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  return Uint8Array.from(bytes, (_, i) => bytes[i - (i % size) + size - 1 - (i % size)] ?? 0);
}
