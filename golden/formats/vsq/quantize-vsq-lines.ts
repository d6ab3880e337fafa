import { formatDeclarations } from "../../../spec/index.ts";
import type { ResolvedOptions } from "../../quantize-options.ts";
import { roundByRule } from "../../round-by-rule.ts";
import { clipChoices, roundsToNearest } from "../clip-choices.ts";
import { ClipTally } from "../clip-tally.ts";
import { elementGrid } from "../element-grid.ts";
import type { EncodedLines, Lines } from "../encoded-lines.ts";
import { chooseLineClips } from "./choose-line-clips.ts";
import { chooseVectorScales } from "./choose-vector-scales.ts";
import { countClipped } from "./count-clipped.ts";
import { encodeVsq } from "./encode-vsq.ts";
import { planFromMagnitudes, type VectorPlaces, type VsqPlan, vectorPlaces } from "./vsq-plan.ts";
import type { WrittenScheme } from "./written-error.ts";

/** Each vector's largest magnitude; unsigned its largest value, at least 0. */
function vectorPeaks({ data }: Lines, places: VectorPlaces, unsigned: boolean): Float64Array {
  const peaks = new Float64Array(places.count);
  for (let v = 0; v < peaks.length; v++) {
    let peak = 0;
    for (let i = places.from(v); i < places.to(v); i++) {
      const value = data[i] ?? 0;
      peak = Math.max(peak, unsigned ? value : Math.abs(value));
    }
    peaks[v] = peak;
  }
  return peaks;
}

/** The scales by the clipping rule and its scope. */
function planScales(lines: Lines, options: ResolvedOptions, scheme: WrittenScheme, tally: ClipTally): VsqPlan {
  const { data, rows } = lines;
  const { clip, clipScope, unsigned } = options;
  const places = vectorPlaces(lines, scheme);
  const peaks = vectorPeaks(lines, places, unsigned);
  const chooses = clip === "octav+" || clip === "mse";
  if (clipScope === "scale") {
    const found = peaks.map((_, v) => tally.find(data, places.from(v), places.to(v)));
    if (!chooses) return planFromMagnitudes(found, places.group, scheme);
    const nearest = roundsToNearest(options);
    return chooseVectorScales(lines, { rule: clip, scheme, grid: tally.grid, nearest, peaks, octavs: found });
  }
  const groups = clipScope === "tensor" ? 1 : rows;
  const length = data.length / groups;
  if (chooses) {
    const choices = Array.from({ length: groups }, (_, g) =>
      clipChoices(data, g * length, (g + 1) * length, options, tally),
    );
    return chooseLineClips(lines, peaks, choices, scheme);
  }
  const clips = Array.from({ length: groups }, (_, g) => tally.find(data, g * length, (g + 1) * length));
  const limited = peaks.map((peak, v) => Math.min(peak, clips[Math.floor(places.from(v) / length)] ?? 0));
  return planFromMagnitudes(limited, places.group, scheme);
}

/**
 * VS-Quant's two levels on integers or E2M1 (L = 6), see `encodeVsq`. Each vector's m is its clipping magnitude; with a
 * `clipScope` of row or tensor it is the vector's maximum, limited by the row's or tensor's clipping magnitude. The rules
 * `octav+` and `mse` choose scales and γ by the error of what is written, see `chooseVectorScales` and `chooseLineClips`.
 */
export function quantizeVsqLines(lines: Lines, options: ResolvedOptions): EncodedLines {
  const { element, vector: declared } = formatDeclarations[options.format];
  const { coarse, elementScale, minimumScale, scaleBits = 8, scaleRounding } = options;
  const vector = options.vector ?? declared?.default ?? lines.columns;
  const { decode, encode, signedCodes, top } = elementGrid(element, options, lines.data.length);
  const { data, rows, columns } = lines;
  const tally = new ClipTally(element, options);
  const codes = signedCodes ? new Int8Array(data.length) : new Uint8Array(data.length);
  const gamma = new Float64Array(coarse === "tensor" ? 1 : rows);
  const roundScale = (quotient: number) => roundByRule(quotient, scaleRounding);
  const scheme = { vector, top, encode, decode, scaleBits, roundScale, elementScale, minimumScale, coarse };
  const plan = planScales(lines, options, scheme, tally);
  encodeVsq(lines, plan, scheme, { codes, stride: columns, gamma });
  const clipped = countClipped(lines, plan, scheme, options);
  const { clips, rounds, mostRounds, unconverged } = tally;
  return { codes, scales: plan.scales, gamma, statistics: { clipped, clips, rounds, mostRounds, unconverged } };
}
