import { existsSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import type { Source } from "../diagnostics/source.ts";

/**
 * Turns source locations into `generators/mac/mac-lane.ts:42`. Paths are relative to the nearest folder above the file
 * that holds a package.json, so that every machine writes the same text; the bare file name where there is none.
 */
export class SourcePlaces {
  readonly #roots = new Map<string, string | undefined>();
  readonly #files = new Map<string, string>();
  readonly #places = new Map<Source, string | undefined>();

  /** The place, or undefined when it is not known. */
  placeOf(source: Source | undefined): string | undefined {
    if (source === undefined) return undefined;
    let place = this.#places.get(source);
    if (place === undefined) {
      const { location } = source;
      place = location && `${this.#pathOf(location.file)}:${location.line}`;
      this.#places.set(source, place);
    }
    return place;
  }

  #pathOf(file: string): string {
    let path = this.#files.get(file);
    if (path === undefined) {
      const root = this.#rootOf(dirname(file));
      path = root === undefined ? basename(file) : relative(root, file).split(sep).join("/");
      this.#files.set(file, path);
    }
    return path;
  }

  #rootOf(folder: string): string | undefined {
    if (this.#roots.has(folder)) return this.#roots.get(folder);
    const parent = dirname(folder);
    const root = existsSync(join(folder, "package.json"))
      ? folder
      : parent === folder
        ? undefined
        : this.#rootOf(parent);
    this.#roots.set(folder, root);
    return root;
  }
}
