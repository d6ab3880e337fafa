import { clearlyLess } from "../clearly-less.ts";
import type { Lines } from "../encoded-lines.ts";
import { planFromMagnitudes, type VsqPlan, vectorPlaces, vectorScale } from "./vsq-plan.ts";
import { planError, type WrittenScheme } from "./written-error.ts";

/**
 * The scales of vectors where one clip serves a row or the whole tensor, by least error of what is written. Each clip that
 * there is to choose from is tried everywhere; with a clip per row also each row's own best, for the m* that OCTAV's
 * answers, the maxima and the third choice give. A choice wins over OCTAV's answer and the maximum only where it is
 * clearly better, so that it is never worse.
 *
 * @param peaks each vector's largest magnitude
 * @param choices the clips of each row, or one list for the tensor, see `clipChoices`; all of one length
 */
export function chooseLineClips(
  lines: Lines,
  peaks: Float64Array,
  choices: readonly (readonly number[])[],
  scheme: WrittenScheme,
): VsqPlan {
  const { rows } = lines;
  const places = vectorPlaces(lines, scheme);
  const vectors = places.count / rows;
  const clipOf = (row: number, i: number) => choices[choices.length === 1 ? 0 : row]?.[i] ?? 0;
  const error = (plan: VsqPlan) => planError(lines, plan, scheme, 0, places.count);
  const planOf = (clip: (row: number) => number): VsqPlan =>
    planFromMagnitudes(
      peaks.map((peak, v) => Math.min(peak, clip(Math.floor(v / vectors)))),
      places.group,
      scheme,
    );
  const count = choices[0]?.length ?? 0;
  const uniform = Array.from({ length: count }, (_, i) => planOf((row) => clipOf(row, i)));
  const errors = uniform.map(error);
  const base = (errors[0] ?? 0) < (errors[1] ?? 0) ? 0 : 1;
  let best = { plan: uniform[base] as VsqPlan, error: errors[base] ?? 0 };
  const take = (plan: VsqPlan, found: number): void => {
    if (clearlyLess(found, best.error, lines.data.length)) best = { plan, error: found };
  };
  uniform.forEach((plan, i) => {
    take(plan, errors[i] ?? 0);
  });
  if (choices.length === 1) return best.plan;

  if (scheme.coarse === "row") {
    const mixed = blankPlan(places.count, new Float64Array(rows));
    for (let row = 0; row < rows; row++) {
      const rowErrors = uniform.map((plan) => planError(lines, plan, scheme, row * vectors, (row + 1) * vectors));
      const own = uniform[rowErrors.indexOf(Math.min(...rowErrors))];
      if (!own) continue;
      copyRow(own, mixed, row, vectors);
      mixed.coarse[row] = own.coarse[row] ?? 0;
    }
    take(mixed, error(mixed));
    return best.plan;
  }
  for (const start of uniform.slice(0, 3)) {
    const [mixed, trial] = [blankPlan(places.count, start.coarse), blankPlan(places.count, start.coarse)];
    const most = start.coarse[0] ?? 0;
    for (let row = 0; row < rows; row++) {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < count; i++) {
        for (let v = row * vectors; v < (row + 1) * vectors; v++) {
          const magnitude = Math.min(peaks[v] ?? 0, clipOf(row, i), most);
          trial.magnitudes[v] = magnitude;
          trial.scales[v] = vectorScale(magnitude, most, scheme);
        }
        const found = planError(lines, trial, scheme, row * vectors, (row + 1) * vectors);
        if (found >= least) continue;
        least = found;
        copyRow(trial, mixed, row, vectors);
      }
    }
    take(mixed, error(mixed));
  }
  return best.plan;
}

function blankPlan(count: number, coarse: Float64Array): VsqPlan {
  return { magnitudes: new Float64Array(count), scales: new Uint16Array(count), coarse };
}

function copyRow(from: VsqPlan, to: VsqPlan, row: number, vectors: number): void {
  const [start, end] = [row * vectors, (row + 1) * vectors];
  to.magnitudes.set(from.magnitudes.subarray(start, end), start);
  to.scales.set(from.scales.subarray(start, end), start);
}
