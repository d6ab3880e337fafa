import { InputError } from "../../spec/index.ts";

/**
 * How the clipping magnitude of a vector, row or tensor is found.
 *
 * - `max`: the largest magnitude.
 * - `octav`: OCTAV's recursion, see `octav`.
 * - `octav+`: the best by true MSE of OCTAV's answer, the maximum and a few more; see `clipOctavPlus`.
 * - `mse`: the clip of least true MSE, by exhaustive search; see `clipMse`.
 * - `percentile:p`: the smallest magnitude that p percent of the values do not exceed; see `clipPercentile`.
 */
export type ClipRule = "max" | "octav" | "octav+" | "mse" | `percentile:${number}`;

/** The rules by name, as a user writes them. */
export const clipRuleNames: readonly string[] = Object.freeze(["max", "octav", "octav+", "mse", "percentile:P"]);

/**
 * Reads a clipping rule.
 * @throws InputError for an unknown one, or a percentile that is no decimal number above 0 and at most 100.
 */
export function parseClipRule(text: string): ClipRule {
  if (text === "max" || text === "octav" || text === "octav+" || text === "mse") return text;
  if (text.startsWith("percentile:")) {
    percentileOf(text);
    return text as `percentile:${number}`;
  }
  throw new InputError(`there is no clipping rule "${text}"; there are ${clipRuleNames.join(", ")}`);
}

/** The percentile of a rule as digits / 10^decimals. @throws InputError as `parseClipRule`. */
export function percentileOf(rule: string): { readonly digits: bigint; readonly decimals: number } {
  const [, whole, fraction = ""] = /^percentile:(\d{1,3})(?:\.(\d{1,15}))?$/.exec(rule) ?? [];
  const percent = { digits: BigInt(`${whole ?? 0}${fraction}`), decimals: fraction.length };
  if (percent.digits === 0n || percent.digits > 100n * 10n ** BigInt(percent.decimals)) {
    throw new InputError(`"${rule}": a percentile is a number above 0 and at most 100, such as percentile:99.9`);
  }
  return percent;
}
