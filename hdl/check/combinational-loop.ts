import type { Diagnostic } from "../diagnostics/index.ts";
import type { Design, ModuleNetlist, Node } from "../ir/index.ts";
import { DependencyGraph, findLoops, type InputsOfOutputs, inputsOfOutputs } from "./dependency-graph.ts";

function loopDiagnostic(loop: readonly Node[], graph: DependencyGraph): Diagnostic {
  const named = loop.filter((node) => node.kind === "wire" || node.kind === "instance-output");
  const first = named[0]!;
  const name = graph.describe(first);
  const others = [...new Set(named.map((node) => graph.describe(node)))].filter((other) => other !== name);
  const way = others.length > 0 ? `, through ${others.join(", ")}` : "";
  const hops = [...loop.slice(loop.indexOf(first)), ...loop.slice(0, loop.indexOf(first))];
  const places = hops.flatMap((node) => {
    const source = graph.sourceOf(node);
    return source ? [{ source, note: `through ${graph.describe(node)}` }] : [];
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
    const told = new Set<string>();
    for (const loop of loops) {
      // The bits of a wire often loop in the same way: that is told once.
      const wires = [...new Set(loop.flatMap((node) => graph.declaredName(node) ?? []))].sort().join();
      if (!told.has(wires)) diagnostics.push(loopDiagnostic(loop, graph));
      told.add(wires);
    }
    // The outputs of a module with a loop lead nowhere for its parents, so that one loop is told once.
    if (module !== design.top) known.set(module, loops.length === 0 ? inputsOfOutputs(graph) : new Map());
  }
  return diagnostics;
}
