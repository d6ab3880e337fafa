import {
  type Design,
  type DomainDefinition,
  designOf,
  domainsOf,
  domainUses,
  propertiesOf,
  statedProperties,
} from "../ir/index.ts";
import { mapModules } from "./deduplicate.ts";
import { withoutRangeChecks } from "./without-range-checks.ts";

/**
 * The design with the checks of indices as assertions like all others, so that its Verilog has them: what simulators in
 * other processes compile. A module without a clock gets one where it checks an index. What models of external modules
 * check is left out, as the models themselves are.
 */
export function statedRangeChecks(design: Design): Design {
  const stated = mapModules(design, ({ original, current }) => {
    if (original.external !== undefined) return withoutRangeChecks(designOf(original)).top;
    if (statedProperties(current) === propertiesOf(current)) return current;
    const properties = propertiesOf(current).map((property) =>
      property.rangeCheck ? Object.freeze({ ...property, rangeCheck: undefined }) : property,
    );
    return Object.freeze({ ...current, properties: Object.freeze(properties) });
  });
  return stated === design ? design : withFreeClocking(stated);
}

/** Clocks and resets that came with the checks give way where a port of the module has their name. */
function withFreeClocking(design: Design): Design {
  const uses = domainUses(design);
  return mapModules(design, ({ original, current }) => {
    const { ports, wires, registers, memories, instances } = current;
    const portNames = new Set(ports.map(({ name }) => name));
    const used = uses.get(original)!;
    const clashes = used.some(
      ({ domain, clock, reset }) => (clock && portNames.has(domain.clock)) || (reset && portNames.has(domain.reset)),
    );
    if (!clashes) return current;
    const names = [ports, wires, registers, memories, instances, propertiesOf(current)].flat().map(({ name }) => name);
    return Object.freeze({ ...current, domains: Object.freeze(domainsOf(current).map(renamed(new Set(names)))) });
  });
}

function renamed(taken: ReadonlySet<string>): (domain: DomainDefinition) => DomainDefinition {
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  return (domain) => Object.freeze({ ...domain, clock: free(domain.clock), reset: free(domain.reset) });
}
