import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Lodestone from "../hdl/index.ts";
import { InputError } from "../spec/index.ts";
import { installation, problemLine } from "./load-problem.ts";
import { divertOutput } from "./output.ts";

/** A file of the user's. */
export interface ImportedFile {
  readonly exported: ReadonlyMap<string, unknown>;
  /**
   * The copies of Lodestone that its code may be using, the likeliest first. Each is loaded when it is asked for: two copies
   * of one file have one name, under which Node then finds the positions of the second.
   */
  lodestones(): AsyncIterable<typeof Lodestone>;
}

/**
 * Runs a TypeScript or JavaScript file and gives its exports. What it prints goes to standard error.
 * @param shown the file as the user wrote it
 * @throws InputError when it cannot be loaded, DesignError when it builds a faulty design meanwhile
 */
export async function importFile(file: string, shown: string): Promise<ImportedFile> {
  const [esm, cjs] = await Promise.all([import("tsx/esm/api"), import("tsx/cjs/api")]);
  // A file is CommonJS when the package.json beside it does not say otherwise.
  cjs.register();
  esm.register();
  const restore = divertOutput();
  try {
    const loaded = await settled(import(pathToFileURL(file).href), shown);
    const isCommonJs = "default" in loaded && typeof loaded.default === "object" && loaded.default !== null;
    return { exported: exportsOf(loaded), lodestones: () => lodestonesOf(file, isCommonJs) };
  } catch (error) {
    if (error instanceof InputError || (error as Error | undefined)?.name === "DesignError") throw error;
    throw new InputError(`--file ${shown}: cannot be loaded: ${problemLine(error)}`);
  } finally {
    restore();
  }
}

/** The import, or an error once nothing is left that could end it. */
async function settled(loading: Promise<unknown>, shown: string): Promise<object> {
  let giveUp = (): void => {};
  const stuck = new Promise<never>((_, reject) => {
    giveUp = () => reject(new InputError(`--file ${shown}: never ends loading: it awaits what does not come`));
  });
  process.once("beforeExit", giveUp);
  try {
    return (await Promise.race([loading, stuck])) as object;
  } finally {
    process.off("beforeExit", giveUp);
  }
}

/** The exports by name; those of a CommonJS file stand inside its default export. */
function exportsOf(loaded: object): ReadonlyMap<string, unknown> {
  const exported = new Map<string, unknown>(Object.entries(loaded));
  const inner = exported.get("default");
  if (typeof inner === "object" && inner !== null) {
    exported.delete("default");
    for (const [name, value] of Object.entries(inner)) if (!exported.has(name)) exported.set(name, value);
  }
  return exported;
}

/**
 * The Lodestone that `import "lodestone"` means in the file, as a module and as CommonJS, which are two copies; and this
 * installation's, for files that name it by its path.
 */
async function* lodestonesOf(file: string, isCommonJs: boolean): AsyncGenerator<typeof Lodestone> {
  const require = createRequire(file);
  const asModule = async () => (await import(pathToFileURL(require.resolve("lodestone")).href)) as typeof Lodestone;
  const asCommonJs = async () => require("lodestone") as typeof Lodestone;
  const installed = async () =>
    (await import(pathToFileURL(join(installation(), "hdl", "index.ts")).href)) as typeof Lodestone;
  for (const load of isCommonJs ? [asCommonJs, asModule, installed] : [asModule, installed, asCommonJs]) {
    const found = await load().catch(() => undefined);
    if (found) yield found;
  }
}
