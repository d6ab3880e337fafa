import { type Design, designOf, type ModuleNetlist, mapRoots } from "../ir/index.ts";
import { uniqueModuleNames } from "./module-names.ts";
import { structureKey } from "./structure-key.ts";

/**
 * Modules of the same name, ports and structure become one object, and modules of the same class that differ get names
 * of their own (see `uniqueModuleNames`): afterwards every module is emitted once, under a name that no other has.
 */
export function deduplicate(design: Design): Design {
  if (hasUniqueNames(design)) return design;
  const merged = mergeEqual(design);
  const names = uniqueModuleNames(merged.modules, merged.top);
  return mapModules(merged, (module) => {
    const name = names.get(module.original)!;
    return name === module.current.name ? module.current : Object.freeze({ ...module.current, name });
  });
}

/** Whether every module that is emitted has a name that no other has; then there is nothing to do. */
function hasUniqueNames({ modules }: Design): boolean {
  const own = modules.filter(({ external }) => external === undefined);
  const names = new Set(modules.map(({ name }) => name));
  const external = new Set(modules.filter((module) => module.external !== undefined).map(({ name }) => name));
  return names.size === own.length + external.size;
}

function mergeEqual(design: Design): Design {
  const wanted = new Map<string, number>();
  for (const { name } of design.modules) wanted.set(name, (wanted.get(name) ?? 0) + 1);
  const byKey = new Map<string, ModuleNetlist>();
  const numbers = new Map<ModuleNetlist, number>();
  const numberOf = (module: ModuleNetlist): number => {
    const number = numbers.get(module) ?? numbers.size;
    numbers.set(module, number);
    return number;
  };
  return mapModules(design, ({ current }) => {
    // A class that was used with one set of parameters in one place needs no comparison.
    if (wanted.get(current.name) === 1) return current;
    const key = structureKey(current, numberOf);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, current);
    return current;
  });
}

/** The design with every module replaced, children first; `current` is the module on its replaced children. */
export function mapModules(
  design: Design,
  replace: (module: { readonly original: ModuleNetlist; readonly current: ModuleNetlist }) => ModuleNetlist,
): Design {
  const replaced = new Map<ModuleNetlist, ModuleNetlist>();
  let changed = false;
  for (const original of design.modules) {
    const current = mapRoots(
      original,
      (node) => node,
      (child) => replaced.get(child) ?? child,
    );
    const result = replace({ original, current });
    if (result !== original) changed = true;
    replaced.set(original, result);
  }
  return changed ? designOf(replaced.get(design.top)!) : design;
}
