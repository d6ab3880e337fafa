import { requireContext } from "./context.ts";
import type { Value } from "./value.ts";

/**
 * The number, in the module being built, of the clock domain that a port of it or of a child is said to belong to;
 * undefined for a port that names none and for what is no port.
 */
export function portDomain({ backing }: Value): number | undefined {
  const context = requireContext("a port's clock domain");
  if (backing.kind !== "port") return undefined;
  const { domain, inner, outer } = backing.port;
  if (domain?.home === undefined || domain.home.context !== inner) return undefined;
  if (inner === context) return domain.home.id;
  if (outer?.context !== context) return undefined;
  return context.instances[outer.instance]?.domains.get(domain.home.id);
}
