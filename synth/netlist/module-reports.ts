import type { CellFacts } from "../areas.ts";
import type { Amount, ModulePath, ModuleReport } from "../report.ts";
import type { BlifModel } from "./blif.ts";
import { type DepthModel, depthModel } from "./depth-model.ts";
import { type HierarchyNode, hierarchyOf } from "./hierarchy.ts";

/** The numbers of all modules, and what could not be counted. */
export interface ModuleReports {
  /** The top first, each contained module once, below the one that contains it. */
  readonly modules: readonly ModuleReport[];
  /** Cells without an area, and combinational loops, one line each. */
  readonly problems: readonly string[];
}

/**
 * The numbers of each module of a mapped netlist.
 *
 * @param delays picoseconds of each module's own gates
 */
export function moduleReports(
  models: readonly BlifModel[],
  top: string,
  cells: CellFacts,
  delays: ReadonlyMap<string, number>,
): ModuleReports {
  const { reading, adding } = hierarchyOf(models, top);
  const problems: string[] = [];
  const instances = new Map<string, number>([[top, 1]]);
  for (const { model, children } of [...adding].reverse())
    for (const [child, count] of children)
      instances.set(child, (instances.get(child) ?? 0) + count * (instances.get(model.name) ?? 0));

  const totals = new Map<string, Amount>();
  const depths = new Map<string, DepthModel>();
  const reports = new Map<string, ModuleReport>();
  for (const node of adding) {
    const { name } = node.model;
    const own = ownAmount(node, cells, problems);
    const total = totalAmount(own, node, totals);
    const depth = depthModel(node.model, depths, cells.arcs);
    totals.set(name, total);
    depths.set(name, depth);
    if (depth.loop.length > 0)
      problems.push(
        `combinational loop in ${name} through ${depth.loop.slice(0, 6).join(", ")}: its paths have no length`,
      );
    reports.set(name, {
      name,
      instances: instances.get(name) ?? 0,
      level: node.level,
      own,
      total,
      cellTypes: Object.fromEntries([...node.cellTypes].sort(([a], [b]) => (a < b ? -1 : 1))),
      path: pathOf(depth, delays.get(name) ?? null),
    });
  }
  return { modules: reading.flatMap(({ model }) => reports.get(model.name) ?? []), problems };
}

function pathOf(depth: DepthModel, picoseconds: number | null): ModulePath {
  const { longest } = depth;
  if (longest === null || longest === "loop") return { gates: null, from: null, to: null, picoseconds };
  return { ...longest, picoseconds };
}

function ownAmount(node: HierarchyNode, cells: CellFacts, problems: string[]): Amount {
  let count = 0;
  let flipFlops = 0;
  let area = 0;
  for (const [type, number] of node.cellTypes) {
    count += number;
    if (cells.isFlipFlop(type)) flipFlops += number;
    const one = cells.gateEquivalents(type);
    if (one !== undefined) area += one * number;
    else
      problems.push(
        `${number} ${number === 1 ? "cell" : "cells"} of type ${type} in ${node.model.name} could not be mapped and ${number === 1 ? "is" : "are"} not in its area`,
      );
  }
  return amount(count, flipFlops, area, cells);
}

function amount(cells: number, flipFlops: number, area: number, facts: CellFacts): Amount {
  const perGate = facts.squareMicrometresPerGate;
  return {
    cells,
    flipFlops,
    gateEquivalents: rounded(area),
    squareMicrometres: perGate === null ? null : rounded(area * perGate),
  };
}

function totalAmount(own: Amount, node: HierarchyNode, totals: ReadonlyMap<string, Amount>): Amount {
  let { cells, flipFlops, gateEquivalents, squareMicrometres } = own;
  for (const [child, count] of node.children) {
    const one = totals.get(child);
    if (one === undefined) continue;
    cells += count * one.cells;
    flipFlops += count * one.flipFlops;
    gateEquivalents += count * one.gateEquivalents;
    if (squareMicrometres !== null) squareMicrometres += count * (one.squareMicrometres ?? 0);
  }
  return {
    cells,
    flipFlops,
    gateEquivalents: rounded(gateEquivalents),
    squareMicrometres: squareMicrometres === null ? null : rounded(squareMicrometres),
  };
}

/** Areas to a thousandth: what libraries state, without the noise of adding floating-point numbers. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
