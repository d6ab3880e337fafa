import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Lodestone from "../hdl/index.ts";
import { InputError } from "../spec/index.ts";

/** A class of a user's file, and the Lodestone that the file itself imports. */
export interface LoadedModule {
  readonly name: string;
  readonly create: () => Lodestone.Module;
  /**
   * What elaborates it must be the very code whose classes it extends: another copy knows nothing of its signals.
   */
  readonly lodestone: typeof Lodestone;
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
  const { register } = await import("tsx/esm/api");
  register();
  let lodestone: typeof Lodestone;
  let exported: Record<string, unknown>;
  try {
    exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    lodestone = (await import(pathToFileURL(entryFor(file)).href)) as typeof Lodestone;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new InputError(`--file ${path}: cannot be loaded: ${reason}`);
  }
  const classes = Object.entries(exported).filter(([, value]) => isModuleClass(value, lodestone));
  const names = classes.map(([name]) => name);
  const wanted = className ?? (names.length === 1 ? names[0] : names.includes("default") ? "default" : undefined);
  const found = classes.find(([name, value]) => name === wanted || (value as { name: string }).name === className);
  if (!found) {
    const there = names.length === 0 ? "it exports no class that extends Module" : `it exports ${names.join(", ")}`;
    const hint = className === undefined && names.length > 1 ? "; choose one with --class" : "";
    throw new InputError(
      `--file ${path}: ${className === undefined ? there : `no class ${className}; ${there}`}${hint}`,
    );
  }
  const Class = found[1] as new (params: object) => Lodestone.Module;
  return { name: Class.name, create: () => new Class({ ...params }), lodestone };
}

/** The file that `import "lodestone"` means in a user's file; this installation's where that finds nothing. */
function entryFor(file: string): string {
  try {
    return createRequire(file).resolve("lodestone");
  } catch {
    return createRequire(resolve(dirname(fileURLToPath(import.meta.url)), "x.js")).resolve("lodestone");
  }
}

function isModuleClass(value: unknown, lodestone: typeof Lodestone): boolean {
  return typeof value === "function" && value.prototype instanceof lodestone.Module;
}
