import type { Source } from "../diagnostics/source.ts";
import type { Enumeration, PackedType } from "../types/index.ts";
import type { Attributes } from "./attributes.ts";
import type { DomainDefinition } from "./domain.ts";
import type { ExternalModule } from "./external.ts";
import type { Node } from "./node.ts";
import type { RegisterNode } from "./nodes/register.ts";
import type { WireNode } from "./nodes/wire.ts";
import { type PropertyDefinition, propertiesOf } from "./property.ts";
import type { StateMachineDefinition } from "./state-machine.ts";

/** A port of a module. */
export interface Port {
  readonly name: string;
  readonly direction: "input" | "output";
  readonly type: PackedType;
  /** For an output: the driver of each scalar in packing order (element 0 first). Empty for an input. */
  readonly drivers: readonly Node[];
  /** The clock domain that the port is said to belong to, when it is said. */
  readonly domain?: number | undefined;
  readonly source?: Source | undefined;
  /** For a port whose bits have become its elements, since they depend on each other outside: its type as declared. */
  readonly declared?: PackedType | undefined;
  /** For a port that is part of a bundle: the way to it as the user writes it, `["request", "header", "kind"]`. */
  readonly path?: readonly (string | number)[] | undefined;
  readonly attributes?: Attributes | undefined;
}

/** A declared wire and what drives it. */
export interface WireDefinition {
  readonly node: WireNode;
  readonly name: string;
  readonly driver: Node;
  /** The names of its values, for a wire of an enumeration. */
  readonly enumeration?: Enumeration | undefined;
  /** For a wire that stands for one bit of another: which, and whether the bits of that one are driven one by one. */
  readonly bitOf?: { readonly name: string; readonly bit: number; readonly alone: boolean } | undefined;
  readonly attributes?: Attributes | undefined;
}

/** A register: it changes at the edge of its domain's clock; `reset`, when it has a value, acts as the domain says. */
export interface RegisterDefinition {
  readonly node: RegisterNode;
  readonly name: string;
  readonly next: Node;
  readonly reset: bigint | undefined;
  /** Registers declared by one call share a group; they are emitted in one `always` block. */
  readonly group: number;
  /** Key into `ModuleNetlist.domains`; the default domain, 0, when not given. */
  readonly domain?: number | undefined;
  /** Why values of other clock domains may arrive here: the register is part of a crossing made on purpose. */
  readonly crossing?: string | undefined;
  /** The names of its values, for a register of an enumeration. */
  readonly enumeration?: Enumeration | undefined;
  /**
   * Makes it the memory of a latch, which no clock moves: it takes `next` whenever the logic has settled. `next` is then
   * `mux(transparent, data, node)`, and is what others read of the latch.
   */
  readonly latch?: { readonly transparent: Node; readonly data: Node } | undefined;
  readonly source?: Source | undefined;
  readonly attributes?: Attributes | undefined;
}

/** One write port: on the clock edge of its domain, `memory[address] <= data` when `enable` is 1. */
export interface MemoryWrite {
  readonly enable: Node;
  readonly address: Node;
  readonly data: Node;
  /** One bit for each part of the word, which divide it evenly: only parts whose bit is 1 are written. All when not given. */
  readonly mask?: Node | undefined;
  /** Key into `ModuleNetlist.domains`; the default domain, 0, when not given. */
  readonly domain?: number | undefined;
}

/** A memory of `depth` words with asynchronous reads. A read sees a write from the next cycle on. */
export interface MemoryDefinition {
  readonly id: number;
  readonly name: string;
  readonly depth: number;
  readonly width: number;
  readonly signed: boolean;
  readonly writes: readonly MemoryWrite[];
  /** The first words before anything is written; those behind are 0. Without it the contents are unknown. */
  readonly init?: readonly bigint[] | undefined;
  /** The reader does not care what is read at the address that is written at the same clock edge. */
  readonly collision?: "undefined" | undefined;
  /** Why its words may be read in other clock domains than they are written in. */
  readonly crossing?: string | undefined;
  readonly source?: Source | undefined;
  readonly attributes?: Attributes | undefined;
}

