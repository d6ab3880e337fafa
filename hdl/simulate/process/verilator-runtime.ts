import { copyFile, mkdir, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { discardEntry, moveIntoCache, temporaryName } from "./cache-folder.ts";
import { modelPrefix } from "./verilator-harness.ts";

/** Runs make in the folder of the objects with arguments on top of the usual ones. */
export type RunMake = (args: readonly string[], environment: Readonly<Record<string, string>>) => Promise<void>;

const header = "verilated.h";
const precompiled = `${header}.gch`;

/**
 * What is the same in all builds with the same tools and flags, and takes longer than the rest: the objects of
 * Verilator's runtime library, and its header precompiled. The first build leaves the objects behind; the second, which
 * is a sign of more to come, adds the header (2 s once, 1 s less from then on).
 */
export class VerilatorRuntime {
  readonly #folder: string;
  readonly #objects: string;

  /**
   * @param folder the cache entry for these tools and flags
   * @param objects the folder in which make runs
   */
  constructor(folder: string, objects: string) {
    this.#folder = folder;
    this.#objects = objects;
  }

  /**
   * Puts what there is where make finds it newer than its sources; returns the environment variables make needs to
   * use it.
   */
  async lend(make: RunMake): Promise<Readonly<Record<string, string>>> {
    const names = await listed(this.#folder);
    for (const name of names) {
      if (name.endsWith(".o")) await copyFile(join(this.#folder, name), join(this.#objects, name));
    }
    if (names.length === 0) return {};
    const now = new Date();
    await utimes(this.#folder, now, now);
    if (!(await this.#precompilationHelps())) return {};
    if (!names.includes(precompiled)) await this.#precompile(make);
    await copyFile(join(this.#folder, header), join(this.#objects, header));
    await symlink(join(this.#folder, precompiled), join(this.#objects, precompiled));
    return { CPPFLAGS: `-include ${header}` };
  }

  /** Keeps the objects of a finished build for the next one. */
  async keep(): Promise<void> {
    if ((await listed(this.#folder)).length > 0) return;
    const names = (await listed(this.#objects)).filter((name) => /^verilated.*\.o$/.test(name));
    const copy = temporaryName(this.#folder);
    await mkdir(copy);
    for (const name of names) await copyFile(join(this.#objects, name), join(copy, name));
    await moveIntoCache(copy, this.#folder);
  }

  /** Forgets what was kept. */
  async discard(): Promise<void> {
    await discardEntry(this.#folder);
  }

  // Newer versions of Verilator precompile a header themselves; a `.gch` file is what GNU compilers look for.
  async #precompilationHelps(): Promise<boolean> {
    return process.platform === "linux" && !(await listed(this.#objects)).includes(`${modelPrefix}__pch.h`);
  }

  /** In Verilator's own makefile, so that the flags are exactly those of the files that will use it. */
  async #precompile(make: RunMake): Promise<void> {
    const rules = join(this.#objects, "header.mk");
    await writeFile(
      rules,
      [
        `${precompiled}:`,
        `\tcp $(VERILATOR_ROOT)/include/${header} ${header}`,
        `\t$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(OPT_FAST) -x c++-header -o $@ ${header}`,
        "",
      ].join("\n"),
    );
    await make(["-f", "header.mk", precompiled], {});
    for (const name of [header, precompiled]) {
      const copy = temporaryName(join(this.#folder, name));
      await copyFile(join(this.#objects, name), copy);
      await moveIntoCache(copy, join(this.#folder, name));
      await rm(join(this.#objects, name));
    }
  }
}

async function listed(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
