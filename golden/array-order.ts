import type { MacArrayParameters } from "../spec/index.ts";

/** A product on the array: C (rows × columns) = A (rows × K) · B (columns × K) transposed, K as whole vectors. */
export interface ProductShape {
  readonly rows: number;
  readonly columns: number;
  /** Vectors along K: ⌈K / vector size⌉. */
  readonly vectors: number;
}

/** One array cycle: lane l works on row `row + l` of A; the vector of B belongs to `column`. */
export interface ArrayCycle {
  /** First row of the tile, that of lane 0. Lanes past the last row are fed zeros. */
  readonly row: number;
  readonly column: number;
  /** Which vector along K. */
  readonly vector: number;
  /** Collector entry: column − first column of the tile. */
  readonly entry: number;
  readonly first: boolean;
  readonly last: boolean;
}

/** Cycles of the whole product: ⌈rows/lanes⌉ · columns · vectors. A last tile of few columns takes as few entries. */
export function arrayCycleCount(shape: ProductShape, { lanes }: Pick<MacArrayParameters, "lanes">): number {
  return Math.ceil(shape.rows / lanes) * shape.columns * shape.vectors;
}

/**
 * The cycles of a product in the chip's order, output stationary and local-A stationary: for each tile of `lanes` rows
 * by `collectorDepth` columns, for each vector along K, for each entry (A held, a new vector of B each cycle).
 */
export function* arrayOrder(
  { rows, columns, vectors }: ProductShape,
  { lanes, collectorDepth }: Pick<MacArrayParameters, "lanes" | "collectorDepth">,
): Generator<ArrayCycle> {
  for (let row = 0; row < rows; row += lanes) {
    for (let tile = 0; tile < columns; tile += collectorDepth) {
      const entries = Math.min(collectorDepth, columns - tile);
      for (let vector = 0; vector < vectors; vector++) {
        for (let entry = 0; entry < entries; entry++) {
          yield { row, column: tile + entry, vector, entry, first: vector === 0, last: vector === vectors - 1 };
        }
      }
    }
  }
}
