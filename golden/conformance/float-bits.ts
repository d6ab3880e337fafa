/** The 8 hexadecimal digits of a number as float32, most significant first; every NaN as 7fc00000. */
export function float32Bits(value: number): string {
  if (Number.isNaN(value)) return "7fc00000";
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return bytes.toString("hex");
}

/** The 16 hexadecimal digits of a number as float64, most significant first; every NaN as 7ff8000000000000. */
export function float64Bits(value: number): string {
  if (Number.isNaN(value)) return "7ff8000000000000";
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}
