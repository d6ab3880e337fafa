import type { Node } from "../ir/index.ts";
import { type Assignment, reachOf, type Target } from "./target.ts";

/** Neighbouring bits of a target that the same assignments drive, in order. */
export interface Segment {
  readonly high: number;
  readonly low: number;
  readonly assignments: readonly Assignment[];
}

/** What became of one segment of a target. */
export interface Resolved {
  readonly segment: Segment;
  /** Undefined when nothing drives it. */
  readonly node: Node | undefined;
  /** False when some path through the conditions drives nothing. */
  readonly complete: boolean;
  /** Assignments, each with the earlier one that it hides on every path. */
  readonly hidden: readonly (readonly [later: Assignment, earlier: Assignment])[];
}

/** The fewest segments that a target's assignments divide it into, the lowest first. */
export function segmentsOf({ width, assignments }: Target): Segment[] {
  const bounds = new Set([0, width]);
  for (const assignment of assignments) bounds.add(assignment.low).add(assignment.low + reachOf(assignment));
  const ordered = [...bounds].sort((a, b) => a - b);
  const starting = new Map(ordered.map((bound, i) => [bound, i]));
  const segments = ordered
    .slice(0, -1)
    .map((low, i) => ({ low, high: ordered[i + 1]! - 1, assignments: [] as Assignment[] }));
  for (const assignment of assignments) {
    const end = starting.get(assignment.low + reachOf(assignment))!;
    for (let i = starting.get(assignment.low)!; i < end; i++) segments[i]!.assignments.push(assignment);
  }
  return segments;
}

/** `bit 3`, `bits 7 to 4`. */
export function bitsText(high: number, low: number): string {
  return high === low ? `bit ${high}` : `bits ${high} to ${low}`;
}

/** Bits of segments, neighbours joined, the highest first: `bits 7 to 4, 2`. */
export function segmentsText(segments: readonly { readonly high: number; readonly low: number }[]): string {
  const ranges: { high: number; low: number }[] = [];
  for (const { high, low } of [...segments].sort((a, b) => a.low - b.low)) {
    const last = ranges.at(-1);
    if (last && last.high + 1 === low) last.high = high;
    else ranges.push({ high, low });
  }
  if (ranges.length === 1) return bitsText(ranges[0]!.high, ranges[0]!.low);
  const texts = ranges.reverse().map(({ high, low }) => (high === low ? `${high}` : `${high} to ${low}`));
  return `bits ${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}
