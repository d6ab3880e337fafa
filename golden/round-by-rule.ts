import type { RoundingRule } from "../spec/index.ts";

/**
 * The whole number that a rule rounds `value` to. Exact for every finite double.
 * @param evenOffset added to the lower neighbour before its parity decides a tie of `half-even`: for codes that count
 * from another zero.
 */
export function roundByRule(value: number, rule: RoundingRule, evenOffset = 0): number {
  // Truncation and the difference are exact, so that a tie is seen as one however small the step.
  const magnitude = Math.abs(value);
  const whole = Math.floor(magnitude);
  const fraction = magnitude - whole;
  let up: boolean;
  switch (rule) {
    case "half-even":
      up = fraction > 0.5 || (fraction === 0.5 && (whole + evenOffset) % 2 !== 0);
      break;
    case "half-away":
      up = fraction >= 0.5;
      break;
    case "half-up":
      up = fraction > 0.5 || (fraction === 0.5 && value > 0);
      break;
    case "toward-zero":
      up = false;
  }
  const rounded = up ? whole + 1 : whole;
  return value < 0 ? -rounded : rounded;
}
