import { MacMode, macWidths, type VectorMacParameters } from "../../spec/index.ts";
import { dotProduct } from "./dot-product.ts";
import { saturate, signedRange } from "./saturate.ts";
import { roundScaleProduct } from "./scale-product.ts";

/** What one lane sees in one cycle, as whole numbers. */
export interface LaneInputs {
  /** 0 INT8 (wide), 1 INT4, 2 INT4-VSQ, 3 reserved. */
  readonly mode: number;
  /** vectorSize narrow elements, or wideCount wide ones in mode 0; signed, the most negative code included. */
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  /** Per-vector scales, 0..2^M − 1; read in mode 2 alone, 0 when left out. */
  readonly aScale?: number;
  readonly bScale?: number;
  /** The partial sum so far, in the accumulator's range. */
  readonly sumIn: number;
}

function checkElements(name: string, elements: ArrayLike<number>, count: number, bits: number): void {
  if (elements.length !== count) throw new RangeError(`${name} has ${elements.length} elements, not ${count}`);
  const { min, max } = signedRange(bits);
  for (let i = 0; i < count; i++) {
    const value = elements[i] ?? Number.NaN;
    if (!(Number.isInteger(value) && value >= min && value <= max)) {
      throw new RangeError(`${name}[${i}] is ${value}; a ${bits}-bit element is a whole number from ${min} to ${max}`);
    }
  }
}

function checkScale(name: string, scale: number, bits: number): void {
  if (!(Number.isInteger(scale) && scale >= 0 && scale < 2 ** bits)) {
    throw new RangeError(`${name} is ${scale}; a ${bits}-bit scale is a whole number from 0 to ${2 ** bits - 1}`);
  }
}

/**
 * One lane, one vector: the partial sum that follows `sumIn`.
 *
 *     INT8, INT4   sat(sumIn + Σ aᵢ·bᵢ)
 *     INT4-VSQ     sat(sumIn + r·Σ aᵢ·bᵢ),  r the rounded scale product
 *     reserved     0   (mode 3, and mode 0 without the wide path)
 *
 * Exact for every legal parameter. |r·dot| can reach 2^72, beyond 2^53 where doubles round; but rounding keeps order,
 * so such an addend stays at or above 2^53 in magnitude, far outside an accumulator of at most 48 bits, and clips to
 * the same end. Below 2^53 the addend is exact, and a sum that then exceeds 2^53 clips likewise.
 *
 * @throws RangeError for codes, scales or a sum out of range, or a wrong number of elements.
 */
export function laneStep(parameters: VectorMacParameters, inputs: LaneInputs): number {
  const { mode, a, b, aScale = 0, bScale = 0, sumIn } = inputs;
  const { accumulatorBits, elementBits, scaleBits, vectorSize, wideBits } = parameters;
  if (!(Number.isInteger(mode) && mode >= 0 && mode <= 3)) throw new RangeError(`mode is ${mode}; it is 0, 1, 2 or 3`);
  if (mode === 3 || (mode === MacMode.int8 && wideBits === 0)) return 0;
  if (!Number.isInteger(sumIn) || saturate(sumIn, accumulatorBits) !== sumIn) {
    throw new RangeError(`sumIn is ${sumIn}; it does not fit ${accumulatorBits} bits`);
  }
  const bits = mode === MacMode.int8 ? wideBits : elementBits;
  const count = mode === MacMode.int8 ? macWidths(parameters).wideCount : vectorSize;
  checkElements("a", a, count, bits);
  checkElements("b", b, count, bits);
  const dot = dotProduct(a, b);
  if (mode !== MacMode.int4Vsq) return saturate(sumIn + dot, accumulatorBits);
  checkScale("aScale", aScale, scaleBits);
  checkScale("bScale", bScale, scaleBits);
  return saturate(sumIn + dot * roundScaleProduct(aScale, bScale, parameters), accumulatorBits);
}
