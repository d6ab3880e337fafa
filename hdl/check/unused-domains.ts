import type { Diagnostic } from "../diagnostics/index.ts";
import { type Design, domainUses, implicitDomain } from "../ir/index.ts";

/**
 * Clock domains that a module declares and nothing uses (LS0308): no register, memory, property, port or child. A domain
 * whose clock or reset port has a name given to it is there for that port's sake, and the default one, which every module
 * has, may be described by a module that needs it with some parameters only.
 */
export function checkUnusedDomains(design: Design): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [module, uses] of domainUses(design)) {
    if (module.external) continue;
    const named = new Set(module.ports.map(({ domain }) => domain));
    // A child that names a domain of its own must be given one, and is told itself when it does not use it.
    const given = new Set(
      module.instances.flatMap(({ domains }) =>
        [...(domains ?? [])].flatMap(([theirs, ours]) => (theirs === implicitDomain.id ? [] : [ours])),
      ),
    );
    for (const { domain, clock, reset } of uses) {
      const { id, name, source } = domain;
      if (id === implicitDomain.id || clock || reset || named.has(id) || given.has(id)) continue;
      found.push({
        code: "LS0308",
        severity: "warning",
        message: `clock domain \`${name}\` is never used: no register, memory, property, port or child is in it`,
        signal: name,
        module: module.name,
        places: source ? [{ source, note: "declared here" }] : [],
        hint: `put registers into it: inDomain(this.${name}, () => …) or register(type, { domain: this.${name} }), or take it out`,
      });
    }
  }
  return found;
}
