import type { BlifCell, BlifModel } from "./blif.ts";

/** What a type of cell means for paths: which pins are outputs, and whether a path goes through it or ends in it. */
export interface CellArcs {
  readonly outputs: readonly string[];
  readonly stops: boolean;
}

/** The longest combinational path found in a module. */
export interface LongestPath {
  /** Cells on it, inverters and buffers included; 0 when wires alone join the ends. */
  readonly gates: number;
  /** The port or register where it starts and where it ends, with the modules in which they lie: `lane/ra[3]`. */
  readonly from: string;
  readonly to: string;
}

/** A module seen from outside, in gates; null stands for "no such path". */
export interface DepthModel {
  readonly name: string;
  /** Output port -> for each input port it depends on, the gates between. */
  readonly through: ReadonlyMap<string, readonly (readonly [input: string, gates: number])[]>;
  /** Output port -> the deepest path to it from a register inside. */
  readonly launch: ReadonlyMap<string, PathEnd>;
  /** Input port -> the deepest path from it to a register inside. */
  readonly capture: ReadonlyMap<string, PathEnd>;
  /** The longest path in the module, its children included; null when there is none, "loop" when one never ends. */
  readonly longest: LongestPath | null | "loop";
  /** The nets of a combinational loop, when there is one. */
  readonly loop: readonly string[];
}

/** A path between a port and a register: its length in gates, and the register's name. */
export interface PathEnd {
  readonly gates: number;
  readonly register: string;
}

/** An edge of the graph of nets: through a gate, or through a module instance. */
interface Edge {
  readonly from: number;
  readonly gates: number;
}

/**
 * The depth of a module from its netlist and the models of the modules it contains: paths go through the boundaries of
 * instances, bit by bit, and start and end at ports and registers.
 *
 * @param arcs the cells that are no modules; an unknown type stops paths
 */
