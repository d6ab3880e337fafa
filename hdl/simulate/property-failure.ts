import { formatPlace, type Source } from "../diagnostics/index.ts";
import type { PropertyWatch } from "../ir/index.ts";
import { memberOf } from "../types/index.ts";

/**
 * What a failing assertion or assumption does: ends the run with an error (`throw`), is noted (`collect`), or is not
 * looked at (`off`).
 */
export type AssertionMode = "throw" | "collect" | "off";

/** A signal of a failing condition and its value at the failing edge; undefined where a simulator does not know it. */
export interface FailureValue {
  readonly name: string;
  readonly value: bigint | undefined;
  /** The name of the value, for one of an enumeration. */
  readonly member?: string | undefined;
}

/** What is told of a watched signal that has a value. */
export function failureValue(
  { name, enumeration }: Omit<PropertyWatch, "node">,
  value: bigint | undefined,
): FailureValue {
  const member = enumeration === undefined || value === undefined ? undefined : memberOf(enumeration, value);
  return member === undefined ? { name, value } : { name, value, member };
}

/** One assertion or assumption that did not hold at one clock edge. */
export interface PropertyFailure {
  readonly kind: "assert" | "assume";
  /** The property's name in the Verilog. */
  readonly name: string;
  /** What the user wrote. */
  readonly message: string;
  /** The instance: names of the modules around the property, the top first. */
  readonly path: readonly string[];
  /** Clock edges since the start of the simulation before the failing one. */
  readonly cycle: number;
  /** The signals of the condition, just before the edge. */
  readonly values: readonly FailureValue[];
  readonly source?: Source | undefined;
}

/** A failure as a person reads it. */
export function formatFailure(failure: PropertyFailure): string {
  const { kind, message, path, cycle, values, source } = failure;
  const line = source?.location?.line ?? 0;
  const gutter = Math.max(2, String(line).length);
  const pad = " ".repeat(gutter);
  const told = values.map(({ name, value, member }) => `${name} = ${member ?? value ?? "unknown"}`).join(", ");
  return [
    `${kind === "assert" ? "assertion" : "assumption"} failed in cycle ${cycle}: ${message} (in ${path.join(".")})`,
    ...(source ? formatPlace({ source }, gutter) : []),
    ...(told === "" ? [] : [`${pad} = ${told}`]),
  ].join("\n");
}

/** A simulation in which an assertion or an assumption does not hold. */
export class AssertionFailure extends Error {
  readonly exitCode = 1;
  readonly failure: PropertyFailure;

  constructor(failure: PropertyFailure) {
    super(formatFailure(failure));
    this.name = "AssertionFailure";
    this.failure = failure;
  }
}

/** How often a cover was seen to hold. */
export interface CoverCount {
  readonly name: string;
  readonly path: readonly string[];
  readonly count: number;
}
