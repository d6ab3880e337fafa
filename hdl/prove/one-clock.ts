import {
  bitwise,
  clockingOf,
  constant,
  type Design,
  type DomainDefinition,
  domainInParent,
  domainOf,
  domainsOf,
  type InstanceDefinition,
  input,
  type ModuleNetlist,
  mux,
  type Node,
  not,
  type Port,
  type PropertyDefinition,
  propertiesOf,
  verifyNetlist,
} from "../ir/index.ts";
import { ToolError } from "../tools/tool-error.ts";
import { bit } from "../types/index.ts";
import { inputReaders } from "./input-readers.ts";

/** A design whose clocks have become inputs. */
export interface OneClockDesign {
  /** The design on one clock, which ticks in every step; its top has the inputs `ticks` behind its own. */
  readonly design: Design;
  /** The clock ports that the top had, in the order of the inputs that tell in which steps each has its edge. */
  readonly ticks: readonly string[];
}

/** The port by which a module is told that a clock has its edge in this step. */
const tickPort = (clock: string): string => `lodestone_tick_${clock}`;
/** The port by which a child is told whether the properties of a clock count in this step. */
const lookPort = (clock: string): string => `lodestone_look_${clock}`;
/** The reset of a domain; domains of several clocks that share one reset port get one each. */
export const resetPort = ({ clock, reset }: DomainDefinition): string => `lodestone_${reset}_at_${clock}`;

/** A module on one clock, and the clock ports, as it called them, that it must be told of. */
interface Converted {
  readonly module: ModuleNetlist;
  readonly ticks: readonly string[];
  readonly looks: readonly string[];
}

/**
 * Puts a design with several clocks on one, of which every step is an edge: registers and memories take their next values
 * in the steps in which the input of their clock is 1. Proofs then need to know one kind of step only.
 *
 * Properties count in the steps in which their clock has its edge. With `free`, when any clock may have its edge in any
 * step, they also count in all other steps in which the assumptions of that clock hold: what fails there fails in the run
 * in which that clock ticks too, and an induction may then rest on them in every step. An assumption about inputs that no
 * other clock reads restricts every step: between the edges of its clock nobody sees those inputs.
 */
export function withOneClock(design: Design, free: boolean): OneClockDesign {
  const converted = new Map<ModuleNetlist, Converted>();
  for (const module of design.modules) {
    if (module.external) throw new ToolError(`${module.name} is external Verilog: its clocks are not known to a proof`);
    const steady = module === design.top && free ? steadyAssumptions(design) : undefined;
    converted.set(module, new Conversion(module, converted, module === design.top, steady).result());
  }
  const top = converted.get(design.top)!;
  const modules = design.modules.map((module) => converted.get(module)!.module);
  const result = Object.freeze({ top: top.module, modules: Object.freeze(modules) });
  verifyNetlist(result);
  return { design: result, ticks: top.ticks };
}

/** The assumptions of the top about inputs that no clock but their own reads. */
function steadyAssumptions(design: Design): ReadonlySet<PropertyDefinition> {
  const { top } = design;
  const assumptions = propertiesOf(top).filter(({ kind }) => kind === "assume");
  if (assumptions.length === 0) return new Set();
  const { read, inputsOf } = inputReaders(design);
  const { domains } = clockingOf(design);
  const steady = assumptions.filter(({ domain, condition }) => {
    const clock = domains[domainsOf(top).findIndex(({ id }) => id === (domain ?? 0))]!.clock;
    const own = inputsOf(condition);
    return [...read].every(([other, inputs]) => other === clock || [...own].every((each) => !inputs.has(each)));
  });
  return new Set(steady);
}

class Conversion {
  readonly #module: ModuleNetlist;
  readonly #converted: ReadonlyMap<ModuleNetlist, Converted>;
  readonly #isTop: boolean;
  /** For the top, where properties count in all steps: the assumptions that do, too. */
  readonly #steady: ReadonlySet<PropertyDefinition> | undefined;
  readonly #ticks = new Map<string, Node>();
  readonly #looks = new Map<string, Node>();