/** A child module. */
export interface InstanceDefinition {
  readonly id: number;
  readonly name: string;
  readonly module: ModuleNetlist;
  /** Drivers of the child's input ports by port name, each in packing order. */
  readonly inputs: ReadonlyMap<string, readonly Node[]>;
  /** For every clock domain of the child the one of this module that it is; its default domain is ours when not given. */
  readonly domains?: ReadonlyMap<number, number> | undefined;
  readonly source?: Source | undefined;
  readonly attributes?: Attributes | undefined;
}

/**
 * One module, finished and immutable. Nodes refer to wires, registers, memories and instances by `id`; names are
 * unique within the module and legal in Verilog.
 */
export interface ModuleNetlist {
  readonly name: string;
  /** Parameters as given to the class; for names, comments and the manifest. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly ports: readonly Port[];
  readonly wires: readonly WireDefinition[];
  readonly registers: readonly RegisterDefinition[];
  readonly memories: readonly MemoryDefinition[];
  readonly instances: readonly InstanceDefinition[];
  /** Clock domains, the default one (id 0) first; `implicitDomain` alone when not given. */
  readonly domains?: readonly DomainDefinition[] | undefined;
  /** Assertions, assumptions and covers; none when absent. */
  readonly properties?: readonly PropertyDefinition[] | undefined;
  /** For a module that exists in Verilog already and is only instantiated. */
  readonly external?: ExternalModule | undefined;
  /** The state machines among its registers, for diagrams. */
  readonly stateMachines?: readonly StateMachineDefinition[] | undefined;
  /** The doc line of the class, when it gave one. */
  readonly description?: string | undefined;
  readonly source?: Source | undefined;
  readonly attributes?: Attributes | undefined;
}

/** A module and everything below it. */
export interface Design {
  readonly top: ModuleNetlist;
  /** Every distinct module once, children before parents, the top last. */
  readonly modules: readonly ModuleNetlist[];
}

/** The nodes that a write port reads. */
export function nodesOfWrite({ enable, address, data, mask }: MemoryWrite): readonly Node[] {
  return mask === undefined ? [enable, address, data] : [enable, address, data, mask];
}

/** Every node that something outside expressions reads: drivers, register inputs, writes, child inputs, properties. */
export function rootsOf(module: ModuleNetlist): Node[] {
  const roots: Node[] = [];
  for (const port of module.ports) for (const driver of port.drivers) roots.push(driver);
  for (const wire of module.wires) roots.push(wire.driver);
  for (const { next, latch } of module.registers) {
    roots.push(next);
    if (latch !== undefined) roots.push(latch.transparent, latch.data);
  }
  for (const memory of module.memories) {
    for (const write of memory.writes) roots.push(...nodesOfWrite(write));
  }
  for (const instance of module.instances) {
    for (const nodes of instance.inputs.values()) for (const node of nodes) roots.push(node);
  }
  for (const property of propertiesOf(module)) {
    roots.push(property.condition);
    for (const watch of property.watches) roots.push(watch.node);
  }
  return roots;
}

const externalWithin = new WeakMap<ModuleNetlist, boolean>();

/** Whether the module or one below it is external: it may do something that its outputs do not show. */
export function holdsExternal(module: ModuleNetlist): boolean {
  let holds = externalWithin.get(module);
  if (holds === undefined) {
    holds = module.external !== undefined || module.instances.some((instance) => holdsExternal(instance.module));
    externalWithin.set(module, holds);
  }
  return holds;
}

/** The distinct modules below `top`, children first. */
export function designOf(top: ModuleNetlist): Design {
  const seen = new Set<ModuleNetlist>();
  const modules: ModuleNetlist[] = [];
  const visit = (module: ModuleNetlist): void => {
    if (seen.has(module)) return;
    seen.add(module);
    for (const instance of module.instances) visit(instance.module);
    modules.push(module);
  };
  visit(top);
  return Object.freeze({ top, modules: Object.freeze(modules) });
}
