import { formatDeclarations } from "../../spec/index.ts";
import { ClipTally } from "../formats/clip-tally.ts";
import type { EncodedLines } from "../formats/encoded-lines.ts";
import type { ResolvedOptions } from "../quantize-options.ts";
import type { FloatLines } from "./encode-lines-fast.ts";
import { fastCodes, fastCountAbove } from "./fast-codes.ts";
import { integerCodes } from "./integer-codes.ts";
import { VectorChunks } from "./vector-chunks.ts";

/** Values that go through the code kernel under one divisor; any multiple of 8 gives the same codes. */
const stretch = 1024;

/** `quantizeInteger` through the kernels; rows or the tensor are cut into stretches that share their divisor. */
export function integerLinesFast({ data, rows, columns }: FloatLines, options: ResolvedOptions): EncodedLines {
  const { codes, bytes, top, least, most } = integerCodes(data.length, options);
  const tally = new ClipTally(formatDeclarations[options.format].element, options);
  const groups = options.coarse === "tensor" ? 1 : rows;
  const length = (rows * columns) / groups;
  const gamma = new Float64Array(groups);
  const chunks = new VectorChunks({ data, rows: groups, columns: length }, Math.min(stretch, length));
  const limits = new Float64Array(groups * chunks.vectors);
  for (let group = 0; group < groups; group++) {
    const alpha = tally.find(data, group * length, (group + 1) * length);
    gamma[group] = alpha / top;
    limits.fill(alpha, group * chunks.vectors, (group + 1) * chunks.vectors);
  }
  const divisors = limits.map((alpha) => (alpha === 0 ? Number.POSITIVE_INFINITY : alpha));
  fastCodes(chunks, divisors, { factor: top, least, most }, bytes);
  const { clips, rounds, mostRounds, unconverged } = tally;
  // Where every value is 0 nothing is clipped; a clip of 0 among negative values is not counted either.
  const clipped = fastCountAbove(chunks, divisors);
  return { codes, scales: undefined, gamma, statistics: { clipped, clips, rounds, mostRounds, unconverged } };
}
