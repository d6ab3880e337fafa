import { captureSource, type Source } from "../diagnostics/index.ts";
import { type DomainDefinition, implicitDomain } from "../ir/index.ts";
import { ClockDomain, type ClockDomainOptions } from "./clock-domain.ts";
import type { ModuleContext } from "./context.ts";
import type { Module } from "./module.ts";

/** The name of the field that stands for the default domain. */
const defaultName = implicitDomain.name;

/** The clock domains that a module declares, by field name. */
export function clockDomainsOf(module: Module): Map<string, ClockDomain> {
  const domains = new Map<string, ClockDomain>();
  for (const [name, field] of Object.entries(module)) if (field instanceof ClockDomain) domains.set(name, field);
  return domains;
}

function definition(id: number, name: string, options: ClockDomainOptions, source: Source): DomainDefinition {
  const { edge = "rising", reset = "synchronous", resetActive = "high", clockName, resetName } = options;
  const prefix = name === defaultName ? "" : `${name}_`;
  return Object.freeze({
    id,
    name,
    clock: clockName ?? `${prefix}clock`,
    reset: resetName ?? `${prefix}reset${resetActive === "low" ? "_n" : ""}`,
    edge,
    resetKind: reset,
    resetActive,
    keepClock: clockName !== undefined,
    keepReset: resetName !== undefined && reset !== "none",
    source,
  });
}

/**
 * The default domain of a module that declares none: as the domain in which its parent builds it. The names of the ports
 * are those of the parent's default domain, so that a module is the same in every domain of one kind.
 */
function inherited(parent: ModuleContext | undefined): DomainDefinition {
  if (parent === undefined) return implicitDomain;
  const around = parent.domains[parent.domain]!;
  const named = parent.domains[0]!;
  if (around.resetKind === named.resetKind && around.edge === named.edge && around.resetActive === named.resetActive) {
    if (!named.keepClock && !named.keepReset) return named;
    return Object.freeze({ ...named, keepClock: false, keepReset: false });
  }
  const sameLevel = around.resetActive === named.resetActive && named.resetKind !== "none";
  return Object.freeze({
    ...implicitDomain,
    clock: named.clock,
    reset: sameLevel ? named.reset : around.resetActive === "low" ? "reset_n" : "reset",
    edge: around.edge,
    resetKind: around.resetKind,
    resetActive: around.resetActive,
  });
}

/** Gives a module that is about to be built its clock domains, the default one first; complains of bad ones (LS0306). */
export function openDomains(module: Module, context: ModuleContext): void {
  const declared = clockDomainsOf(module);
  const own = declared.get(defaultName);
  context.domains.push(
    own === undefined ? inherited(context.parent) : definition(0, defaultName, own.options, own.source),
  );
  // Whoever follows the domain of its parent follows its rule, too.
  const { parent } = context;
  if (own === undefined && parent?.resetRequired.has(parent.domain)) context.resetRequired.add(0);
  for (const [name, domain] of declared) {
    const id = domain === own ? 0 : context.domains.length;
    domain.home = { context, id, name };
    for (const allowance of domain.allowances) {
      const about = [domain.source];
      context.elaboration.allowances.push({ ...allowance, module: context.moduleName, about });
    }
    if (domain !== own) context.domains.push(definition(id, name, domain.options, domain.source));
    if (domain.options.requireReset === true) context.resetRequired.add(id);
  }
  checkPorts(context);
}

/** A port of two domains must mean the same in both. */
function checkPorts(context: ModuleContext): void {
  const roles = new Map<string, { role: string; domain: DomainDefinition }>();
  for (const domain of context.domains) {
    const uses = [[domain.clock, "the clock"]];
    if (domain.resetKind !== "none") uses.push([domain.reset, `the reset, active ${domain.resetActive},`]);
    for (const [port, role] of uses as [string, string][]) {
      const other = roles.get(port);
      if (other === undefined || other.role === role) {
        roles.set(port, { role, domain });
        continue;
      }
      context.report(
        "LS0306",
        `port \`${port}\` is ${other.role} of clock domain \`${other.domain.name}\` and ${role} of \`${domain.name}\``,
        "give one of the two another clockName or resetName",
        { signal: port, places: [{ source: domain.source ?? captureSource(), note: "declared here" }] },
      );
    }
  }
}
