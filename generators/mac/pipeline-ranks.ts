/** Register ranks (0 or 1) at the four places where a lane may have them. None lies in the accumulation loop. */
export interface PipelineRanks {
  /** On the operands, behind the gating. */
  readonly operands: number;
  /** Half way down the adder trees. */
  readonly tree: number;
  /** On the dot products and the rounded scale product. */
  readonly dot: number;
  /** On the addend, behind the scaler and the choice of the path. */
  readonly addend: number;
}

/** The ranks for 0 to 4 stages, the longest stretch of logic first: tree from scaler, scaler from sum, then the tree. */
export function pipelineRanks(stages: number): PipelineRanks {
  const from = (least: number): number => (stages >= least ? 1 : 0);
  return { dot: from(1), addend: from(2), tree: from(3), operands: from(4) };
}
