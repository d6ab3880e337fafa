import type { Lines } from "../encoded-lines.ts";

/** The two-level scheme's numbers, whatever the elements are. */
export interface VsqScheme {
  /** Elements in a vector, V. */
  readonly vector: number;
  /** Level that a vector's magnitude is mapped to, L. */
  readonly top: number;
  /** The code for a quotient, saturating. */
  readonly encode: (quotient: number) => number;
  /** Bits of an integer scale, M. */
  readonly scaleBits: number;
  /** Rounds an integer scale. */
  readonly roundScale: (quotient: number) => number;
  readonly elementScale: "exact" | "rounded";
  readonly minimumScale: 0 | 1;
  /** One γ for all lines, or one per line. */
  readonly coarse: "tensor" | "row";
}

/** Everything about the scales of lines: what is left to do is the codes. */
export interface VsqPlan {
  /** m of each vector, the magnitude that its elements are divided by; 0 for vectors that become 0. rows × vectors. */
  readonly magnitudes: Float64Array;
  /** The integer scales, rows × vectors. */
  readonly scales: Uint16Array;
  /** m* of the tensor or of each row: what the scale 2^M − 1 stands for. */
  readonly coarse: Float64Array;
}

/** Where the vectors of lines lie, numbered row by row. */
export interface VectorPlaces {
  readonly count: number;
  /** Vectors that share a γ; they follow each other. */
  readonly group: number;
  /** First element of a vector. */
  readonly from: (index: number) => number;
  /** One past its last element. */
  readonly to: (index: number) => number;
}

/** The places of the vectors of lines under a scheme. */
export function vectorPlaces(
  { rows, columns }: Pick<Lines, "rows" | "columns">,
  { coarse, vector }: Pick<VsqScheme, "coarse" | "vector">,
): VectorPlaces {
  const vectors = Math.ceil(columns / vector);
  const from = (index: number): number => {
    const row = Math.floor(index / vectors);
    return row * columns + (index - row * vectors) * vector;
  };
  const to = (index: number): number => {
    const row = Math.floor(index / vectors);
    return Math.min(row * columns + (index - row * vectors + 1) * vector, (row + 1) * columns);
  };
  return { count: rows * vectors, group: coarse === "tensor" ? rows * vectors : vectors, from, to };
}

/** The largest number of a scale, 2^M − 1. */
export function scaleLimitOf({ scaleBits }: Pick<VsqScheme, "scaleBits">): number {
  return 2 ** scaleBits - 1;
}

/** The integer scale of a magnitude m up to m* (VS-Quant, equation 7g). */
export function vectorScale(
  magnitude: number,
  coarse: number,
  scheme: Pick<VsqScheme, "minimumScale" | "roundScale" | "scaleBits">,
): number {
  if (magnitude === 0) return 0;
  return Math.max(scheme.minimumScale, scheme.roundScale((scaleLimitOf(scheme) * magnitude) / coarse));
}

/** What an element x is made into a code by: round(factor·x / divisor); factor 0 where every code is 0. */
export function vectorDivision(
  magnitude: number,
  scale: number,
  coarse: number,
  scheme: Pick<VsqScheme, "elementScale" | "scaleBits" | "top">,
): { readonly factor: number; readonly divisor: number } {
  const rounded = scheme.elementScale === "rounded";
  if (magnitude === 0 || (rounded && scale === 0)) return { factor: 0, divisor: 1 };
  if (!rounded) return { factor: scheme.top, divisor: magnitude };
  return { factor: scheme.top * scaleLimitOf(scheme), divisor: scale * coarse };
}

/** γ of an m* (VS-Quant, equation 7f). */
export function coarseGamma(coarse: number, scheme: Pick<VsqScheme, "scaleBits" | "top">): number {
  return coarse / (scheme.top * scaleLimitOf(scheme));
}

/** The largest number that a vector can hold, L·scale·γ; m* itself at the largest scale. */
export function largestHeld(scale: number, coarse: number, scheme: Pick<VsqScheme, "scaleBits">): number {
  const limit = scaleLimitOf(scheme);
  return scale === limit ? coarse : (scale * coarse) / limit;
}

/** The plan that follows from magnitudes alone: m* their largest, each scale the nearest. */
export function planFromMagnitudes(
  magnitudes: Float64Array,
  group: number,
  scheme: Pick<VsqScheme, "minimumScale" | "roundScale" | "scaleBits">,
): VsqPlan {
  const coarse = new Float64Array(Math.ceil(magnitudes.length / group));
  const scales = new Uint16Array(magnitudes.length);
  const limit = scaleLimitOf(scheme);
  const { minimumScale, roundScale } = scheme;
  for (let g = 0; g < coarse.length; g++) {
    const [from, to] = [g * group, Math.min((g + 1) * group, magnitudes.length)];
    let largest = 0;
    for (let i = from; i < to; i++) largest = Math.max(largest, magnitudes[i] ?? 0);
    coarse[g] = largest;
    for (let i = from; i < to; i++) {
      const magnitude = magnitudes[i] ?? 0;
      if (magnitude > 0) scales[i] = Math.max(minimumScale, roundScale((limit * magnitude) / largest));
    }
  }
  return { magnitudes, scales, coarse };
}

/** `largestHeld` of every vector of a plan. */
export function largestHeldByAll(plan: VsqPlan, group: number, scheme: Pick<VsqScheme, "scaleBits">): Float64Array {
  const limit = scaleLimitOf(scheme);
  const held = new Float64Array(plan.scales.length);
  for (let g = 0; g < plan.coarse.length; g++) {
    const coarse = plan.coarse[g] ?? 0;
    for (let i = g * group; i < Math.min((g + 1) * group, held.length); i++) {
      const scale = plan.scales[i] ?? 0;
      held[i] = scale === limit ? coarse : (scale * coarse) / limit;
    }
  }
  return held;
}
