/** Bits of one element of every type that the safetensors format names. */
const elementBits = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E4M3: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2: 8,
  F8_E5M2FNUZ: 8,
  F8_E8M0: 8,
  U16: 16,
  I16: 16,
  F16: 16,
  BF16: 16,
  U32: 32,
  I32: 32,
  F32: 32,
  U64: 64,
  I64: 64,
  F64: 64,
  C64: 64,
} as const;

/** The name of an element type in a safetensors header. */
export type SafetensorsType = keyof typeof elementBits;

/** The types that are read as numbers. */
export type SafetensorsFloatType = "F16" | "BF16" | "F32" | "F64";

const names = new Map(Object.keys(elementBits).map((name) => [name, name as SafetensorsType]));

/** The element type of a name; undefined when the format has none of that name. */
export function safetensorsType(name: string): SafetensorsType | undefined {
  return names.get(name);
}

/** Bits of one element, 4 to 64. */
export function safetensorsBits(type: SafetensorsType): number {
  return elementBits[type];
}

/** Whether tensors of this type are read as floating point numbers. */
export function isSafetensorsFloat(type: SafetensorsType): type is SafetensorsFloatType {
  return type === "F16" || type === "BF16" || type === "F32" || type === "F64";
}
