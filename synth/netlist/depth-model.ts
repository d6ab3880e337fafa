import type { BlifModel } from "./blif.ts";
import type { CellArcs } from "./cell-arcs.ts";
import { nameOfRegister, namesBehindInverters } from "./register-name.ts";
import { throughPaths } from "./through-paths.ts";
import { type Edge, topologicalOrder } from "./topological-order.ts";

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
  /** The longest path between two registers inside: it counts wherever the module is used. */
  readonly inner: LongestPath | null;
  /** The nets of a combinational loop, when there is one. */
  readonly loop: readonly string[];
}

/** A path between a port and a register: its length in gates, and the register's name. */
export interface PathEnd {
  readonly gates: number;
  readonly register: string;
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
      inner: null,
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
  let inner: LongestPath | null = null;
  const between = (path: LongestPath): void => {
    if (inner === null || path.gates > inner.gates) inner = path;
    offer(path);
  };
  for (const end of ends) {
    const reach = fromRegister[end.net] ?? -1;
    if (reach >= 0) between({ gates: reach + end.gates, from: register[end.net] ?? "", to: end.register });
  }
  for (const type of new Set(model.cells.map((cell) => cell.type))) {
    const child = children.get(type);
    if (child?.inner == null) continue;
    const { gates, from, to } = child.inner;
    between({ gates, from: `${child.name}/${from}`, to: `${child.name}/${to}` });
  }

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
    inner,
    loop: [],
  };
}