export function depthModel(
  model: BlifModel,
  children: ReadonlyMap<string, DepthModel>,
  arcs: (type: string) => CellArcs | undefined,
): DepthModel {
  const nets = model.netNames.length;
  const into: Edge[][] = Array.from({ length: nets }, () => []);
  /** Paths that start at a register: the register's name by net, and how deep the net is behind it. */
  const starts = new Map<number, PathEnd>();
  /** Paths that end in a register. */
  const ends: (PathEnd & { readonly net: number })[] = [];
  let longest: LongestPath | null = null;
  const offer = (path: LongestPath): void => {
    if (longest === null || path.gates > longest.gates) longest = path;
  };
  const start = (net: number, end: PathEnd): void => {
    const old = starts.get(net);
    if (old === undefined || old.gates < end.gates) starts.set(net, end);
  };

  const readable = namesBehindInverters(model, arcs);
  for (const cell of model.cells) {
    const child = children.get(cell.type);
    if (child !== undefined) {
      const pins = new Map(cell.pins);
      for (const [pin, net] of cell.pins) {
        for (const [input, gates] of child.through.get(pin) ?? []) {
          const from = pins.get(input);
          if (from !== undefined) into[net]?.push({ from, gates });
        }
        const launch = child.launch.get(pin);
        if (launch !== undefined) start(net, { gates: launch.gates, register: `${child.name}/${launch.register}` });
        const capture = child.capture.get(pin);
        if (capture !== undefined)
          ends.push({ net, gates: capture.gates, register: `${child.name}/${capture.register}` });
      }
      continue;
    }
    const known = arcs(cell.type);
    const outputs = known?.outputs ?? [];
    const stops = known === undefined || known.stops;
    const registerName = stops ? nameOfRegister(cell, outputs, model, readable) : "";
    for (const [pin, net] of cell.pins) {
      const isOutput = outputs.includes(pin);
      if (stops) {
        if (isOutput) start(net, { gates: 0, register: registerName });
        else ends.push({ net, gates: 0, register: registerName });
      } else if (isOutput)
        for (const [other, from] of cell.pins) if (!outputs.includes(other)) into[net]?.push({ from, gates: 1 });
    }
  }

  const { order, loop } = topologicalOrder(into);
  if (loop !== null) {
    const names = loop.map((net) => model.netNames[net] ?? "");
    return {
      name: model.name,
      through: new Map(),
      launch: new Map(),
      capture: new Map(),
      longest: "loop",
      loop: names,
    };
  }

  // Forward: the deepest path to each net, from anywhere and from registers alone.
  const inputName = new Map(model.inputs.map(([name, net]) => [net, name]));
  const depth = new Float64Array(nets).fill(-1);
  const origin: string[] = Array.from({ length: nets }, () => "");
  const fromRegister = new Float64Array(nets).fill(-1);
  const register: string[] = Array.from({ length: nets }, () => "");
  for (const net of order) {
    const first = starts.get(net);
    if (first !== undefined) {
      depth[net] = fromRegister[net] = first.gates;
      origin[net] = register[net] = first.register;
    }
    const port = inputName.get(net);
    if (port !== undefined && (depth[net] ?? -1) < 0) {
      depth[net] = 0;
      origin[net] = port;
    }
    for (const { from, gates } of into[net] ?? []) {
      const reach = depth[from] ?? -1;
      if (reach >= 0 && reach + gates > (depth[net] ?? -1)) {
        depth[net] = reach + gates;
        origin[net] = origin[from] ?? "";
      }
      const registered = fromRegister[from] ?? -1;
      if (registered >= 0 && registered + gates > (fromRegister[net] ?? -1)) {
        fromRegister[net] = registered + gates;
        register[net] = register[from] ?? "";
      }
    }
  }
  const ended = (net: number, gates: number, to: string): void => {
    const reach = depth[net] ?? -1;
    if (reach >= 0) offer({ gates: reach + gates, from: origin[net] ?? "", to });
  };
  for (const [name, net] of model.outputs) ended(net, 0, name);
  for (const end of ends) ended(end.net, end.gates, end.register);
  // After the module's own, so that of two equally long paths the one between registers is named.
  for (const child of children.values())
    if (child.longest !== null && child.longest !== "loop" && model.cells.some((cell) => cell.type === child.name))
      offer({
        gates: child.longest.gates,
        from: `${child.name}/${child.longest.from}`,
        to: `${child.name}/${child.longest.to}`,
      });

  // Backward: the deepest path from each net to a register, then from each output to the inputs.
  const toRegister = new Float64Array(nets).fill(-1);
  const target: string[] = Array.from({ length: nets }, () => "");
  for (const end of ends)
    if (end.gates > (toRegister[end.net] ?? -1)) {
      toRegister[end.net] = end.gates;
      target[end.net] = end.register;
    }
  for (let i = order.length - 1; i >= 0; i--) {
    const net = order[i] ?? 0;
    const rest = toRegister[net] ?? -1;
    if (rest < 0) continue;
    for (const { from, gates } of into[net] ?? [])
      if (rest + gates > (toRegister[from] ?? -1)) {
        toRegister[from] = rest + gates;
        target[from] = target[net] ?? "";
      }
  }
  const launch = new Map<string, PathEnd>();
  for (const [name, net] of model.outputs) {
    const gates = fromRegister[net] ?? -1;
    if (gates >= 0) launch.set(name, { gates, register: register[net] ?? "" });
  }
  const capture = new Map<string, PathEnd>();
  for (const [name, net] of model.inputs) {
    const gates = toRegister[net] ?? -1;
    if (gates >= 0) capture.set(name, { gates, register: target[net] ?? "" });
  }
  return {
    name: model.name,
    through: throughPaths(model, into, order),
    launch,
    capture,
    longest,
    loop: [],
  };
}

/** Nets with a name of the source, by the only input of the gate that drives them. */
function namesBehindInverters(
  model: BlifModel,
  arcs: (type: string) => CellArcs | undefined,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const cell of model.cells) {
    const known = cell.pins.length === 2 ? arcs(cell.type) : undefined;
    if (known === undefined || known.stops) continue;
    const input = cell.pins.find(([pin]) => !known.outputs.includes(pin));
    const output = cell.pins.find(([pin]) => known.outputs.includes(pin));
    const name = model.netNames[output?.[1] ?? -1] ?? "$";
    if (input !== undefined && !name.includes("$")) names.set(input[1], name);
  }
  return names;
}

/** A register is called after its output; after the inverter behind it where a library has inverted outputs only. */
function nameOfRegister(
  cell: BlifCell,
  outputs: readonly string[],
  model: BlifModel,
  readable: ReadonlyMap<number, string>,
): string {
  const nets = cell.pins.filter(([pin]) => outputs.includes(pin)).map(([, net]) => net);
  const names = nets.map((net) => model.netNames[net] ?? "$");
  const behind = nets.flatMap((net) => readable.get(net) ?? []);
  return names.find((name) => !name.includes("$")) ?? behind[0] ?? names[0] ?? cell.type;
}

/** For each output port, the deepest path from each input port it depends on. */
function throughPaths(
  model: BlifModel,
  into: readonly (readonly Edge[])[],
  order: readonly number[],
): DepthModel["through"] {
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

/** Every net after those it depends on; or a loop. */
function topologicalOrder(into: readonly (readonly Edge[])[]): { order: number[]; loop: number[] | null } {
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
