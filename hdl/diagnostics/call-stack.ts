import { CallPlace } from "./call-place.ts";
import type { Source } from "./source.ts";
import { RunFile } from "./source-files.ts";

/** A function of the library that users call; its own type does not matter. */
export type Entry = (...args: never[]) => unknown;

/** The source of the calls up to one, and those of the same with what called it. */
export interface KnownSources {
  source: Source | undefined;
  callers: Map<CallPlace, KnownSources> | undefined;
}

/** A call in a stack, and the sources that begin with it. */
export interface Call extends KnownSources {
  readonly place: CallPlace;
  /** The build() that it stands in, where it does: while that is the one that runs, nothing that could name it called it. */
  inBuild: object | undefined;
}

/** A file that is run, and the calls in it that have been seen, by position. */
interface Script {
  readonly file: RunFile;
  readonly calls: Map<number, Call>;
}

// Positions never change while a program runs, so what has been worked out about one is kept for the process. This is a
// cache of facts about source text, not state of an elaboration.
const scripts = new Map<string, Script>();

// Elaboration is synchronous, so one variable serves: build() of a child runs inside that of its parent.
let running: object | undefined;

/** The build() that runs now. */
export function runningBuild(): object | undefined {
  return running;
}

/** Runs the `build` of a module by `run`. */
export function runBuild(build: object, run: () => void): void {
  const before = running;
  running = build;
  try {
    run();
  } finally {
    running = before;
  }
}

const keepFrames = (_error: Error, frames: NodeJS.CallSite[]): NodeJS.CallSite[] => frames;

// V8 gives an object its stack faster when it has had one before.
const holder: { stack?: unknown } = {};

/** The calls that led to `below`, the innermost first. */
export function callSites(limit: number, below: Entry): readonly NodeJS.CallSite[] {
  const formatter = Error.prepareStackTrace;
  const before = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = keepFrames;
    Error.captureStackTrace(holder, below);
    const { stack } = holder;
    // V8 writes a text instead where the stack is so full that it cannot call what it should.
    if (!Array.isArray(stack)) throw new RangeError("Maximum call stack size exceeded");
    return stack as readonly NodeJS.CallSite[];
  } finally {
    Error.prepareStackTrace = formatter;
    Error.stackTraceLimit = before;
  }
}

/** The call that a frame of a stack is. */
export function callAt(site: NodeJS.CallSite): Call {
  // Functions that V8 or eval() made have no file.
  const fileName = site.getFileName() || "node:";
  let script = scripts.get(fileName);
  if (script === undefined) {
    script = { file: new RunFile(fileName), calls: new Map() };
    scripts.set(fileName, script);
  }
  const position = site.getPosition();
  let call = script.calls.get(position);
  if (call === undefined) {
    const place = new CallPlace(site, script.file.sourceAt(position));
    call = { place, inBuild: undefined, source: undefined, callers: undefined };
    script.calls.set(position, call);
  }
  return call;
}
