import fc from "fast-check";

/** The float32 with these bits. */
export function float32FromBits(bits: number): number {
  return new Float32Array(Uint32Array.of(bits).buffer)[0] ?? 0;
}

/** Any finite float32: subnormals, both zeros and the ends included. */
export const finiteFloat32: fc.Arbitrary<number> = fc
  .integer({ min: 0, max: 0xffffffff })
  .map(float32FromBits)
  .filter(Number.isFinite);

/** Small multiples of 1/16: full of ties. */
export const roundNumber: fc.Arbitrary<number> = fc.integer({ min: -2048, max: 2048 }).map((n) => n / 16);

/** Floats of a tensor: bell-shaped, many ties, many zeros, or anything at all; one kind per tensor. */
export function tensorValues(length: number | { min: number; max: number }): fc.Arbitrary<Float32Array> {
  const lengths =
    typeof length === "number"
      ? { minLength: length, maxLength: length }
      : { minLength: length.min, maxLength: length.max };
  const bell = fc.tuple(fc.double({ noNaN: true, min: -1, max: 1 }), fc.double({ noNaN: true, min: -1, max: 1 }));
  const kinds = [
    bell.map(([a, b]) => Math.fround(a + b)),
    roundNumber,
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, -0) }, { weight: 1, arbitrary: roundNumber }),
    finiteFloat32,
  ];
  return fc.oneof(...kinds.map((kind) => fc.array(kind, lengths))).map((values) => Float32Array.from(values));
}
