import {
  compare,
  constant,
  type Design,
  designOf,
  type ModuleNetlist,
  mapRoots,
  type PropertyDefinition,
  rootsOf,
  slice,
} from "../index.ts";
import { RandomSource } from "./random-source.ts";

/** The design with a few random properties in every module: bits and comparisons of what the module computes. */
export function withProperties(design: Design, seed: number): Design {
  const random = new RandomSource(seed);
  const replaced = new Map<ModuleNetlist, ModuleNetlist>();
  for (const module of design.modules) {
    const current = mapRoots(
      module,
      (node) => node,
      (child) => replaced.get(child) ?? child,
    );
    const roots = rootsOf(module);
    const properties = Array.from({ length: random.int(1, 4) }, (_, i): PropertyDefinition => {
      const node = random.pick(roots);
      const condition = random.chance(0.5)
        ? slice(node, 0, 0)
        : compare(
            random.pick(["ne", "le", "gt"] as const),
            node,
            constant(random.value(node.width, node.signed), node.width, node.signed),
          );
      const kind = random.pick(["assert", "assume", "cover"] as const);
      const watches = [{ name: `value_${i}`, node }];
      const duringReset = random.chance(0.3);
      return { kind, name: `${kind}_${i}`, message: `property ${i}, 100%`, condition, watches, duringReset };
    });
    replaced.set(module, Object.freeze({ ...current, properties: Object.freeze(properties) }));
  }
  return designOf(replaced.get(design.top)!);
}
