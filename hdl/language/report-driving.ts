import type { DiagnosticCode, Place } from "../diagnostics/index.ts";
import { bitsText, type Resolved, segmentsText } from "./driven-bits.ts";
import { type Assignment, reachOf, type Target } from "./target.ts";

/** Complains about a target, or bits of it, that are not driven, not always driven, or driven in vain. */
export function reportDriving(target: Target, resolved: readonly Resolved[]): void {
  if (target.assignments.length === 0) reportUndriven(target);
  else reportUndrivenBits(target, resolved);
  reportHidden(target, resolved);
  reportIncomplete(target, resolved);
}

function report(target: Target, code: DiagnosticCode, message: string, hint: string, places: Place[]): void {
  target.context.report(code, message, hint, { signal: target.name, places });
}

/** How a message names bits of a target, and the verb that goes with it; the target itself when all bits are meant. */
function subject(target: Target, name: string, parts: readonly Resolved[]): { text: string; plural: boolean } {
  const bits = parts.reduce((sum, { segment }) => sum + segment.high - segment.low + 1, 0);
  if (bits === target.width) return { text: name, plural: false };
  return { text: `${segmentsText(parts.map(({ segment }) => segment))} of ${name}`, plural: bits > 1 };
}

const kindAndName = ({ kind, name }: Target): string => `${kind} \`${name}\``;

/** How the user's code assigns the target: `this.sum.value`, `total.at(3).next`; with `part`, `this.sum.bit(3).value`. */
function pathInCode({ kind, name }: Target, part = ""): string {
  const path = name.replace(/\[(\d+)\]/g, ".at($1)");
  return `${kind === "output" ? "this." : ""}${path}${part}.${kind === "register" ? "next" : "value"}`;
}

function reportUndriven(target: Target): void {
  const verb = target.kind === "register" ? "given a next value" : "driven";
  const { message, hint } = target.words?.undriven ?? {
    message: `${kindAndName(target)} is never ${verb}`,
    hint: `assign \`${pathInCode(target)}\` in build()`,
  };
  report(target, "LS0201", message, hint, [{ source: target.source, note: "declared here" }]);
}

function reportUndrivenBits(target: Target, resolved: readonly Resolved[]): void {
  const missing = resolved.filter(({ segment }) => segment.assignments.length === 0);
  if (missing.length === 0) return;
  const { high, low } = missing.at(-1)!.segment;
  const path = pathInCode(target, high === low ? `.bit(${high})` : `.slice(${high}, ${low})`);
  const { text, plural } = subject(target, kindAndName(target), missing);
  const verb = target.kind === "register" ? "given a next value" : "driven";
  const driven = target.assignments[0]!;
  report(
    target,
    "LS0206",
    `${text} ${plural ? "are" : "is"} never ${verb}, but others are`,
    `assign \`${path}\` too, or give the whole a value first`,
    [
      { source: target.source, note: "declared here" },
      { source: driven.source, note: `${bitsText(driven.low + reachOf(driven) - 1, driven.low)} driven here` },
    ],
  );
}

/**
 * Whether one assignment overrides a part of an earlier one, as a bit does that has a default, or an element of a vector
 * that was assigned as a whole: no mistake.
 */
function isOverride(later: Assignment, earlier: Assignment): boolean {
  if ((later.depth ?? 0) < (earlier.depth ?? 0)) return true;
  const [before, after] = [reachOf(earlier), reachOf(later)];
  const contains = earlier.low <= later.low && earlier.low + before >= later.low + after;
  return contains && before > after;
}

function reportHidden(target: Target, resolved: readonly Resolved[]): void {
  const pairs = new Map<Assignment, Map<Assignment, Resolved[]>>();
  for (const part of resolved) {
    for (const [later, earlier] of part.hidden) {
      if (isOverride(later, earlier)) continue;
      const byEarlier = pairs.get(later) ?? new Map<Assignment, Resolved[]>();
      pairs.set(later, byEarlier);
      const parts = byEarlier.get(earlier);
      if (parts) parts.push(part);
      else byEarlier.set(earlier, [part]);
    }
  }
  for (const [later, byEarlier] of pairs) {
    for (const [earlier, parts] of byEarlier) {
      const { text, plural } = subject(target, `\`${target.name}\``, parts);
      const verb = target.words ? "taken" : "driven";
      const { message, hint } = target.words?.twice ?? {
        message: `${text} ${plural ? "are" : "is"} driven twice: the second assignment always hides the first`,
        hint:
          earlier.scope === later.scope
            ? "drive it once, or put one of the two under a when()"
            : "put the assignment without a condition, as a default, before the when(): the later one wins",
      };
      report(target, "LS0203", message, hint, [
        { source: later.source, note: `${verb} again here` },
        { source: earlier.source, note: `first ${verb} here` },
      ]);
    }
  }
}

function reportIncomplete(target: Target, resolved: readonly Resolved[]): void {
  const parts = resolved.filter(({ complete, node }) => node && !complete);
  if (parts.length === 0) return;
  const { text, plural } = subject(target, kindAndName(target), parts);
  const would = plural ? "they would have to remember their" : "it would have to remember its";
  const [first] = parts[0]!.segment.assignments;
  const hint =
    first!.at === undefined
      ? "drive it before the when() as a default, or add an otherwise(); for a value that is kept, use register()"
      : `drive all of it before as a default: \`${pathInCode(target)} = 0\`; for a value that is kept, use register()`;
  report(target, "LS0202", `${text} ${plural ? "are" : "is"} driven only under some conditions: ${would} value`, hint, [
    { source: first!.source, note: "driven here" },
    { source: target.source, note: "declared here" },
  ]);
}
