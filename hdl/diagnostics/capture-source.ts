import type { CallPlace } from "./call-place.ts";
import { type Call, callAt, callSites, type Entry, type KnownSources, runningBuild } from "./call-stack.ts";
import type { Source, SourceLocation } from "./source.ts";
import { boundary } from "./source-files.ts";

/**
 * Frames looked at first. Each costs V8 half a microsecond, and a large design is captured a hundred thousand times: they
 * leave the library and reach the user's line.
 */
const FRAMES = 4;
/** The same when the function that the user called is known: the user's line. */
const ENTRY_FRAMES = 1;
/** Frames looked at then, while they do not tell enough. */
const MORE_FRAMES = [12, 64] as const;
/** User frames kept: the place itself, and callers that may give the name. */
const USER_FRAMES = 3;

class CapturedSource implements Source {
  readonly #places: readonly CallPlace[];

  /** The call into the library, and the calls that led to it. */
  constructor(places: readonly CallPlace[]) {
    this.#places = places;
  }

  get location(): SourceLocation | undefined {
    return this.#places[0]?.location;
  }

  get name(): string | undefined {
    let key: string | undefined;
    for (const place of this.#places) {
      if (place !== this.#places[0] && place.runsCases) return undefined;
      const { name } = place;
      if (name !== undefined) return key === undefined ? name : `${name}_${key}`;
      key ??= place.inStatement.key;
    }
    return undefined;
  }

  get isPart(): boolean {
    for (const { name, inStatement } of this.#places) {
      if (name !== undefined) return inStatement.kind === "part";
      // A function that is called for a value names what it returns after that, and nothing else.
      if (inStatement.kind !== "returned") return true;
    }
    return false;
  }
}

/** Whether what called it could add nothing: its line names its own result, or build() itself is around it. */
function tellsAll(call: Call): boolean {
  return standsInBuild(call) || call.place.name !== undefined;
}

const standsInBuild = ({ inBuild }: Call): boolean => inBuild !== undefined && inBuild === runningBuild();

/** The source of a call alone. */
function ownSource(call: Call): Source {
  call.source ??= new CapturedSource([call.place]);
  return call.source;
}

/**
 * The user's calls among those of a stack, innermost first; undefined when calls beyond the limit could add to them and
 * are needed.
 */
function userCalls(sites: readonly NodeJS.CallSite[], limit: number): readonly Call[] | undefined {
  const user: Call[] = [];
  // Inside a component of the library that is a module of its own, its own lines are what there is to show.
  let components: Call[] | undefined;
  let last: Call | undefined;
  for (const site of sites) {
    const call = callAt(site);
    const { origin } = call.place;
    if (origin > 0) {
      user.push(call);
      if (user.length === USER_FRAMES || (user.length === 1 ? tellsAll(call) : standsInBuild(call))) return user;
    } else if (origin === boundary) {
      if (last !== undefined) last.inBuild = runningBuild();
      if (user.length > 0) return user;
      if (components !== undefined) return components;
    } else if (origin < boundary && user.length === 0) {
      components ??= [];
      if (components.length < USER_FRAMES) components.push(call);
      // Its ports are declared by its own lines, wherever the component is made.
      if (call.place.initializesFields) return components;
    }
    last = origin > 0 ? call : undefined;
  }
  return sites.length < limit || limit === MORE_FRAMES.at(-1) ? user : undefined;
}

/** The source of what no code of the user's led to. */
const nowhere = new CapturedSource([]);

/** The one source for these calls. */
function sourceOf(calls: readonly Call[]): Source {
  const first = calls[0];
  if (first === undefined) return nowhere;
  if (calls.length === 1) return ownSource(first);
  let at: KnownSources = first;
  for (let i = 1; i < calls.length; i++) {
    const { place } = calls[i]!;
    at.callers ??= new Map();
    let next = at.callers.get(place);
    if (next === undefined) {
      next = { source: undefined, callers: undefined };
      at.callers.set(place, next);
    }
    at = next;
  }
  at.source ??= new CapturedSource(calls.map(({ place }) => place));
  return at.source;
}

/**
 * Where the user's code called into the library. Costs a few microseconds, fewer when told the function of the library
 * that the user's code calls: then no frame between them is looked at; `between` is how many functions of the library
 * call that one for the user. Parsing is left to whoever reads the result, and one call is worked out once.
 */
export function captureSource(entry?: Entry, between = 0): Source {
  return (entry && sourceBehind(entry, ENTRY_FRAMES + between)) ?? sourceBehind(captureSource, FRAMES) ?? nowhere;
}

/**
 * As `captureSource`, for what is only told of and never named: the user's line is enough, whoever called the function
 * that it stands in.
 */
export function capturePlace(entry: Entry, between = 0): Source {
  const sites = callSites(between + 1, entry);
  const call = sites.length > between ? callAt(sites[between]!) : undefined;
  return call !== undefined && call.place.origin > 0 ? ownSource(call) : captureSource(entry, between);
}

/** The source that the frames behind a function tell, as few of them as do; undefined when it was not called on this way. */
function sourceBehind(entry: Entry, frames: number): Source | undefined {
  return sourceFrom(callSites(frames, entry), frames) ?? sourceFurther(entry);
}

function sourceFurther(entry: Entry): Source | undefined {
  for (const limit of MORE_FRAMES) {
    const sites = callSites(limit, entry);
    if (sites.length === 0) return undefined;
    const source = sourceFrom(sites, limit);
    if (source !== undefined) return source;
  }
  return undefined;
}

/** The source that frames tell; undefined when there are none, or more are needed than `limit`. */
export function sourceFrom(sites: readonly NodeJS.CallSite[], limit: number): Source | undefined {
  if (sites.length === 0) return undefined;
  const first = callAt(sites[0]!);
  if (first.place.origin > 0 && tellsAll(first)) return ownSource(first);
  const calls = userCalls(sites, limit);
  return calls && sourceOf(calls);
}