  constructor(
    module: ModuleNetlist,
    converted: ReadonlyMap<ModuleNetlist, Converted>,
    isTop: boolean,
    steady: ReadonlySet<PropertyDefinition> | undefined,
  ) {
    this.#module = module;
    this.#converted = converted;
    this.#isTop = isTop;
    this.#steady = steady;
  }

  result(): Converted {
    const module = this.#module;
    const registers = module.registers.map((register) => {
      if (register.latch !== undefined) return register;
      return Object.freeze({ ...register, next: mux(this.#tick(register.domain), register.next, register.node) });
    });
    const memories = module.memories.map((memory) => {
      const writes = memory.writes.map((write) =>
        Object.freeze({ ...write, enable: bitwise("and", this.#tick(write.domain), write.enable) }),
      );
      return Object.freeze({ ...memory, writes: Object.freeze(writes) });
    });
    const instances = module.instances.map((instance) => this.#instance(instance));
    const properties = propertiesOf(module).map((property) => this.#property(property));
    const domains = domainsOf(module).map((domain) =>
      Object.freeze({ ...domain, clock: "lodestone_clock", edge: "rising" as const, reset: resetPort(domain) }),
    );
    // What a look of the top is made of has no port of its own, but its tick has.
    const ticks = [...this.#ticks.keys()];
    const looks = this.#isTop ? [] : [...this.#looks.keys()];
    const ports = [...module.ports, ...ticks.map(tickPort).map(inputPort), ...looks.map(lookPort).map(inputPort)];
    const changed = { ports, registers, memories, instances, properties, domains };
    for (const list of Object.values(changed)) Object.freeze(list);
    return { module: Object.freeze({ ...module, ...changed }), ticks, looks };
  }

  #tick(domain: number | undefined): Node {
    return this.#tickOf(domainOf(this.#module, domain).clock);
  }

  #tickOf(clock: string): Node {
    const node = this.#ticks.get(clock) ?? input(tickPort(clock), 0, 1, false);
    this.#ticks.set(clock, node);
    return node;
  }

  #lookOf(clock: string): Node {
    const node = this.#looks.get(clock) ?? (this.#isTop ? this.#topLook(clock) : input(lookPort(clock), 0, 1, false));
    this.#looks.set(clock, node);
    return node;
  }

  /** 1 in the steps in which the properties of a clock count. */
  #topLook(clock: string): Node {
    const tick = this.#tickOf(clock);
    const steady = this.#steady;
    if (!steady) return tick;
    const conditions = propertiesOf(this.#module)
      .filter((property) => property.kind === "assume" && !steady.has(property))
      .filter(({ domain }) => domainOf(this.#module, domain).clock === clock)
      .map(({ condition }) => condition);
    if (conditions.length === 0) return constant(1n, 1, false);
    return bitwise(
      "or",
      tick,
      conditions.reduce((all, each) => bitwise("and", all, each)),
    );
  }

  #property(property: PropertyDefinition): PropertyDefinition {
    const { kind, condition, rangeCheck } = property;
    if (rangeCheck || this.#steady?.has(property)) return property;
    const { clock } = domainOf(this.#module, property.domain);
    const restricts = kind === "assume" && this.#isTop;
    const counts = restricts ? this.#tickOf(clock) : this.#lookOf(clock);
    const stated = kind === "cover" ? bitwise("and", counts, condition) : bitwise("or", not(counts), condition);
    return Object.freeze({ ...property, condition: stated });
  }

  #instance(instance: InstanceDefinition): InstanceDefinition {
    const child = this.#converted.get(instance.module)!;
    const ours = (clock: string): string => {
      const { id } = domainsOf(instance.module).find((domain) => domain.clock === clock)!;
      return domainOf(this.#module, domainInParent(instance, id)).clock;
    };
    const inputs = new Map(instance.inputs);
    for (const clock of child.ticks) inputs.set(tickPort(clock), Object.freeze([this.#tickOf(ours(clock))]));
    for (const clock of child.looks) inputs.set(lookPort(clock), Object.freeze([this.#lookOf(ours(clock))]));
    return Object.freeze({ ...instance, module: child.module, inputs });
  }
}

function inputPort(name: string): Port {
  return Object.freeze({ name, direction: "input", type: bit, drivers: Object.freeze([]) });
}
