import type { ModuleNetlist } from "../ir/index.ts";
import { parameterText, parameterValueText } from "../ir/parameter-text.ts";

/**
 * A name for every module that no other has. A name that only one module wants stays; modules that want the same one
 * get it with the parameters in which they differ, `MacLane_vectorSize32`, and a number should that not be enough. The
 * top and external modules always keep theirs. Depends on nothing but the names, parameters and order of the modules.
 */
export function uniqueModuleNames(
  modules: readonly ModuleNetlist[],
  top: ModuleNetlist,
): ReadonlyMap<ModuleNetlist, string> {
  const groups = new Map<string, ModuleNetlist[]>();
  for (const module of modules) {
    if (module.external) continue;
    const group = groups.get(module.name);
    if (group === undefined) groups.set(module.name, [module]);
    else group.push(module);
  }
  const names = new Map<ModuleNetlist, string>([[top, top.name]]);
  const taken = new Set<string>([top.name]);
  // External modules are called what they are called, several with different parameters by one name.
  for (const module of modules) {
    if (!module.external) continue;
    names.set(module, module.name);
    taken.add(module.name);
  }
  const give = (module: ModuleNetlist, wanted: string): void => {
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
    taken.add(name);
    names.set(module, name);
  };
  // Names that need no change go first, so that an extended one never takes them.
  for (const [name, group] of groups) if (group.length === 1 && group[0] !== top) give(group[0]!, name);
  for (const [name, group] of groups) {
    if (group.length === 1) continue;
    const keys = differingParameters(group);
    for (const module of group) {
      if (module !== top) give(module, [name, ...keys.map((key) => parameterText(key, module.params[key]))].join("_"));
    }
  }
  return names;
}

/** The parameters that do not have the same value in all modules, in the order in which the modules list them. */
function differingParameters(modules: readonly ModuleNetlist[]): string[] {
  const keys = new Set(modules.flatMap((module) => Object.keys(module.params)));
  return [...keys].filter((key) => new Set(modules.map((module) => parameterValueText(module.params[key]))).size > 1);
}
