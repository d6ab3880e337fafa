import type { Source } from "../diagnostics/source.ts";
import type { Enumeration } from "../types/index.ts";
import type { ModuleNetlist } from "./netlist.ts";
import type { Node } from "./node.ts";

/** What a property says of its condition: it always holds, it may be relied upon, or it should be seen to hold once. */
export type PropertyKind = "assert" | "assume" | "cover";

/** A signal whose value is told when a property fails. */
export interface PropertyWatch {
  readonly name: string;
  readonly node: Node;
  /** The names of its values, for a signal of an enumeration. */
  readonly enumeration?: Enumeration | undefined;
}

/** A statement about the design that simulation checks at every clock edge and proofs look at in every cycle. */
export interface PropertyDefinition {
  readonly kind: PropertyKind;
  /** Unique among all names of the module and legal in Verilog. */
  readonly name: string;
  /** What the user wrote: the sentence of an assertion, the name of a cover. */
  readonly message: string;
  /** One bit; what encloses the statement (`when`) is part of it. */
  readonly condition: Node;
  /** The signals that the condition reads. */
  readonly watches: readonly PropertyWatch[];
  /** Also looked at while reset is active. */
  readonly duringReset: boolean;
  /**
   * Made for an index, not written by anyone: for simulation alone. It is no part of the Verilog that is delivered, and a
   * module needs no clock for its sake.
   */
  readonly rangeCheck?: boolean | undefined;
  /** Key into `ModuleNetlist.domains`: at whose clock edge it is looked at; the default domain, 0, when not given. */
  readonly domain?: number | undefined;
  readonly source?: Source | undefined;
}

/** The properties of a module itself, without those of its children. */
export function propertiesOf(module: ModuleNetlist): readonly PropertyDefinition[] {
  return module.properties ?? none;
}

/** The properties of a module that somebody wrote: all but the checks of indices. */
export function statedProperties(module: ModuleNetlist): readonly PropertyDefinition[] {
  const all = propertiesOf(module);
  return all.some((property) => property.rangeCheck) ? all.filter((property) => !property.rangeCheck) : all;
}

const none: readonly PropertyDefinition[] = Object.freeze([]);

/**
 * Whether a module or anything below it has a property that somebody wrote. `known` keeps the answers for modules met before, so that asking
 * for all modules of a design takes linear time.
 */
export function holdsProperties(module: ModuleNetlist, known = new Map<ModuleNetlist, boolean>()): boolean {
  const before = known.get(module);
  if (before !== undefined) return before;
  const answer =
    statedProperties(module).length > 0 || module.instances.some((instance) => holdsProperties(instance.module, known));
  known.set(module, answer);
  return answer;
}
