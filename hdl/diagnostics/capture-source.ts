import type { CallPlace } from "./call-place.ts";
import { type Call, callAt, callSites, type Entry } from "./call-stack.ts";
import type { Source, SourceLocation } from "./source.ts";
import { boundary } from "./source-files.ts";

/**
 * Frames looked at, first and then again while they do not tell enough. Each costs V8 half a microsecond, and a large
 * design is captured a hundred thousand times: the first look leaves the library and reaches the user's line.
 */
const FRAME_LIMITS = [4, 12, 64] as const;
/** User frames kept: the place itself, and callers that may give the name. */
const USER_FRAMES = 3;

/** Frames looked at when the function that the user called is known: the user's line, and who called it. */
const ENTRY_FRAMES = 2;

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

/**
 * The user's calls among those of a stack, innermost first; undefined when calls beyond the limit could add to them and
 * are needed.
 */
function userCalls(sites: readonly NodeJS.CallSite[], limit: number): readonly Call[] | undefined {
  const user: Call[] = [];
  // Inside a component of the library that is a module of its own, its own lines are what there is to show.
  let components: Call[] | undefined;
  for (const site of sites) {
    const call = callAt(site);
    const { origin } = call.place;
    if (origin > 0) {
      user.push(call);
      // A line that names its own result needs no caller to do so.
      if (user.length === USER_FRAMES || (user.length === 1 && call.place.name !== undefined)) return user;
    } else if (origin === boundary) {
      if (user.length > 0) return user;
      if (components !== undefined) return components;
    } else if (origin < boundary && user.length === 0) {
      components ??= [];
      if (components.length < USER_FRAMES) components.push(call);
      // Its ports are declared by its own lines, wherever the component is made.
      if (call.place.initializesFields) return components;
    }
  }
  return sites.length < limit || limit === FRAME_LIMITS.at(-1) ? user : undefined;
}

/** The source of what no code of the user's led to. */
const nowhere = new CapturedSource([]);

/** The one source for these calls. */
function sourceOf(calls: readonly Call[]): Source {
  let at = calls[0];
  if (at === undefined) return nowhere;
  for (let i = 1; i < calls.length; i++) {
    const { place } = calls[i]!;
    at.callers ??= new Map();
    let next = at.callers.get(place);
    if (next === undefined) {
      next = { place, source: undefined, callers: undefined };
      at.callers.set(place, next);
    }
    at = next;
  }
  at.source ??= new CapturedSource(calls.map(({ place }) => place));
  return at.source;
}

/** The source of frames that need to be looked at from the library's own on, or further up. */
function captureFurther(): Source {
  for (const limit of FRAME_LIMITS) {
    const calls = userCalls(callSites(limit, captureSource), limit);
    if (calls !== undefined) return sourceOf(calls);
  }
  return nowhere;
}

/**
 * Where the user's code called into the library. Costs a few microseconds, fewer when told the function of the library
 * that the user's code calls: then no frame between them is looked at. Parsing is left to whoever reads the result, and
 * one call is worked out once.
 */
export function captureSource(entry?: Entry): Source {
  return (entry && sourceFrom(callSites(ENTRY_FRAMES, entry))) ?? captureFurther();
}

/** The source of the frames behind an entry; undefined when they do not tell, or the entry was not called on this way. */
function sourceFrom(sites: readonly NodeJS.CallSite[]): Source | undefined {
  const calls = sites.length === 0 ? undefined : userCalls(sites, ENTRY_FRAMES);
  return calls && sourceOf(calls);
}
