import { CallPlace } from "./call-place.ts";
import type { Source, SourceLocation } from "./source.ts";
import { boundary, fileNumber } from "./source-files.ts";

/**
 * Frames looked at, first and then again while they do not tell enough. Each costs V8 half a microsecond, and a large
 * design is captured a hundred thousand times: the first look leaves the library and reaches the user's line.
 */
const FRAME_LIMITS = [4, 12, 64] as const;
/** Frames that may give a name to a declaration: its own, and those of functions around it. */
const NAMING_FRAMES = 4;
/** The same for the names of declarations, which need all frames up to the body of build(). */
const NAMING_LIMITS = [6, 16, Number.POSITIVE_INFINITY] as const;
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

/** A call, and the sources that begin with it by what called it. */
interface Seen {
  source: CapturedSource | undefined;
  callers: Map<number, Seen> | undefined;
}

// Positions never change while a program runs, so what has been worked out about one is kept for the process. This is a
// cache of facts about source text, not state of an elaboration.
const seen: Seen = { source: undefined, callers: undefined };
const places = new Map<number, CallPlace>();

const keepFrames = (_error: Error, frames: NodeJS.CallSite[]): NodeJS.CallSite[] => frames;

/** The calls that led to `below`, the innermost first. */
function callSites(limit: number, below: () => unknown): NodeJS.CallSite[] {
  const formatter = Error.prepareStackTrace;
  const before = Error.stackTraceLimit;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = keepFrames;
    Error.captureStackTrace(holder, below);
    return holder.stack as NodeJS.CallSite[];
  } finally {
    Error.prepareStackTrace = formatter;
    Error.stackTraceLimit = before;
  }
}

/** A frame of somebody's code: file and position in one number, of which the position takes the low 32 bits. */
interface Frame {
  readonly site: NodeJS.CallSite;
  readonly key: number;
}

const frameOf = (site: NodeJS.CallSite, number: number): Frame => ({
  site,
  key: number * 2 ** 32 + site.getPosition(),
});

function placeOf({ site, key }: Frame): CallPlace {
  let place = places.get(key);
  if (place === undefined) {
    place = new CallPlace(site);
    places.set(key, place);
  }
  return place;
}

/**
 * The user's frames among those of a stack, innermost first; undefined when frames beyond the limit could add to them and
 * are needed.
 */
function userFrames(sites: readonly NodeJS.CallSite[], limit: number): readonly Frame[] | undefined {
  const user: Frame[] = [];
  // Inside a component of the library that is a module of its own, its own lines are what there is to show.
  let components: Frame[] | undefined;
  for (const site of sites) {
    const number = fileNumber(site);
    if (number > 0) {
      const frame = frameOf(site, number);
      // A line that names its own result needs no caller to do so.
      if (user.length === 0 && placeOf(frame).name !== undefined) return [frame];
      user.push(frame);
      if (user.length === USER_FRAMES) return user;
    } else if (number === boundary) {
      if (user.length > 0) return user;
      if (components !== undefined) return components;
    } else if (number < boundary && user.length === 0) {
      components ??= [];
      if (components.length < USER_FRAMES) components.push(frameOf(site, number));
      // Its ports are declared by its own lines, wherever the component is made.
      if (site.getFunctionName() === "<instance_members_initializer>") return components;
    }
  }
  return sites.length < limit || limit === FRAME_LIMITS.at(-1) ? user : undefined;
}

/** The one source for these frames. */
function sourceOf(frames: readonly Frame[]): Source {
  let at = seen;
  for (const { key } of frames) {
    at.callers ??= new Map();
    let next = at.callers.get(key);
    if (next === undefined) {
      next = { source: undefined, callers: undefined };
      at.callers.set(key, next);
    }
    at = next;
  }
  at.source ??= new CapturedSource(frames.map(placeOf));
  return at.source;
}

/** A frame of somebody's code, and whether other code of theirs called it, and not a library that it was handed to. */
interface Step extends Frame {
  calledDirectly: boolean;
}

/**
 * The steps from the body of build() to where the library was called, the innermost first, at most `NAMING_FRAMES`;
 * undefined when the frames end before they are all seen.
 */
function stepsOf(sites: readonly NodeJS.CallSite[], limit: number): readonly Step[] | undefined {
  const user: Step[] = [];
  const components: Step[] = [];
  let last: Step | undefined;
  let complete = sites.length < limit;
  for (const site of sites) {
    const number = fileNumber(site);
    if (number === boundary) {
      complete = true;
      break;
    }
    if (number === 0) {
      last = undefined;
      continue;
    }
    const steps = number > 0 ? user : components;
    if (steps.length === NAMING_FRAMES) {
      if (steps === user) {
        complete = true;
        break;
      }
      // However deep the library is in its own functions, the user's line lies behind them.
      last = undefined;
      continue;
    }
    const step: Step = { ...frameOf(site, number), calledDirectly: false };
    if (last) last.calledDirectly = steps.at(-1) === last;
    steps.push(step);
    last = step;
  }
  if (!complete) return undefined;
  return user.length > 0 ? user : components;
}

/**
 * The name that the code gives to what is declared now. What a function declares for its caller bears the caller's name in
 * front of its own, so that each call has names of its own: `seconds_ones` for `const seconds = digits(…)` where `digits`
 * says `const ones = register(…)`. A callback adds nothing. `part` says that the innermost function of the library
 * declares it for its caller, and has another name for it than that of its variable.
 */
export function captureName(part?: string): string | undefined {
  const names: string[] = [];
  let steps: readonly Step[] | undefined;
  for (const limit of NAMING_LIMITS) steps ??= stepsOf(callSites(limit, captureName), limit);
  // Whether the function that the last name stands in was called for its result.
  let called = true;
  steps?.forEach((step, i) => {
    const own = part !== undefined && i === 0 && fileNumber(step.site) < boundary;
    const name = own || !called ? undefined : placeOf(step).name;
    if (name !== undefined) {
      // What drives a signal is named after it, as its value; what is declared for it, as a part of it.
      const word = names.length === 0 ? name : name.replace(/_(?:value|next)$/, "");
      if (word !== names[0]) names.unshift(word);
      called = false;
    }
    called ||= step.calledDirectly;
  });
  if (part !== undefined) names.push(part);
  return names.length === 0 ? undefined : names.join("_");
}

/**
 * Where the user's code called into the library. Costs a few microseconds; parsing is left to whoever reads the result,
 * and one call site is worked out once.
 */
export function captureSource(): Source {
  for (const limit of FRAME_LIMITS) {
    const frames = userFrames(callSites(limit, captureSource), limit);
    if (frames !== undefined) return sourceOf(frames);
  }
  return sourceOf([]);
}
