import type { Tensor } from "../golden/tensor.ts";

/** How the magnitudes of a tensor are distributed. NaN and infinities are left out. */
export interface TensorProfile {
  readonly elements: number;
  readonly zeros: number;
  /** Sum of squares. */
  readonly energy: number;
  readonly largest: number;
  /** Numbers of magnitudes in equal parts of 0 to `largest`. */
  readonly histogram: readonly number[];
}

const bins = 120;

/** Looks at a tensor once for its largest magnitude and once for the rest. */
export function profileTensor({ data }: Tensor): TensorProfile {
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const magnitude = Math.abs(data[i] ?? 0);
    if (magnitude > largest && magnitude < Number.POSITIVE_INFINITY) largest = magnitude;
  }
  const histogram = new Array<number>(bins).fill(0);
  let zeros = 0;
  let energy = 0;
  for (let i = 0; i < data.length; i++) {
    const magnitude = Math.abs(data[i] ?? 0);
    if (!(magnitude <= largest)) continue;
    if (magnitude === 0) zeros++;
    energy += magnitude * magnitude;
    const bin = largest === 0 ? 0 : Math.min(bins - 1, Math.floor((magnitude / largest) * bins));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  return { elements: data.length, zeros, energy, largest, histogram };
}
