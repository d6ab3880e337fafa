import type { ResolvedOptions } from "../../quantize-options.ts";
import { countOutside } from "../count-outside.ts";
import type { Lines } from "../encoded-lines.ts";
import { largestHeld, type VsqPlan, type VsqScheme, vectorPlaces } from "./vsq-plan.ts";

/**
 * How many elements lie beyond the numbers that their vector can hold with the scale as written: above L·scale·γ, or
 * below the least code's number (0 unsigned, one step more with `fullRange`).
 */
export function countClipped(
  lines: Lines,
  plan: VsqPlan,
  scheme: Pick<VsqScheme, "coarse" | "scaleBits" | "top" | "vector">,
  { fullRange, unsigned }: Pick<ResolvedOptions, "fullRange" | "unsigned">,
): number {
  const places = vectorPlaces(lines, scheme);
  let clipped = 0;
  for (let v = 0; v < places.count; v++) {
    const most = largestHeld(plan.scales[v] ?? 0, plan.coarse[Math.floor(v / places.group)] ?? 0, scheme);
    const least = unsigned ? 0 : fullRange ? -(most * (scheme.top + 1)) / scheme.top : -most;
    clipped += countOutside(lines.data, places.from(v), places.to(v), least, most);
  }
  return clipped;
}
