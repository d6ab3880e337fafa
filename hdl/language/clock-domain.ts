import { type Allowance, captureSource, type Source } from "../diagnostics/index.ts";
import type { ClockEdge, ResetKind, ResetLevel } from "../ir/index.ts";
import { type ModuleContext, requireContext } from "./context.ts";

/** How the registers of a clock domain are clocked and reset, and what its ports are called. */
export interface ClockDomainOptions {
  /** The edge at which registers change; rising unless told. */
  readonly edge?: ClockEdge | undefined;
  /** When the reset acts: at the clock edge (unless told), at once, or never. */
  readonly reset?: ResetKind | undefined;
  /** The level at which the reset acts; high unless told. */
  readonly resetActive?: ResetLevel | undefined;
  /**
   * The name of the clock's port. Unless told: `clock` for the default domain, `fast_clock` for a domain `fast`. A port
   * that is named here is there even when nothing uses it.
   */
  readonly clockName?: string | undefined;
  /** The same for the reset: `reset`, or `reset_n` where it is active low; `fast_reset`, `fast_reset_n`. */
  readonly resetName?: string | undefined;
  /** Whether every register of the domain must have a reset value, or say why it has none (LS0305); false unless told. */
  readonly requireReset?: boolean | undefined;
}

/** A clock domain of a module: a field of its class. The field's name is the domain's name. */
export class ClockDomain {
  readonly options: ClockDomainOptions;
  readonly source: Source;
  /** The module that it belongs to and its number there; set when the module's fields are read, before build(). */
  home: { readonly context: ModuleContext; readonly id: number; readonly name: string } | undefined;

  /** What `allow()` says of it before the module is built. */
  readonly allowances: Pick<Allowance, "code" | "reason" | "source">[] = [];

  constructor(options: ClockDomainOptions, source: Source) {
    this.options = options;
    this.source = source;
  }
}

/**
 * Declares a clock domain as a field of a module: `readonly fast = clockDomain({ reset: "asynchronous" })`. The field
 * `defaultDomain` renames or alters the domain that everything is in unless told otherwise; without that field a module
 * has a rising `clock` and a synchronous active-high `reset`, or follows the module that it is built into.
 */
export function clockDomain(options: ClockDomainOptions = {}): ClockDomain {
  return new ClockDomain(options, captureSource());
}

/** The number of a domain in the module being built; complains (LS0302) when it belongs elsewhere and takes the present one. */
export function domainId(domain: ClockDomain | undefined): number {
  const context = requireContext("a clock domain");
  if (domain === undefined) return context.domain;
  if (domain.home?.context === context) return domain.home.id;
  const name = domain.home?.name ?? domain.source.name ?? "the domain";
  context.report(
    "LS0302",
    domain.home === undefined
      ? `clock domain \`${name}\` is not a field of ${context.moduleName}`
      : `clock domain \`${name}\` belongs to ${domain.home.context.moduleName}, but is used in ${context.moduleName}`,
    `declare it as a field of ${context.moduleName}: readonly fast = clockDomain({ … })`,
    {
      signal: name,
      places: [
        { source: captureSource(), note: "used here" },
        { source: domain.source, note: "declared here" },
      ],
    },
  );
  return context.domain;
}

/**
 * Registers, memory accesses and children in `body` belong to `domain` unless they say otherwise: a child that does not
 * name its default domain follows it.
 */
export function inDomain<T>(domain: ClockDomain, body: () => T): T {
  return inDomainNumber(domainId(domain), body);
}

/** The same by the number that a domain has in the module being built; without one, in the present domain. */
export function inDomainNumber<T>(domain: number | undefined, body: () => T): T {
  const context = requireContext("inDomain()");
  const before = context.domain;
  context.domain = domain ?? before;
  try {
    return body();
  } finally {
    context.domain = before;
  }
}
