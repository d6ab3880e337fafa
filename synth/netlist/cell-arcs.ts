/** What a type of cell means for paths: which pins are outputs, and whether a path goes through it or ends in it. */
export interface CellArcs {
  readonly outputs: readonly string[];
  readonly stops: boolean;
}
