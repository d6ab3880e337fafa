import { packElements, unpackSigned } from "../../golden/index.ts";
import { MacMode, macWidths, type VectorMacParameters } from "../../spec/index.ts";
import type { Random } from "../random.ts";

/** The modes that a lane with these parameters has. */
export function modesOf({ wideBits }: VectorMacParameters): readonly MacMode[] {
  return wideBits > 0 ? [MacMode.int8, MacMode.int4, MacMode.int4Vsq] : [MacMode.int4, MacMode.int4Vsq];
}

/** Count and width of the elements that a mode reads. */
export function elementShape(mode: number, params: VectorMacParameters): { count: number; bits: number } {
  return mode === MacMode.int8
    ? { count: macWidths(params).wideCount, bits: params.wideBits }
    : { count: params.vectorSize, bits: params.elementBits };
}

/** Elements of a mode as the narrow elements that the port is made of: the same bits. */
export function portElements(
  elements: ArrayLike<number>,
  mode: number,
  params: VectorMacParameters,
): ArrayLike<number> {
  if (mode !== MacMode.int8) return elements;
  return unpackSigned(packElements(elements, params.wideBits), params.elementBits, params.vectorSize);
}

/** A vector of codes: random, sparse, or one of the corners (all of one extreme, alternating, a single one). */
export function randomVector(random: Random, mode: number, params: VectorMacParameters): number[] {
  const { count, bits } = elementShape(mode, params);
  const min = -(2 ** (bits - 1));
  const max = -min - 1;
  const kind = random.integer(0, 11);
  const single = random.integer(0, count - 1);
  return Array.from({ length: count }, (_, i) => {
    switch (kind) {
      case 0:
        return min;
      case 1:
        return max;
      case 2:
        return i % 2 === 0 ? min : max;
      case 3:
        return i === single ? random.integer(min, max) : 0;
      case 4:
        return random.oneIn(4) ? random.integer(min, max) : 0;
      default:
        return random.integer(min, max);
    }
  });
}

/** A scale: random, or 0, 1, the largest, or one whose products lie near a rounding tie. */
export function randomScale(random: Random, { scaleBits }: VectorMacParameters): number {
  const largest = 2 ** scaleBits - 1;
  const corners = [0, 1, largest, largest - 1, 2 ** (scaleBits - 1)].filter((scale) => scale >= 0);
  return random.oneIn(3) ? random.pick(corners) : random.integer(0, largest);
}

/** A partial sum: random, small, or at an end of its range, where saturation starts. */
export function randomSum(random: Random, { accumulatorBits }: VectorMacParameters): number {
  const max = 2 ** (accumulatorBits - 1) - 1;
  switch (random.integer(0, 5)) {
    case 0:
      return max - random.integer(0, Math.min(max, 1000));
    case 1:
      return -max - 1 + random.integer(0, Math.min(max, 1000));
    case 2:
      return 0;
    default:
      return random.integer(-max - 1, max);
  }
}
