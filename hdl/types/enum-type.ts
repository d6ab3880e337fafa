import type { UIntType } from "./data-type.ts";

/** The members of an enumeration and the numbers that stand for them, in ascending order. */
export interface Enumeration<N extends string = string, M extends string = string> {
  readonly name: N;
  readonly members: ReadonlyMap<M, bigint>;
}

/** An unsigned integer whose values have names. In the netlist and in Verilog it is a `uint` with `localparam`s. */
export interface EnumType<N extends string = string, M extends string = string> extends UIntType {
  readonly enumeration: Enumeration<N, M>;
}

/** The name of an encoding; undefined for one that no member has. */
export function memberOf(enumeration: Enumeration, value: bigint): string | undefined {
  for (const [name, encoding] of enumeration.members) if (encoding === value) return name;
  return undefined;
}

/** The members as a person reads them: `idle, run, done`. */
export function membersText(enumeration: Enumeration): string {
  return [...enumeration.members.keys()].join(", ");
}

/** Whether two enumerations are the same: one object, or the same name and members. */
export function sameEnumeration(a: Enumeration | undefined, b: Enumeration | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.name !== b.name || a.members.size !== b.members.size) return false;
  return [...a.members].every(([name, value]) => b.members.get(name) === value);
}
