import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const libraryRoot = fileURLToPath(new URL("..", import.meta.url));
const componentsRoot = fileURLToPath(new URL("../library/", import.meta.url));

/** The file in which a child's build() is called: behind it lies the parent, whose names are not those of the child. */
export const boundary = -1;

/** A file that was joined from several sources: source i goes on from character `offsets[i]` to the next source. */
interface JoinedFile {
  readonly offsets: Int32Array;
  readonly numbers: readonly number[];
}

// Facts about files never change while a program runs, so what has been found out about one is kept for the process.
const numbers = new Map<string, number>();
const fileLines = new Map<string, readonly string[]>();

/** The path of a file that a stack names by path or by URL. */
export function pathOf(fileName: string): string {
  return fileName.startsWith("file:") ? fileURLToPath(fileName) : fileName;
}

function numberOf(path: string): number {
  const known = numbers.get(path);
  if (known !== undefined) return known;
  const inLibrary = path.startsWith(libraryRoot) && !/\.test\.ts$|[\\/]testing[\\/]/.test(path);
  const foreign = path.startsWith("node:") || path.includes("node_modules");
  const place = numbers.size + 1;
  let number = inLibrary || foreign ? 0 : place;
  if (inLibrary && /[\\/]language[\\/]build\.[jt]s$/.test(path)) number = boundary;
  else if (inLibrary && path.startsWith(componentsRoot)) number = boundary - place;
  numbers.set(path, number);
  return number;
}

/** The list of sources beside a joined file, as `bin/joined-sources.mjs` writes it; undefined for a file that is a source. */
function joinedFile(path: string): JoinedFile | undefined {
  let text: string;
  try {
    text = readFileSync(`${path}.sources.json`, "utf8");
  } catch {
    return undefined;
  }
  const { offsets, sources } = JSON.parse(text) as { offsets: readonly number[]; sources: readonly string[] };
  return { offsets: Int32Array.from(offsets), numbers: sources.map((source) => numberOf(join(dirname(path), source))) };
}

/** A file that is run, as the frames of a stack name it: one source, or several that were joined. */
export class RunFile {
  readonly #sources: number | JoinedFile;

  constructor(fileName: string) {
    const path = pathOf(fileName);
    this.#sources = joinedFile(path) ?? numberOf(path);
  }

  /**
   * What the source at `position` is, as a number: 1 and more one of the user's files, 0 a file of the language or of
   * Node, then the boundary, and below it a file of the library's components.
   */
  sourceAt(position: number): number {
    if (typeof this.#sources === "number") return this.#sources;
    const { offsets, numbers } = this.#sources;
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (offsets[middle]! <= position) low = middle + 1;
      else high = middle;
    }
    return numbers[low - 1] ?? 0;
  }
}

/** The lines of a source file; empty when it cannot be read. */
export function linesOf(file: string): readonly string[] {
  let lines = fileLines.get(file);
  if (!lines) {
    try {
      lines = readFileSync(file, "utf8").split(/\r?\n/);
    } catch {
      // A bundled or generated caller has no file to show: the location is still worth printing.
      lines = [];
    }
    fileLines.set(file, lines);
  }
  return lines;
}
