import type { Source } from "../diagnostics/index.ts";
import { type DomainDefinition, domainInParent, domainsOf, implicitDomain, type ModuleNetlist } from "../ir/index.ts";
import { type ClockDomain, domainId } from "./clock-domain.ts";
import type { ModuleContext } from "./context.ts";
import type { Module } from "./module.ts";
import { clockDomainsOf } from "./module-domains.ts";

/**
 * The domains of the module being built in which a child stands, by the names of the child's own: known before the child
 * is built, since its domains follow them. Complains (LS0306) of those that are not given and those that it has not.
 */
export function outerDomains(
  context: ModuleContext,
  base: string,
  child: Module,
  given: Readonly<Record<string, ClockDomain | undefined>>,
  source: Source,
): ReadonlyMap<string, number> {
  const declared = clockDomainsOf(child);
  const outer = new Map([[implicitDomain.name, domainId(given[implicitDomain.name])]]);
  for (const [name, domain] of declared) {
    if (name === implicitDomain.name) continue;
    if (given[name] === undefined) {
      context.report(
        "LS0306",
        `clock domain \`${name}\` of \`${base}\` is not given`,
        `say which domain it is here: instance(child, { domains: { ${name}: this.… } })`,
        { signal: `${base}.${name}`, places: [{ source }, { source: domain.source, note: "declared here" }] },
      );
    }
    outer.set(name, domainId(given[name]));
  }
  for (const name of Object.keys(given)) {
    if (outer.has(name)) continue;
    context.report(
      "LS0306",
      `${child.moduleName} has no clock domain \`${name}\``,
      "name a field that is a clockDomain()",
      { signal: base, places: [{ source }] },
    );
  }
  return outer;
}

/** The domain of the module being built for every domain of a child that has been built. */
export function joinDomains(
  context: ModuleContext,
  base: string,
  module: ModuleNetlist,
  outer: ReadonlyMap<string, number>,
  source: Source,
): ReadonlyMap<number, number> {
  const joined = new Map(domainsOf(module).map(({ id, name }) => [id, outer.get(name)!]));
  for (const [id, around] of joined) {
    const { name, resetKind, source: declared } = context.domains[around]!;
    // Where this domain has none because the one around it has none, the complaint is made there.
    if (resetKind !== "none" || context.followed.has(around)) continue;
    const wanting = firstWithReset(module, id);
    if (wanting === undefined) continue;
    context.report(
      "LS0306",
      `\`${base}\` has registers with reset values, but is built in clock domain \`${name}\`, which has no reset`,
      "build it in a domain with a reset, or give this one a reset",
      {
        signal: base,
        places: [
          { source },
          ...(declared ? [{ source: declared, note: `clock domain \`${name}\`` }] : []),
          ...(wanting.source ? [{ source: wanting.source, note: `register \`${wanting.name}\`` }] : []),
        ],
      },
    );
  }
  checkSharedPorts(context, base, module, joined, source);
  return joined;
}

/** The first register with a reset value in a domain of the module or, below it, in what that domain is there. */
function firstWithReset(module: ModuleNetlist, id: number): ModuleNetlist["registers"][number] | undefined {
  const own = module.registers.find((each) => (each.domain ?? 0) === id && each.reset !== undefined);
  if (own !== undefined) return own;
  for (const child of module.instances) {
    for (const domain of domainsOf(child.module)) {
      if (domainInParent(child, domain.id) !== id) continue;
      const below = firstWithReset(child.module, domain.id);
      if (below !== undefined) return below;
    }
  }
  return undefined;
}

/** Two domains of a child that share a port of it must be on one clock, or one reset, of the module being built. */
function checkSharedPorts(
  context: ModuleContext,
  base: string,
  module: ModuleNetlist,
  joined: ReadonlyMap<number, number>,
  source: Source,
): void {
  const seen = new Map<string, DomainDefinition>();
  const check = (role: "clock" | "reset", domain: DomainDefinition): void => {
    const port = domain[role];
    const other = seen.get(port);
    if (other === undefined) {
      seen.set(port, domain);
      return;
    }
    const [first, second] = [other, domain].map(({ id }) => context.domains[joined.get(id)!]!);
    const absent = role === "reset" && (first!.resetKind === "none" || second!.resetKind === "none");
    if (absent || first![role] === second![role]) return;
    context.report(
      "LS0306",
      `port \`${port}\` of \`${base}\` is the ${role} of its clock domains \`${other.name}\` and \`${domain.name}\`, but they are given \`${first![role]}\` and \`${second![role]}\``,
      `give both a domain with the same ${role}, or give one of the two a ${role}Name of its own in ${module.name}`,
      {
        signal: `${base}.${port}`,
        places: [
          { source },
          ...(domain.source ? [{ source: domain.source, note: `clock domain \`${domain.name}\`` }] : []),
        ],
      },
    );
  };
  for (const domain of domainsOf(module)) {
    check("clock", domain);
    if (domain.resetKind !== "none") check("reset", domain);
  }
}
