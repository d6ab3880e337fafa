import { formatDeclarations } from "../../spec/index.ts";
import { ClipTally } from "../formats/clip-tally.ts";
import { countOutside } from "../formats/count-outside.ts";
import { elementGrid } from "../formats/element-grid.ts";
import type { EncodedLines } from "../formats/encoded-lines.ts";
import { integerClips } from "../formats/integer/quantize-integer.ts";
import type { ResolvedOptions } from "../quantize-options.ts";
import type { FloatLines } from "./encode-lines-fast.ts";
import { fastCodes, fastCountAbove } from "./fast-codes.ts";
import { integerCodes } from "./integer-codes.ts";
import { VectorChunks } from "./vector-chunks.ts";

/** Values that go through the code kernel under one divisor; any multiple of 8 gives the same codes. */
const stretch = 1024;

/** `quantizeInteger` through the kernels; rows or the tensor are cut into stretches that share their divisor. */
export function integerLinesFast(lines: FloatLines, options: ResolvedOptions): EncodedLines {
  const { data, rows, columns } = lines;
  const { codes, bytes, top, least, most } = integerCodes(data.length, options);
  const { element } = formatDeclarations[options.format];
  const tally = new ClipTally(element, options);
  const groups = options.coarse === "tensor" ? 1 : rows;
  const length = (rows * columns) / groups;
  const gamma = new Float64Array(groups);
  const chunks = new VectorChunks({ data, rows: groups, columns: length }, Math.min(stretch, length));
  const limits = new Float64Array(groups * chunks.vectors);
  const alphas = integerClips(lines, groups, options, tally, elementGrid(element, options, data.length));
  for (let group = 0; group < groups; group++) {
    const alpha = alphas[group] ?? 0;
    gamma[group] = alpha / top;
    limits.fill(alpha, group * chunks.vectors, (group + 1) * chunks.vectors);
  }
  const divisors = limits.map((alpha) => (alpha === 0 ? Number.POSITIVE_INFINITY : alpha));
  fastCodes(chunks, divisors, { factor: top, least, most }, bytes);
  const { clips, rounds, mostRounds, unconverged } = tally;
  // The kernel knows ranges with as much below zero as above; nothing lies beyond an infinite limit, and there all is 0.
  let clipped = 0;
  if (-least === top) clipped = options.clip === "max" ? 0 : fastCountAbove(chunks, divisors);
  else {
    for (let group = 0; group < groups; group++) {
      const alpha = alphas[group] ?? 0;
      clipped += countOutside(
        data,
        group * length,
        (group + 1) * length,
        least === 0 ? 0 : (alpha * least) / top,
        alpha,
      );
    }
  }
  return { codes, scales: undefined, gamma, statistics: { clipped, clips, rounds, mostRounds, unconverged } };
}
