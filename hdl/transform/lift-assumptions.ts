import { inputAssumptions, type PlacedAssumption } from "../check/input-assumptions.ts";
import type { PlacedModule } from "../check/placed-module.ts";
import {
  type Design,
  designOf,
  domainInParent,
  instanceOutput,
  type ModuleNetlist,
  type Node,
  type Port,
  propertiesOf,
} from "../ir/index.ts";
import { bit } from "../types/index.ts";

/** A design whose top assumes all that is assumed of its inputs. */
export interface LiftedAssumptions {
  readonly design: Design;
  /** The assumptions of the top and those that were lifted, where they stand in the design as written. */
  readonly assumptions: readonly PlacedAssumption[];
}

/**
 * States in the top what modules below it assume of the top's inputs (see `inputAssumptions`). An output of one bit leads
 * from there to the top through all modules between. Each place of a module gets all of these outputs, so that a module
 * stays one; what is not lifted from a place is not read there.
 */
export function liftAssumptions(design: Design): LiftedAssumptions {
  const assumptions = inputAssumptions(design);
  const below = assumptions.filter(({ scope }) => scope.parent !== undefined);
  if (below.length === 0) return { design, assumptions };
  const wanted = new Map<ModuleNetlist, Map<string, Lift>>();
  for (const { scope, property } of below) {
    let key = property.name;
    let driver = property.condition;
    for (let place = scope; place.parent !== undefined; place = place.parent) {
      const { port } = want(wanted, place.module, key, { driver });
      const { id, name } = place.instance!;
      key = `${name}.${key}`;
      driver = instanceOutput(id, port, 0, 1, false);
    }
    want(wanted, design.top, key, { driver, property, domain: domainInTop(scope, property.domain) });
  }
  const changed = new Map<ModuleNetlist, ModuleNetlist>();
  for (const module of design.modules) {
    const instances = module.instances.map((instance) => ({ ...instance, module: changed.get(instance.module)! }));
    const lifts = [...(wanted.get(module)?.values() ?? [])];
    const own = { ...module, instances };
    changed.set(module, module === design.top ? assuming(own, lifts) : offering(own, lifts));
  }
  return { design: designOf(changed.get(design.top)!), assumptions };
}

/** A condition on its way to the top, as a module sees it. */
interface Lift {
  /** The name of the output that leads further; in the top that of the assumption. */
  readonly port: string;
  readonly driver: Node;
  /** In the top: what is assumed, and in which of its domains. */
  readonly property?: PlacedAssumption["property"];
  readonly domain?: number;
}

/** Notes a condition of a module, once for all its places. `key`: the instances that it came through, and its name. */
function want(
  wanted: Map<ModuleNetlist, Map<string, Lift>>,
  module: ModuleNetlist,
  key: string,
  lift: Omit<Lift, "port">,
): Lift {
  const lifts = wanted.get(module) ?? new Map<string, Lift>();
  wanted.set(module, lifts);
  const noted = lifts.get(key) ?? { ...lift, port: `lodestone_assumed_${lifts.size}` };
  lifts.set(key, noted);
  return noted;
}

function offering(module: ModuleNetlist, lifts: readonly Lift[]): ModuleNetlist {
  const ports = lifts.map(({ port, driver }): Port => {
    return { name: port, direction: "output", type: bit, drivers: [driver] };
  });
  return Object.freeze({ ...module, ports: Object.freeze([...module.ports, ...ports]) });
}

function assuming(module: ModuleNetlist, lifts: readonly Lift[]): ModuleNetlist {
  const stated = lifts.map(({ port, driver, property, domain }) =>
    Object.freeze({ ...property!, name: port, condition: driver, watches: [], domain }),
  );
  return Object.freeze({ ...module, properties: Object.freeze([...propertiesOf(module), ...stated]) });
}

function domainInTop({ parent, instance }: PlacedModule, domain = 0): number {
  return parent === undefined ? domain : domainInTop(parent, domainInParent(instance!, domain));
}
