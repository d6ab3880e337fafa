import type { CallPlace } from "./call-place.ts";
import { callAt, callSites, type Entry } from "./call-stack.ts";
import { captureSource, sourceFrom } from "./capture-source.ts";
import type { Source } from "./source.ts";
import { boundary } from "./source-files.ts";

/** Frames that may give a name to a declaration: its own, and those of functions around it. */
const NAMING_FRAMES = 4;
/** Frames looked at for the place and the name of a declaration: the lines of the user up to the body of build(). */
const DECLARATION_FRAMES = 3;
/** Frames looked at for a name alone, in turn: it needs all of them up to the body of build(). */
const NAMING_LIMITS = [6, 16, Number.POSITIVE_INFINITY] as const;

/** A frame of somebody's code, and whether other code of theirs called it, and not a library that it was handed to. */
interface Step {
  readonly place: CallPlace;
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
    const { place } = callAt(site);
    if (place.origin === boundary) {
      complete = true;
      break;
    }
    if (place.origin === 0) {
      last = undefined;
      continue;
    }
    const steps = place.origin > 0 ? user : components;
    if (steps.length === NAMING_FRAMES) {
      if (steps === user) {
        complete = true;
        break;
      }
      // However deep the library is in its own functions, the user's line lies behind them.
      last = undefined;
      continue;
    }
    const step: Step = { place, calledDirectly: false };
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
  for (const limit of NAMING_LIMITS) {
    const steps = stepsOf(callSites(limit, captureName), limit);
    if (steps !== undefined) return nameOf(steps, part);
  }
  return part;
}

function nameOf(steps: readonly Step[], part: string | undefined): string | undefined {
  const names: string[] = [];
  // Whether the function that the last name stands in was called for its result.
  let called = true;
  steps.forEach((step, i) => {
    const own = part !== undefined && i === 0 && step.place.origin < boundary;
    const name = own || !called ? undefined : step.place.name;
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

/** What the code tells of a declaration. */
export interface CapturedDeclaration {
  readonly source: Source;
  readonly name: string | undefined;
}

/**
 * Both where the user's code declares something and, unless it is told, the name: from one look at the stack where that
 * tells enough. `entry` and `between` are those of `captureSource`, `part` that of `captureName`.
 */
export function captureDeclaration(
  given: { readonly name?: string | undefined; readonly part?: string | undefined },
  entry: Entry,
  between = 0,
): CapturedDeclaration {
  const { name, part } = given;
  if (name !== undefined) return { source: captureSource(entry, between), name };
  const limit = DECLARATION_FRAMES + between;
  const sites = callSites(limit, entry);
  const source = sourceFrom(sites, limit);
  const steps = source && stepsOf(sites, limit);
  if (steps !== undefined) return { source: source!, name: nameOf(steps, part) };
  return { source: source ?? captureSource(entry, between), name: captureName(part) };
}
