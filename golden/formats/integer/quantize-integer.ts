import { formatDeclarations } from "../../../spec/index.ts";
import type { ResolvedOptions } from "../../quantize-options.ts";
import { clearlyLess } from "../clearly-less.ts";
import { clipChoices } from "../clip-choices.ts";
import { ClipTally } from "../clip-tally.ts";
import { countOutside } from "../count-outside.ts";
import { type ElementGrid, elementGrid } from "../element-grid.ts";
import type { EncodedLines, Lines } from "../encoded-lines.ts";

/** `sum` and the squared error of data[from..to) after quantising with a clip and decoding, element by element. */
function addWrittenError(
  sum: number,
  data: Lines["data"],
  from: number,
  to: number,
  alpha: number,
  { encode, top }: ElementGrid,
): number {
  const gamma = alpha / top;
  let total = sum;
  for (let i = from; i < to; i++) {
    const value = data[i] ?? 0;
    const lost = alpha === 0 ? value : value - encode((top * value) / alpha) * gamma;
    total += lost * lost;
  }
  return total;
}

/**
 * The clip of each group by least error of what is written. One is taken instead of OCTAV's answers or of the maxima,
 * whichever together err less, only where the sum is clearly lower: so the tensor is never worse than with either.
 */
function chooseClips(
  { data }: Lines,
  groups: number,
  options: ResolvedOptions,
  tally: ClipTally,
  grid: ElementGrid,
): Float64Array {
  const length = data.length / groups;
  const error = (sum: number, group: number, clip: number) =>
    addWrittenError(sum, data, group * length, (group + 1) * length, clip, grid);
  const best = new Float64Array(groups);
  const whole = [new Float64Array(groups), new Float64Array(groups)] as const;
  for (let group = 0; group < groups; group++) {
    const choices = clipChoices(data, group * length, (group + 1) * length, options, tally);
    const errors = choices.map((clip) => error(0, group, clip));
    best[group] = choices[errors.indexOf(Math.min(...errors))] ?? 0;
    whole[0][group] = choices[0] ?? 0;
    whole[1][group] = choices[1] ?? 0;
  }
  const total = (clips: Float64Array) => clips.reduce((sum, clip, group) => error(sum, group, clip), 0);
  const [octav, maximum] = [total(whole[0]), total(whole[1])];
  if (clearlyLess(total(best), Math.min(octav, maximum), data.length)) return best;
  return octav < maximum ? whole[0] : whole[1];
}

/** The clip of each group by the options' rule; counted by the tally. */
export function integerClips(
  lines: Lines,
  groups: number,
  options: ResolvedOptions,
  tally: ClipTally,
  grid: ElementGrid,
): Float64Array {
  if (options.clip === "octav+" || options.clip === "mse") return chooseClips(lines, groups, options, tally, grid);
  const length = lines.data.length / groups;
  return Float64Array.from({ length: groups }, (_, g) => tally.find(lines.data, g * length, (g + 1) * length));
}

/**
 * The symmetric quantiser (VS-Quant, equations 1 to 3): with α the clipping magnitude of the tensor or row and L the top
 * code, 2^(N−1) − 1 (unsigned: 2^N − 1),
 *
 *     γ = α / L      code = clip(round(x / γ))
 *
 * γ is a real number where codes are made: the code is round(L·x / α), which with float32 input decides every case as
 * exact arithmetic does. Zeros alone give γ = 0 and codes 0. Elements above α, or below the least code's number (−α; 0
 * unsigned; −α·(L + 1)/L with `fullRange`), count as clipped.
 */
export function quantizeInteger(lines: Lines, options: ResolvedOptions): EncodedLines {
  const { data, rows, columns } = lines;
  const { element } = formatDeclarations[options.format];
  const grid = elementGrid(element, options, data.length);
  const { encode, signedCodes, top } = grid;
  const tally = new ClipTally(element, options);
  const codes = signedCodes ? new Int8Array(data.length) : new Uint8Array(data.length);
  const groups = options.coarse === "tensor" ? 1 : rows;
  const length = (rows * columns) / groups;
  const gamma = new Float64Array(groups);
  const alphas = integerClips(lines, groups, options, tally, grid);
  let clipped = 0;
  for (let group = 0; group < groups; group++) {
    const [from, to] = [group * length, (group + 1) * length];
    const alpha = alphas[group] ?? 0;
    const least = options.unsigned ? 0 : options.fullRange ? -(alpha * (top + 1)) / top : -alpha;
    clipped += countOutside(data, from, to, least, alpha);
    if (alpha === 0) continue;
    gamma[group] = alpha / top;
    for (let i = from; i < to; i++) codes[i] = encode((top * (data[i] ?? 0)) / alpha);
  }
  const { clips, rounds, mostRounds, unconverged } = tally;
  return { codes, scales: undefined, gamma, statistics: { clipped, clips, rounds, mostRounds, unconverged } };
}
