import type { FirParameters } from "./fir.ts";

/** What `Fir` answers to `samples`, straight from the definition: the sum of hₖ·xₙ₋ₖ, rounded, saturated. */
export function firModel(samples: readonly number[], parameters: FirParameters): number[] {
  const { coefficients, fractionBits, sampleBits } = parameters;
  const one = 2 ** fractionBits;
  const limit = 2 ** (sampleBits - 1);
  return samples.map((_, n) => {
    const sum = coefficients.reduce((total, h, k) => total + Math.round(h * one) * (samples[n - k] ?? 0), 0);
    return Math.max(-limit, Math.min(limit - 1, roundHalfEven(sum / one)));
  });
}

/** The nearest whole number, the even one of two that are equally near. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}
