import type { BlifModel } from "./blif.ts";

/** A module with what it contains. */
export interface HierarchyNode {
  readonly model: BlifModel;
  /** Distance from the top where the module is met first. */
  readonly level: number;
  /** Contained modules and how many of each, in the order of their first instance. */
  readonly children: ReadonlyMap<string, number>;
  /** Cells that are no modules, by type. */
  readonly cellTypes: ReadonlyMap<string, number>;
}

/** The distinct modules of a design in two orders. */
export interface Hierarchy {
  /** As a person reads it: the top, then each contained module once, below the one that contains it. */
  readonly reading: readonly HierarchyNode[];
  /** As it is added up: each module after all that it contains. */
  readonly adding: readonly HierarchyNode[];
}

/** The modules that `top` contains, itself included. */
export function hierarchyOf(models: readonly BlifModel[], top: string): Hierarchy {
  const byName = new Map(models.map((model) => [model.name, model]));
  const reading: HierarchyNode[] = [];
  const adding: HierarchyNode[] = [];
  const seen = new Set<string>();
  // As deep as the design's hierarchy, so recursion is safe.
  const visit = (name: string, level: number): void => {
    const model = byName.get(name);
    if (model === undefined || seen.has(name)) return;
    seen.add(name);
    const children = new Map<string, number>();
    const cellTypes = new Map<string, number>();
    for (const cell of model.cells) {
      const counts = byName.has(cell.type) ? children : cellTypes;
      counts.set(cell.type, (counts.get(cell.type) ?? 0) + 1);
    }
    const node = { model, level, children, cellTypes };
    reading.push(node);
    for (const child of children.keys()) visit(child, level + 1);
    adding.push(node);
  };
  visit(top, 0);
  return { reading, adding };
}
