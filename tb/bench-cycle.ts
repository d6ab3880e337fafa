/** The elements of each port, element 0 first: whole numbers of at most 53 bits, unless `V` is another list. */
export type PortValues<V = ArrayLike<number>> = Readonly<Record<string, V>>;

/** One clock cycle of a test bench. */
export interface BenchCycle<V = ArrayLike<number>> {
  /** Every input port. */
  readonly inputs: PortValues<V>;
  /** The outputs that these inputs must cause, `latency` cycles later; a port that is left out is not looked at. */
  readonly expected: PortValues<V>;
}

/** How a design is tested: what goes in, what must come out. */
export interface DesignBench<V = ArrayLike<number>> {
  /** Inputs of a cycle in which nothing happens; used to let the last results come out. */
  readonly idle: PortValues<V>;
  /** What the outputs are while nothing has arrived yet; ports left out are not looked at. */
  readonly quiet: PortValues<V>;
  /** `count` cycles of random and corner stimulus with the answer that is right. The same seed, the same cycles. */
  cycles(seed: number, count: number): Iterable<BenchCycle<V>>;
}
