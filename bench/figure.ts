/** One figure of a benchmark. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The bar it is held to, in words; empty for a figure to compare with. */
  readonly goal: string;
  /** Whether the goal is met; undefined without one. */
  readonly met?: boolean | undefined;
}

/** A benchmark: a title and the figures that it measures. */
export interface Benchmark {
  readonly name: string;
  readonly summary: string;
  run(): Promise<Figure[]>;
}

/** A figure that must stay below a bar. */
export function below(name: string, value: number, unit: string, bar: number): Figure {
  return { name, value, unit, goal: `below ${bar} ${unit}`, met: value < bar };
}

/** A figure without a bar. */
export function plain(name: string, value: number, unit: string): Figure {
  return { name, value, unit, goal: "" };
}
