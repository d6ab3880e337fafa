import type { Random } from "./random.ts";

/** The names of the distributions. */
export type DistributionName = "gauss" | "laplace" | "student-t4" | "attention";

/** A real number of some distribution; its unit is of no importance. */
export type Draw = (random: Random) => number;

/** Above 0 and below 1. */
function uniform(random: Random): number {
  return (random.next() + 0.5) / 2 ** 32;
}

function gauss(random: Random): number {
  return Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}

function sign(random: Random): number {
  return random.next() < 2 ** 31 ? -1 : 1;
}

/**
 * The distributions that figures are given for. Student's t has 4 degrees of freedom; `attention` stands for the weights
 * of attention: exponentials of Gaussian logits of deviation 3, which are few large ones among many that are nearly zero.
 */
export const distributions: Readonly<Record<DistributionName, Draw>> = Object.freeze({
  gauss,
  laplace: (random) => -Math.log(uniform(random)) * sign(random),
  // Half of a chi-square of 4 degrees of freedom is the sum of two exponentials.
  "student-t4": (random) => {
    const half = -Math.log(uniform(random)) - Math.log(uniform(random));
    return gauss(random) / Math.sqrt(half / 2);
  },
  attention: (random) => Math.exp(3 * gauss(random)),
});
