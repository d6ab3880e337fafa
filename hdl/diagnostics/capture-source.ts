import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { declaredName, runsCases } from "./declared-name.ts";
import type { Source, SourceLocation } from "./source.ts";

/** Frames looked at per capture: enough, nearly always, to leave the library and see two callers. */
const FRAME_LIMIT = 8;
/** Frames looked at when the first look ended inside the library. */
const DEEP_FRAME_LIMIT = 64;
/** User frames kept: the place itself, and callers that may give the name. */
const USER_FRAMES = 3;

const libraryRoot = fileURLToPath(new URL("..", import.meta.url));
const componentsRoot = fileURLToPath(new URL("../library/", import.meta.url));

// Positions never change while a program runs, so what has been worked out about one is kept for the process. This is a
// cache of facts about source text, not state of an elaboration.
const sourceCache = new Map<string, CapturedSource>();
/** The file in which a child's build() is called: behind it lies the parent, whose names are not those of the child. */
const boundary = -1;
/**
 * What a file is, as a number: 1 and more one of the user's files, 0 a file of the language or of Node, then the boundary,
 * and below it a file of the library's components. The number of a file goes into short keys.
 */
const fileNumbers = new Map<string, number>();
const fileLines = new Map<string, readonly string[]>();

function pathOf(fileName: string): string {
  return fileName.startsWith("file:") ? fileURLToPath(fileName) : fileName;
}

function fileNumber(fileName: string): number {
  const known = fileNumbers.get(fileName);
  if (known !== undefined) return known;
  const path = pathOf(fileName);
  const inLibrary = path.startsWith(libraryRoot) && !/\.test\.ts$|[\\/]testing[\\/]/.test(path);
  const foreign = fileName.startsWith("node:") || path.includes("node_modules");
  const place = fileNumbers.size + 1;
  let number = inLibrary || foreign ? 0 : place;
  if (inLibrary && /[\\/]language[\\/]build\.[jt]s$/.test(path)) number = boundary;
  else if (inLibrary && path.startsWith(componentsRoot)) number = boundary - place;
  fileNumbers.set(fileName, number);
  return number;
}

type Formatter = (error: Error, sites: NodeJS.CallSite[]) => unknown;

/** The frame's place in the original source. Lets the installed formatter do the source mapping. */
function locate(site: NodeJS.CallSite, formatter: Formatter | undefined): SourceLocation | undefined {
  if (formatter) {
    const text = String(formatter(new Error(), [site]));
    const match = /\(?((?:file:\/\/)?[^()\n]+?):(\d+):(\d+)\)?\s*$/.exec(text);
    if (match) {
      const file = match[1]!.replace(/^.*?\bat (?:async )?/, "").trim();
      return { file: pathOf(file), line: Number(match[2]), column: Number(match[3]) };
    }
  }
  const file = site.getFileName();
  if (!file) return undefined;
  return { file: pathOf(file), line: site.getLineNumber() ?? 1, column: site.getColumnNumber() ?? 1 };
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

class CapturedSource implements Source {
  #sites: NodeJS.CallSite[];
  #formatter: Formatter | undefined;
  #location: SourceLocation | undefined;
  #name: string | undefined;
  #located = false;
  #named = false;

  constructor(sites: NodeJS.CallSite[], formatter: Formatter | undefined) {
    this.#sites = sites;
    this.#formatter = formatter;
  }

  get location(): SourceLocation | undefined {
    if (!this.#located) {
      this.#located = true;
      const first = this.#sites[0];
      this.#location = first && locate(first, this.#formatter);
    }
    return this.#location;
  }

  get name(): string | undefined {
    if (!this.#named) {
      this.#named = true;
      for (const site of this.#sites) {
        const place = site === this.#sites[0] ? this.location : locate(site, this.#formatter);
        if (place && site !== this.#sites[0] && runsCases(linesOf(place.file), place.line, place.column)) break;
        this.#name = place && declaredName(linesOf(place.file), place.line, place.column);
        if (this.#name) break;
      }
    }
    return this.#name;
  }
}

function callSites(limit: number): NodeJS.CallSite[] {
  const formatter = Error.prepareStackTrace;
  const before = Error.stackTraceLimit;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = (_error, frames) => frames;
    Error.captureStackTrace(holder, captureSource);
    return holder.stack as NodeJS.CallSite[];
  } finally {
    Error.prepareStackTrace = formatter;
    Error.stackTraceLimit = before;
  }
}

function userFrames(limit: number): { user: NodeJS.CallSite[]; key: string } {
  const user: NodeJS.CallSite[] = [];
  // Inside a component of the library that is a module of its own, its own lines are what there is to show.
  let components: NodeJS.CallSite[] | undefined;
  for (const site of callSites(limit)) {
    const file = site.getFileName();
    const number = file ? fileNumber(file) : 0;
    if (number > 0) {
      user.push(site);
      if (user.length === USER_FRAMES) break;
    } else if (number === boundary) {
      if (user.length > 0) break;
      if (components !== undefined) return { user: components, key: keyOf(components) };
    } else if (number < boundary && user.length === 0) {
      components ??= [];
      if (components.length < USER_FRAMES) components.push(site);
      // Its ports are declared by its own lines, wherever the component is made.
      if (site.getFunctionName() === "<instance_members_initializer>")
        return { user: components, key: keyOf(components) };
    }
  }
  return { user, key: keyOf(user) };
}

function keyOf(sites: readonly NodeJS.CallSite[]): string {
  let key = "";
  for (const site of sites) {
    key += `${fileNumber(site.getFileName()!)}:${site.getLineNumber()}:${site.getColumnNumber()},`;
  }
  return key;
}

/**
 * Where the user's code called into the library. Costs a few microseconds; parsing is left to whoever reads the result,
 * and one call site is worked out once.
 */
export function captureSource(): Source {
  let { user, key } = userFrames(FRAME_LIMIT);
  if (user.length === 0) ({ user, key } = userFrames(DEEP_FRAME_LIMIT));
  let source = sourceCache.get(key);
  if (!source) {
    source = new CapturedSource(user, Error.prepareStackTrace as Formatter | undefined);
    sourceCache.set(key, source);
  }
  return source;
}
