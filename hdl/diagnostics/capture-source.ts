import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { declaredName } from "./declared-name.ts";
import type { Source, SourceLocation } from "./source.ts";

/** Frames looked at per capture: enough to leave the library and see two callers. */
const FRAME_LIMIT = 16;
/** User frames kept: the place itself, and callers that may give the name. */
const USER_FRAMES = 3;

const libraryRoot = fileURLToPath(new URL("..", import.meta.url));

// Positions never change while a program runs, so what has been worked out about one is kept for the process. This is a
// cache of facts about source text, not state of an elaboration.
const sourceCache = new Map<string, CapturedSource>();
const isUserFile = new Map<string, boolean>();
const fileLines = new Map<string, readonly string[]>();

function pathOf(fileName: string): string {
  return fileName.startsWith("file:") ? fileURLToPath(fileName) : fileName;
}

function belongsToUser(fileName: string): boolean {
  const known = isUserFile.get(fileName);
  if (known !== undefined) return known;
  const path = pathOf(fileName);
  const inLibrary = path.startsWith(libraryRoot) && !/\.test\.ts$|[\\/]testing[\\/]/.test(path);
  const user = !inLibrary && !fileName.startsWith("node:") && !path.includes("node_modules");
  isUserFile.set(fileName, user);
  return user;
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
        this.#name = place && declaredName(linesOf(place.file), place.line, place.column);
        if (this.#name) break;
      }
    }
    return this.#name;
  }
}

/**
 * Where the user's code called into the library. Costs a few microseconds; parsing is left to whoever reads the result,
 * and one call site is worked out once.
 */
export function captureSource(): Source {
  const formatter = Error.prepareStackTrace as Formatter | undefined;
  const limit = Error.stackTraceLimit;
  const holder: { stack?: unknown } = {};
  let sites: NodeJS.CallSite[];
  try {
    Error.stackTraceLimit = FRAME_LIMIT;
    Error.prepareStackTrace = (_error, frames) => frames;
    Error.captureStackTrace(holder, captureSource);
    sites = holder.stack as NodeJS.CallSite[];
  } finally {
    Error.prepareStackTrace = formatter as typeof Error.prepareStackTrace;
    Error.stackTraceLimit = limit;
  }
  const user: NodeJS.CallSite[] = [];
  let key = "";
  for (const site of sites) {
    const file = site.getFileName();
    if (!file || !belongsToUser(file)) continue;
    user.push(site);
    key += `${file}:${site.getLineNumber()}:${site.getColumnNumber()}|`;
    if (user.length === USER_FRAMES) break;
  }
  let source = sourceCache.get(key);
  if (!source) {
    source = new CapturedSource(user, formatter);
    sourceCache.set(key, source);
  }
  return source;
}
