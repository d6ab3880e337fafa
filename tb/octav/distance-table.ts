import { octav, octavInteger } from "../../golden/index.ts";
import { octavUnitParameters } from "../../spec/index.ts";
import { type DistributionName, distributions } from "../distributions.ts";
import { Random } from "../random.ts";

/** How far the integer unit is from the real-valued formula, over some vectors. */
export interface OctavDistance {
  readonly distribution: string;
  readonly elementBits: number;
  readonly size: number;
  /** Largest distance from the formula on the same integers, in units of the clip's last place: at most a half. */
  readonly rounding: number;
  /** Median and largest relative distance from the formula on the real numbers before they became integers. */
  readonly median: number;
  readonly largest: number;
  /** Mean rounds. */
  readonly rounds: number;
  /** Share of the vectors that ended in a 2-cycle or ran out of rounds. */
  readonly unsettled: number;
}

/** What real numbers are multiplied by, so that the largest of 4096 draws is the largest integer. */
function scaleOf(name: DistributionName, limit: number): number {
  const random = new Random(99);
  let largest = 0;
  for (let i = 0; i < 4096; i++) largest = Math.max(largest, Math.abs(distributions[name](random)));
  return limit / largest;
}

/** Real numbers that fill the integers of a unit. Attention is what a softmax gives: its sum is the largest integer. */
function realVector(name: DistributionName, size: number, random: Random, scale: number, limit: number): Float64Array {
  const drawn = Float64Array.from({ length: size }, () => distributions[name](random));
  const factor = name === "attention" ? limit / drawn.reduce((all, value) => all + value, 0) : scale;
  return drawn.map((value) => Math.max(-limit, Math.min(limit, value * factor)));
}

/** Measures one row. */
export function octavDistance(
  name: DistributionName,
  elementBits: number,
  size: number,
  vectors: number,
): OctavDistance {
  const params = octavUnitParameters.parse({ elementBits });
  const { fractionBits, inputBits, iterations } = params;
  const limit = 2 ** (inputBits - 1) - 1;
  const scale = scaleOf(name, limit);
  const random = new Random(elementBits * 4096 + size);
  let rounding = 0;
  const distances: number[] = [];
  let rounds = 0;
  let unsettled = 0;
  for (let v = 0; v < vectors; v++) {
    const real = realVector(name, size, random, scale, limit);
    const whole = real.map((value) => Math.round(value));
    const unit = octavInteger(whole, params);
    const clip = Number(unit.clip) / 2 ** fractionBits;
    const same = octav(whole, { bits: elementBits, iterations });
    const before = octav(real, { bits: elementBits, iterations });
    rounding = Math.max(rounding, Math.abs(clip - same.clip) * 2 ** fractionBits);
    distances.push(Math.abs(clip - before.clip) / before.clip);
    rounds += unit.rounds;
    if (!unit.converged) unsettled++;
  }
  distances.sort((a, b) => a - b);
  return {
    distribution: name,
    elementBits,
    size,
    rounding,
    median: distances[vectors >> 1]!,
    largest: distances[vectors - 1]!,
    rounds: rounds / vectors,
    unsettled: unsettled / vectors,
  };
}

/** The table of `docs/octav.md`, as Markdown. */
export function octavDistanceTable(vectors = 60): string {
  const lines = [
    "| distribution | B | elements | rounding, ulp | input: median | input: largest | rounds | unsettled |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ];
  for (const name of Object.keys(distributions) as DistributionName[]) {
    for (const elementBits of [2, 4, 8]) {
      for (const size of [16, 64, 1024]) {
        const row = octavDistance(name, elementBits, size, vectors);
        const cells = [
          name,
          elementBits,
          size,
          row.rounding.toFixed(3),
          row.median.toExponential(1),
          row.largest.toExponential(1),
          row.rounds.toFixed(1),
          `${(100 * row.unsettled).toFixed(1)} %`,
        ];
        lines.push(`| ${cells.join(" | ")} |`);
      }
    }
  }
  return lines.join("\n");
}
