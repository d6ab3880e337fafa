import { formatDeclarations } from "../../../spec/index.ts";
import type { ResolvedOptions } from "../../quantize-options.ts";
import { ClipTally } from "../clip-tally.ts";
import { elementGrid } from "../element-grid.ts";
import type { EncodedLines, Lines } from "../encoded-lines.ts";

/**
 * The symmetric quantiser (VS-Quant, equations 1 to 3): with α the clipping magnitude of the tensor or row and L the top
 * code, 2^(N−1) − 1 (unsigned: 2^N − 1),
 *
 *     γ = α / L      code = clip(round(x / γ))
 *
 * γ is a real number where codes are made: the code is round(L·x / α), which with float32 input decides every case as
 * exact arithmetic does. Zeros alone give γ = 0 and codes 0.
 */
export function quantizeInteger({ data, rows, columns }: Lines, options: ResolvedOptions): EncodedLines {
  const { element } = formatDeclarations[options.format];
  const { encode, signedCodes, top } = elementGrid(element, options, data.length);
  const tally = new ClipTally(element, options);
  const codes = signedCodes ? new Int8Array(data.length) : new Uint8Array(data.length);
  const groups = options.coarse === "tensor" ? 1 : rows;
  const length = (rows * columns) / groups;
  const gamma = new Float64Array(groups);
  let clipped = 0;
  for (let group = 0; group < groups; group++) {
    const from = group * length;
    const alpha = tally.find(data, from, from + length);
    if (alpha === 0) continue;
    gamma[group] = alpha / top;
    for (let i = from; i < from + length; i++) {
      const value = data[i] ?? 0;
      if (value > alpha || value < -alpha) clipped++;
      codes[i] = encode((top * value) / alpha);
    }
  }
  const { clips, rounds, mostRounds, unconverged } = tally;
  return { codes, scales: undefined, gamma, statistics: { clipped, clips, rounds, mostRounds, unconverged } };
}
