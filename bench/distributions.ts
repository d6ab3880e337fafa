import { Random } from "../tb/index.ts";

/** Distributions that activations resemble, by the names that tables use. */
export type DistributionName = "Gauss" | "Laplace" | "Student-t4" | "attention-like";

/** A number from 0 to 1, neither of them. */
function open(random: Random): number {
  return (random.next() + 0.5) / 2 ** 32;
}

/** A normal number, by the method of Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(open(random))) * Math.cos(2 * Math.PI * open(random));
}

/** One number of each distribution. */
const draws: Readonly<Record<DistributionName, (random: Random) => number>> = {
  Gauss: normal,
  Laplace: (random) => -Math.log(open(random)) * (random.oneIn(2) ? -1 : 1),
  // A normal number over the root of a chi-squared one of four degrees of freedom, divided by four.
  "Student-t4": (random) => normal(random) / Math.sqrt((-2 * Math.log(open(random) * open(random))) / 4),
  // What a softmax leaves: no negative numbers, half of them zero, the others over several orders of magnitude.
  "attention-like": (random) => (random.oneIn(2) ? 0 : Math.exp(2 * normal(random) - 6)),
};

/** The names, in the order of the tables. */
export const distributionNames = Object.freeze(Object.keys(draws)) as readonly DistributionName[];

/** `count` independent numbers; the same seed, the same numbers. */
export function sampled(name: DistributionName, count: number, seed: number): Float64Array {
  const random = new Random(seed);
  const draw = draws[name];
  return Float64Array.from({ length: count }, () => draw(random));
}
