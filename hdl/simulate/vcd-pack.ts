/**
 * The elements side by side as one unsigned integer, element 0 in the least significant bits; each is taken modulo
 * 2^width. Linear in the number of bits where the width is a multiple of 4.
 */
export function packElements(values: ArrayLike<number | bigint>, width: number): bigint {
  if (width % 4 === 0 && width <= 32) {
    let digits = "";
    for (let i = values.length - 1; i >= 0; i--) {
      const value = Number(values[i]!);
      const bits = width === 32 ? value >>> 0 : value & (2 ** width - 1);
      digits += bits.toString(16).padStart(width / 4, "0");
    }
    return digits === "" ? 0n : BigInt(`0x${digits}`);
  }
  let packed = 0n;
  for (let i = values.length - 1; i >= 0; i--) {
    packed = (packed << BigInt(width)) | BigInt.asUintN(width, BigInt(values[i]!));
  }
  return packed;
}
