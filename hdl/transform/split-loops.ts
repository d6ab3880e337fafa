import {
  DependencyGraph,
  findLoops,
  type InputsOfOutputs,
  inputsOfOutputs,
  outputKey,
  pointKey,
} from "../check/dependency-graph.ts";
import { loopMembers } from "../check/loop-members.ts";
import { type Design, designOf, type ModuleNetlist, type Node } from "../ir/index.ts";
import { nodesBetween } from "./nodes-between.ts";
import { splitBits } from "./split-bits.ts";
import { splitPorts } from "./split-ports.ts";

/** Ports that lie on a loop through a module, by the module's name. */
type LoopingPorts = Map<string, Set<string>>;

type Members = ReadonlySet<Node | string>;

const none: ReadonlySet<string> = new Set();

/** Adds the ports of children through which the way leads on which the members lie. */
function addPorts(graph: DependencyGraph, members: Members, ports: LoopingPorts): void {
  for (const instance of graph.module.instances) {
    const { module: child, id } = instance;
    if (child.external) continue;
    const found = new Set<string>();
    for (const { name, direction, drivers } of child.ports) {
      if (direction === "input") continue;
      drivers.forEach((_, element) => {
        if (!members.has(outputKey(id, name, element))) return;
        found.add(name);
        for (const [port, driver] of graph.inputsBehind(instance, name, element)) {
          if (members.has(pointKey(driver))) found.add(port);
        }
      });
    }
    const known = ports.get(child.name) ?? new Set();
    ports.set(child.name, known);
    for (const port of found) known.add(port);
  }
}

/** What has been found out of modules as they are; it holds for every design that they are in. */
interface Findings {
  readonly known: Map<ModuleNetlist, InputsOfOutputs>;
  /** By the module before it is split. */
  readonly split: Map<ModuleNetlist, ModuleNetlist>;
}

/** The module in bits where loops, or ways between the ports `own`, lead through it; notes the ports of children there. */
function splitModule(
  given: ModuleNetlist,
  own: ReadonlySet<string>,
  { known }: Findings,
  looping: LoopingPorts,
): ModuleNetlist {
  let graph = new DependencyGraph(given, known);
  let loops = findLoops(graph).length > 0;
  const membersOf = (): Members => {
    const between = own.size > 0 ? nodesBetween(graph, own) : none;
    return loops ? new Set([...loopMembers(graph), ...between]) : between;
  };
  const members = membersOf();
  if (members.size > 0) {
    graph = new DependencyGraph(splitBits(given, members), known);
    loops = findLoops(graph).length > 0;
    addPorts(graph, membersOf(), looping);
  }
  known.set(graph.module, loops ? new Map() : inputsOfOutputs(graph));
  return graph.module;
}

/** The design with the given ports in bits, and the ports through which loops still lead. */
function splitOnce(design: Design, ports: LoopingPorts, found: Findings): { design: Design; looping: LoopingPorts } {
  const replaced = new Map<ModuleNetlist, ModuleNetlist>();
  const looping: LoopingPorts = new Map();
  for (const original of design.modules) {
    const own = (original !== design.top && !original.external && ports.get(original.name)) || none;
    const module = splitPorts(original, own, (child) => replaced.get(child) ?? child);
    const before = own.size === 0 ? found.split.get(module) : undefined;
    const split = before ?? splitModule(module, own, found, looping);
    if (own.size === 0) found.split.set(module, split);
    replaced.set(original, split);
  }
  return { design: designOf(replaced.get(design.top)!), looping };
}

/** Adds what is missing; whether something was. */
function addAll(ports: LoopingPorts, more: LoopingPorts): boolean {
  let added = false;
  for (const [module, names] of more) {
    const known = ports.get(module) ?? new Set();
    ports.set(module, known);
    for (const name of names) {
      if (known.has(name)) continue;
      known.add(name);
      added = true;
    }
  }
  return added;
}

/**
 * The design with every wire, and every port of a child, on a loop split into its bits. A loop through different bits of
 * them, such as a chain of carries, is then none; what is still a loop afterwards is a true one. The engine orders whole
 * signals, so it needs this. Modules of one name are split alike; the top and external modules keep their ports.
 */
export function splitLoops(design: Design): Design {
  const ports: LoopingPorts = new Map();
  const found: Findings = { known: new Map(), split: new Map() };
  for (;;) {
    const split = splitOnce(design, ports, found);
    if (!addAll(ports, split.looping)) return split.design;
  }
}
