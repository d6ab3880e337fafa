import type { Source } from "../diagnostics/source.ts";

/** The edge of a clock at which registers change. */
export type ClockEdge = "rising" | "falling";

/** When a reset acts: at the clock edge, at once, or never. */
export type ResetKind = "synchronous" | "asynchronous" | "none";

/** The level at which a reset is active. */
export type ResetLevel = "high" | "low";

/**
 * A clock domain of a module: the ports that its clock and reset come in by, and how registers use them. Two domains
 * may share a clock port, for instance one for each edge, or a reset port.
 */
export interface DomainDefinition {
  /** Key into `ModuleNetlist.domains`; 0 is the default domain. */
  readonly id: number;
  /** As the user knows it: the name of the field, `defaultDomain` for the default one. */
  readonly name: string;
  /** Name of the clock's port. */
  readonly clock: string;
  /** Name of the reset's port; stands for nothing when `resetKind` is `none`. */
  readonly reset: string;
  readonly edge: ClockEdge;
  readonly resetKind: ResetKind;
  readonly resetActive: ResetLevel;
  /** The port is there even when nothing in the module uses it: the module names it itself. */
  readonly keepClock?: boolean | undefined;
  readonly keepReset?: boolean | undefined;
  readonly source?: Source | undefined;
}

/** The domain of a module that says nothing of clocks: rising `clock`, synchronous active-high `reset`. */
export const implicitDomain: DomainDefinition = Object.freeze({
  id: 0,
  name: "defaultDomain",
  clock: "clock",
  reset: "reset",
  edge: "rising",
  resetKind: "synchronous",
  resetActive: "high",
});

const implicitDomains: readonly DomainDefinition[] = Object.freeze([implicitDomain]);

/** The clock domains of a module, the default one first. */
export function domainsOf(module: {
  readonly domains?: readonly DomainDefinition[] | undefined;
}): readonly DomainDefinition[] {
  return module.domains ?? implicitDomains;
}

/** The domain with that id. */
export function domainOf(
  module: { readonly name: string; readonly domains?: readonly DomainDefinition[] | undefined },
  id = 0,
): DomainDefinition {
  const domains = domainsOf(module);
  const domain = domains[id]?.id === id ? domains[id] : domains.find((each) => each.id === id);
  if (domain === undefined) throw new Error(`module ${module.name} has no clock domain ${id}`);
  return domain;
}
