import { captureSource } from "../diagnostics/index.ts";
import { type DomainDefinition, implicitDomain } from "../ir/index.ts";
import { BlackBox } from "./black-box.ts";
import { ClockDomain } from "./clock-domain.ts";
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

/** A declared domain; what it does not say of edge, kind and level is as in `around`, the parent's domain that it is. */
function definition(
  id: number,
  name: string,
  { options, source }: ClockDomain,
  around: DomainDefinition | undefined,
): DomainDefinition {
  const { clockName, resetName } = options;
  const { edge = around?.edge ?? "rising", reset = around?.resetKind ?? "synchronous" } = options;
  // A port with a name of its own has the level of that name everywhere: the parent's reset is inverted for it.
  const { resetActive = (resetName === undefined ? around?.resetActive : undefined) ?? "high" } = options;
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
 * are those of the parent's default domain, so that a module is the same in every domain of one kind; but not where they
 * would be those of another domain of the module, which is another clock.
 */
function inherited(
  parent: ModuleContext | undefined,
  around: DomainDefinition | undefined,
  others: readonly DomainDefinition[],
): DomainDefinition {
  if (parent === undefined || around === undefined) return implicitDomain;
  const named = parent.domains[0]!;
  const taken = (port: string): boolean => others.some(({ clock, reset }) => port === clock || port === reset);
  const ownClock = !taken(named.clock);
  const ownReset = around.resetActive === named.resetActive && named.resetKind !== "none" && !taken(named.reset);
  const same = around.resetKind === named.resetKind && around.edge === named.edge && ownClock;
  if (same && (ownReset || named.resetKind === "none") && around.resetActive === named.resetActive) {
    if (!named.keepClock && !named.keepReset) return named;
    return Object.freeze({ ...named, keepClock: false, keepReset: false });
  }
  return Object.freeze({
    ...implicitDomain,
    clock: ownClock ? named.clock : implicitDomain.clock,
    reset: ownReset ? named.reset : around.resetActive === "low" ? "reset_n" : "reset",
    edge: around.edge,
    resetKind: around.resetKind,
    resetActive: around.resetActive,
  });
}

/**
 * Gives a module that is about to be built its clock domains, the default one first; complains of bad ones (LS0306).
 * `outer` tells for each which domain of the parent it is: its edge, and the kind and level of its reset, are those of
 * that one unless the module says them. What stands in the Verilog of a black box follows nothing.
 */
export function openDomains(module: Module, context: ModuleContext, outer?: ReadonlyMap<string, number>): void {
  const { parent } = context;
  const declared = clockDomainsOf(module);
  const own = declared.get(defaultName);
  const follows = !(module instanceof BlackBox);
  const aroundOf = (name: string): DomainDefinition | undefined => parent?.domains[outer?.get(name) ?? 0];
  const add = (id: number, name: string, domain: ClockDomain): DomainDefinition => {
    if (follows && parent !== undefined && domain.options.reset === undefined) context.followed.add(id);
    return definition(id, name, domain, follows ? aroundOf(name) : undefined);
  };
  const others = [...declared].filter(([name]) => name !== defaultName);
  const further = others.map(([name, domain], i) => add(i + 1, name, domain));
  if (own === undefined && parent !== undefined) context.followed.add(0);
  const first = own === undefined ? inherited(parent, aroundOf(defaultName), further) : add(0, defaultName, own);
  context.domains.push(first, ...further);
  // Whoever follows the domain of its parent follows its rule, too.
  for (const { id, name } of context.domains) {
    const required = declared.get(name)?.options.requireReset;
    if (required ?? parent?.resetRequired.has(outer?.get(name) ?? 0)) context.resetRequired.add(id);
  }
  for (const [name, domain] of declared) {
    const { id } = context.domains.find((each) => each.name === name)!;
    domain.home = { context, id, name };
    for (const allowance of domain.allowances) {
      const about = [domain.source];
      context.elaboration.allowances.push({ ...allowance, module: context.moduleName, about });
    }
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
