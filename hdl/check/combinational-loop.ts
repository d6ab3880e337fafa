import type { Diagnostic } from "../diagnostics/index.ts";
import type { Design, ModuleNetlist, Node } from "../ir/index.ts";
import { DependencyGraph, findLoops, type InputsOfOutputs, inputsOfOutputs } from "./dependency-graph.ts";

/** Of a longer way the message names no more points than these; the places show those on other lines. */
const mostListed = 16;

/** The number of the bit or element that a point of a loop is. */
function laneOf(node: Node, graph: DependencyGraph): number | undefined {
  if (node.kind === "instance-output") return node.element;
  return node.kind === "wire" ? graph.wires.get(node.id)!.bitOf?.bit : undefined;
}

/** Whether several loops lead the same way, each through one bit or element: then the reader thinks of the whole. */
function areAlike(loops: readonly (readonly Node[])[], graph: DependencyGraph): boolean {
  const inOneLane = (loop: readonly Node[]): boolean =>
    new Set(loop.map((node) => laneOf(node, graph)).filter((lane) => lane !== undefined)).size === 1;
  return loops.length > 1 && loops.every(inOneLane);
}

function loopDiagnostic(loop: readonly Node[], whole: boolean, graph: DependencyGraph): Diagnostic {
  const describe = (node: Node): string => graph.describe(node, whole);
  const named = loop.filter((node) => node.kind === "wire" || node.kind === "instance-output");
  const first = named[0]!;
  const name = describe(first);
  const others = [...new Set(named.map(describe))].filter((other) => other !== name);
  const listed = others.length > mostListed ? [...others.slice(0, mostListed - 1), "…"] : others;
  const way = listed.length > 0 ? `, through ${listed.join(", ")}` : "";
  const hops = [...loop.slice(loop.indexOf(first)), ...loop.slice(0, loop.indexOf(first))];
  const places = hops.flatMap((node) => {
    const source = graph.sourceOf(node);
    return source ? [{ source, note: `through ${describe(node)}` }] : [];
  });
  const seen = new Set<string>();
  return {
    code: "LS0301",
    severity: "error",
    message: `${name} depends on itself without a register in between${way}`,
    signal: name.replaceAll("`", "").replace(/^wire /, ""),
    module: graph.module.name,
    places: places.filter(({ source }) => {
      const at = `${source.location?.file}:${source.location?.line}`;
      return !seen.has(at) && seen.add(at);
    }),
    hint: "break the loop with a register(), or drive the wire from something else",
  };
}

/** Finds values that depend on themselves without a register in between, through children too (LS0301). */
export function checkCombinationalLoops(design: Design): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const known = new Map<ModuleNetlist, InputsOfOutputs>();
  for (const module of design.modules) {
    const graph = new DependencyGraph(module, known);
    const loops = findLoops(graph);
    // The bits of a wire or port often loop in the same way: that is told once.
    const told = new Map<string, (readonly Node[])[]>();
    for (const loop of loops) {
      const wires = [...new Set(loop.flatMap((node) => graph.declaredName(node) ?? []))].sort().join();
      told.set(wires, [...(told.get(wires) ?? []), loop]);
    }
    for (const alike of told.values()) diagnostics.push(loopDiagnostic(alike[0]!, areAlike(alike, graph), graph));
    // The outputs of a module with a loop lead nowhere for its parents, so that one loop is told once.
    if (module !== design.top) known.set(module, loops.length === 0 ? inputsOfOutputs(graph) : new Map());
  }
  return diagnostics;
}
