/** The elements of each port, element 0 first; whole numbers of at most 53 bits. */
export type PortValues = Readonly<Record<string, ArrayLike<number>>>;

/** One clock cycle of a test bench. */
export interface BenchCycle {
  /** Every input port. */
  readonly inputs: PortValues;
  /** The outputs that these inputs must cause, `latency` cycles later; a port that is left out is not looked at. */
  readonly expected: PortValues;
}

/** How a design is tested: what goes in, what must come out. */
export interface DesignBench {
  /** Inputs of a cycle in which nothing happens; used to let the last results come out. */
  readonly idle: PortValues;
  /** What the outputs are while nothing has arrived yet; ports left out are not looked at. */
  readonly quiet: PortValues;
  /** `count` cycles of random and corner stimulus with the golden model's answer. The same seed, the same cycles. */
  cycles(seed: number, count: number): Iterable<BenchCycle>;
}
