import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type * as Lodestone from "../hdl/index.ts";
import { InputError } from "../spec/index.ts";
import { importFile } from "./import-file.ts";
import { inspectClass, type ModuleClass, refuseArguments } from "./inspect-class.ts";

/** A class of a user's file, and the Lodestone that the file itself imports. */
export interface LoadedModule {
  readonly name: string;
  readonly create: () => Lodestone.Module;
  /**
   * What elaborates it must be the very code whose classes it extends: another copy knows nothing of its signals. What
   * comes out is data, which any copy understands.
   */
  readonly lodestone: typeof Lodestone;
  /**
   * Builds and checks it; faults of the design are returned.
   * @throws InputError when its code fails otherwise, for a parameter that it does not know, and for one that it misses
   */
  inspect(): Lodestone.Elaborated;
}

/**
 * Loads a module class of a TypeScript or JavaScript file. Of several that the file exports, `className` chooses.
 * @throws InputError for a file that is not there, cannot be loaded, or has no such class
 */
export async function loadModule(
  path: string,
  className: string | undefined,
  params: Readonly<Record<string, unknown>>,
): Promise<LoadedModule> {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile()) throw new InputError(`--file ${path}: no such file`);
  const { exported, lodestones } = await importFile(file, path);
  let own: typeof Lodestone | undefined;
  const classes = new Map<string, ModuleClass>();
  for await (const lodestone of lodestones()) {
    own = lodestone;
    for (const [name, value] of exported) if (isModuleClass(value, lodestone)) classes.set(name, value);
    if (classes.size > 0) break;
  }
  const found = chosen(classes, className);
  if (own === undefined || found === undefined) {
    const names = [...classes.keys()].sort();
    const there = names.length === 0 ? "it exports no class that extends Module" : `it exports ${names.join(", ")}`;
    const hint = className === undefined && names.length > 1 ? "; choose one with --class" : "";
    const missed = className === undefined ? there : `no class ${className}; ${there}`;
    throw new InputError(`--file ${path}: ${missed}${hint}`);
  }
  const { name } = found;
  const where = `--file ${path}: ${name}`;
  refuseArguments(found, where);
  return {
    name,
    create: () => new found({ ...params }),
    lodestone: own,
    inspect: () => inspectClass(found, params, own, where),
  };
}

/** A class that can be built; one that leaves `build()` to others is there to be extended. */
function isModuleClass(value: unknown, lodestone: typeof Lodestone): value is ModuleClass {
  return (
    typeof value === "function" &&
    value.prototype instanceof lodestone.Module &&
    typeof (value.prototype as Lodestone.Module).build === "function"
  );
}

function chosen(classes: ReadonlyMap<string, ModuleClass>, className: string | undefined): ModuleClass | undefined {
  if (className !== undefined) {
    return classes.get(className) ?? [...classes.values()].find(({ name }) => name === className);
  }
  const distinct = new Set(classes.values());
  return distinct.size === 1 ? [...distinct][0] : classes.get("default");
}
