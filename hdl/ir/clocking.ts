import {
  type ClockEdge,
  type DomainDefinition,
  domainOf,
  domainsOf,
  type ResetKind,
  type ResetLevel,
} from "./domain.ts";
import { type Design, designOf, type InstanceDefinition, type ModuleNetlist } from "./netlist.ts";
import { statedProperties } from "./property.ts";

/** What a module and everything below it needs of one of its clock domains. */
export interface DomainUse {
  readonly domain: DomainDefinition;
  /** Whether the module has the clock's port, and the reset's. */
  readonly clock: boolean;
  readonly reset: boolean;
  /** Edges of the clock at which something changes. */
  readonly rising: boolean;
  readonly falling: boolean;
  /** How registers are reset by the port (at the level at which it is active), and by what is made of it by inversion. */
  readonly resets: ReadonlySet<`${ResetKind} ${ResetLevel}`>;
}

/** A port for a clock or a reset. */
export interface ClockingPort {
  readonly name: string;
  readonly role: "clock" | "reset";
  /** The first domain that uses it. */
  readonly domain: DomainDefinition;
}

/** The domain of the parent that a domain of the child is. */
export function domainInParent(instance: InstanceDefinition, childDomain: number): number {
  return instance.domains?.get(childDomain) ?? 0;
}

type Gathered = { -readonly [K in keyof DomainUse]: DomainUse[K] } & {
  readonly resets: Set<`${ResetKind} ${ResetLevel}`>;
};

/** Which clock and reset ports each module of a design has, by domain: those of its state, its properties and its children. */
export function domainUses(design: Design): ReadonlyMap<ModuleNetlist, readonly DomainUse[]> {
  const uses = new Map<ModuleNetlist, readonly DomainUse[]>();
  for (const module of design.modules) {
    const found = new Map(
      domainsOf(module).map((domain): [number, Gathered] => [
        domain.id,
        {
          domain,
          clock: domain.keepClock === true,
          reset: domain.keepReset === true,
          rising: false,
          falling: false,
          resets: new Set(),
        },
      ]),
    );
    const tick = (id: number): void => {
      const use = found.get(id)!;
      use.clock = true;
      if (use.domain.edge === "rising") use.rising = true;
      else use.falling = true;
    };
    const resets = (use: Gathered): void => {
      use.reset = true;
      use.resets.add(`${use.domain.resetKind} ${use.domain.resetActive}`);
    };
    for (const register of module.registers) {
      if (register.latch !== undefined) continue;
      tick(register.domain ?? 0);
      if (register.reset !== undefined) resets(found.get(register.domain ?? 0)!);
    }
    // What stands in another's Verilog is not known; the kind of its reset is.
    if (module.external) for (const use of found.values()) if (use.reset) resets(use);
    for (const memory of module.memories) for (const write of memory.writes) tick(write.domain ?? 0);
    for (const { domain: id, duringReset } of statedProperties(module)) {
      const use = found.get(id ?? 0)!;
      tick(use.domain.id);
      if (!duringReset && use.domain.resetKind !== "none") use.reset = true;
    }
    for (const instance of module.instances) {
      for (const child of uses.get(instance.module)!) {
        const use = found.get(domainInParent(instance, child.domain.id))!;
        use.clock ||= child.clock;
        use.reset ||= child.reset;
        use.rising ||= child.rising;
        use.falling ||= child.falling;
        for (const each of child.resets) use.resets.add(each);
      }
    }
    uses.set(module, [...found.values()]);
  }
  return uses;
}

/** The clock and reset ports of a module in the order of its port list, each once: a clock, its reset, the next clock. */
export function clockingPorts(uses: readonly DomainUse[]): ClockingPort[] {
  const ports = new Map<string, ClockingPort>();
  const add = (name: string, role: ClockingPort["role"], domain: DomainDefinition): void => {
    if (!ports.has(name)) ports.set(name, { name, role, domain });
  };
  for (const { domain, clock, reset } of uses) {
    if (clock) add(domain.clock, "clock", domain);
    if (reset) add(domain.reset, "reset", domain);
  }
  return [...ports.values()];
}

/** A clock of a design, as a simulator drives it. */
export interface DesignClock {
  /** Name of the top's port. */
  readonly name: string;
  /** Whether the top has the port: something is clocked by it. */
  readonly present: boolean;
  /** The edge that a step makes first: that of the first domain on this clock. At rest the clock is at the level before it. */
  readonly edge: ClockEdge;
  /** Whether something changes at the other edge too. */
  readonly bothEdges: boolean;
}

/** A reset of a design, as a simulator drives it. */
export interface DesignReset {
  readonly name: string;
  readonly present: boolean;
  readonly active: ResetLevel;
}

/** The clocks, resets and clock domains of a design's top. */
export interface Clocking {
  readonly clocks: readonly DesignClock[];
  readonly resets: readonly DesignReset[];
  /** Positions in `clocks` and `resets` for every domain, the default one first; reset −1 for a domain without one. */
  readonly domains: readonly { readonly name: string; readonly clock: number; readonly reset: number }[];
}

/** What a simulator has to drive besides the ports of the top. */
export function clockingOf(design: Design): Clocking {
  const clocks: { name: string; present: boolean; edge: ClockEdge; bothEdges: boolean }[] = [];
  const resets: { name: string; present: boolean; active: ResetLevel }[] = [];
  const domains: Clocking["domains"][number][] = [];
  for (const use of domainUses(design).get(design.top)!) {
    const { domain } = use;
    let clock = clocks.findIndex(({ name }) => name === domain.clock);
    if (clock < 0) {
      clock = clocks.length;
      clocks.push({ name: domain.clock, present: false, edge: domain.edge, bothEdges: false });
    }
    const own = clocks[clock]!;
    own.present ||= use.clock;
    own.bothEdges ||= own.edge === "rising" ? use.falling : use.rising;
    let reset = domain.resetKind === "none" ? -1 : resets.findIndex(({ name }) => name === domain.reset);
    if (reset < 0 && domain.resetKind !== "none") {
      reset = resets.length;
      resets.push({ name: domain.reset, present: false, active: domain.resetActive });
    }
    if (reset >= 0) resets[reset]!.present ||= use.reset;
    domains.push({ name: domain.name, clock, reset });
  }
  return { clocks, resets, domains };
}

/** Whether the module or a child of it holds state or properties or names a clock, and so has a clock port in Verilog. */
export function needsClock(module: ModuleNetlist): boolean {
  return domainUses(designOf(module))
    .get(module)!
    .some((use) => use.clock);
}

/** Whether the module or a child of it has a register with a reset value or a property that reset disables, and so a reset port in Verilog. */
export function needsReset(module: ModuleNetlist): boolean {
  return domainUses(designOf(module))
    .get(module)!
    .some((use) => use.reset);
}

/** The edge of the top's clock, and the reset, that a domain of the module uses; for messages and checks. */
export function describeDomain(module: ModuleNetlist, id: number | undefined): string {
  const { name, clock, edge } = domainOf(module, id);
  return name === "defaultDomain" ? `the default domain (${edge} ${clock})` : `domain \`${name}\` (${edge} ${clock})`;
}
