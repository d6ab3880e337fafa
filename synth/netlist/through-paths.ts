import type { BlifModel } from "./blif.ts";
import type { Edge } from "./topological-order.ts";

/** For each output port, the deepest path from each input port it depends on. */
export function throughPaths(
  model: BlifModel,
  into: readonly (readonly Edge[])[],
  order: readonly number[],
): ReadonlyMap<string, readonly (readonly [input: string, gates: number])[]> {
  const position = new Int32Array(into.length);
  order.forEach((net, i) => {
    position[net] = i;
  });
  const through = new Map<string, [string, number][]>();
  const rest = new Float64Array(into.length).fill(-1);
  for (const [output, root] of model.outputs) {
    // The cone behind the output, latest net first, so that each net's depth is final when it is passed on.
    const cone = coneOf(root, into).sort((a, b) => (position[b] ?? 0) - (position[a] ?? 0));
    rest[root] = 0;
    for (const net of cone)
      for (const { from, gates } of into[net] ?? []) rest[from] = Math.max(rest[from] ?? -1, (rest[net] ?? 0) + gates);
    const arcs: [string, number][] = [];
    for (const [input, net] of model.inputs) if ((rest[net] ?? -1) >= 0) arcs.push([input, rest[net] ?? 0]);
    if (arcs.length > 0) through.set(output, arcs);
    for (const net of cone) rest[net] = -1;
  }
  return through;
}

function coneOf(root: number, into: readonly (readonly Edge[])[]): number[] {
  const seen = new Set([root]);
  for (const net of seen) for (const { from } of into[net] ?? []) seen.add(from);
  return [...seen];
}
