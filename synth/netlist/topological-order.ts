/** An edge of the graph of nets: through a gate, or through a module instance. */
export interface Edge {
  readonly from: number;
  readonly gates: number;
}

/** Every net after those it depends on; or a loop. */
export function topologicalOrder(into: readonly (readonly Edge[])[]): { order: number[]; loop: number[] | null } {
  const order: number[] = [];
  /** 0 not seen, 1 on the stack, 2 done. */
  const state = new Uint8Array(into.length);
  const next = new Int32Array(into.length);
  for (let root = 0; root < into.length; root++) {
    if (state[root] !== 0) continue;
    const stack = [root];
    state[root] = 1;
    while (stack.length > 0) {
      const net = stack.at(-1) ?? 0;
      const edge = into[net]?.[next[net] ?? 0];
      if (edge === undefined) {
        state[net] = 2;
        order.push(net);
        stack.pop();
        continue;
      }
      next[net] = (next[net] ?? 0) + 1;
      if (state[edge.from] === 1) return { order, loop: stack.slice(stack.indexOf(edge.from)) };
      if (state[edge.from] === 0) {
        state[edge.from] = 1;
        stack.push(edge.from);
      }
    }
  }
  return { order, loop: null };
}
