import { describeType, type PackedType, scalarOf, shapeOf, wrapTo } from "../types/index.ts";
import { type DomainDefinition, domainsOf } from "./domain.ts";
import type { Design, ModuleNetlist } from "./netlist.ts";
import type { Node } from "./node.ts";
import { type NumberedNodes, numberNodes } from "./number-nodes.ts";
import { propertiesOf } from "./property.ts";
import { checkOperator } from "./verify-operator.ts";

/**
 * Checks every invariant that the kinds of nodes and the netlist's definitions promise; for use after each pass.
 * @throws Error naming module, node and what is wrong: always a mistake in Lodestone, never in a user's design.
 */
export function verifyNetlist(design: Design): void {
  verifyModuleList(design);
  for (const module of design.modules) verifyModule(module);
}

/** The part of `verifyNetlist` that looks at the list of modules alone: each once, after its children, the top last. */
export function verifyModuleList(design: Design): void {
  const before = new Set<ModuleNetlist>();
  for (const module of design.modules) {
    for (const { name, module: child } of module.instances) {
      if (!before.has(child)) fail(module, `instance ${name}`, `its module ${child.name} does not come before it`);
    }
    if (before.has(module)) fail(module, "module", "is listed twice");
    before.add(module);
  }
  if (design.modules.at(-1) !== design.top) fail(design.top, "module", "the top is not the last one listed");
}

/** The part of `verifyNetlist` that looks at one module. `numbered` is its numbering, when the caller has it. */
export function verifyModule(module: ModuleNetlist, numbered: NumberedNodes = numberNodes(module)): void {
  const tables = checkDefinitions(module);
  for (const node of numbered.order) {
    const problem = checkType(node) ?? checkLeaf(node, tables) ?? checkOperator(node);
    if (problem !== undefined) fail(module, describeNode(node), problem);
  }
}

/** `add node "sum", uint(8)`: how errors speak of a node. */
function describeNode(node: Node): string {
  const kind = "operator" in node ? node.operator : node.kind;
  const name = node.label ?? node.source?.name;
  return `${kind} node${name === undefined ? "" : ` "${name}"`}, ${node.signed ? "sint" : "uint"}(${node.width})`;
}

function fail(module: ModuleNetlist, what: string, problem: string): never {
  throw new Error(`netlist of module ${module.name}, ${what}: ${problem}`);
}

interface Scalars {
  readonly count: number;
  readonly width: number;
  readonly signed: boolean;
}

interface Typed {
  readonly width: number;
  readonly signed: boolean;
}

interface Tables {
  readonly inputs: ReadonlyMap<string, Scalars>;
  readonly wires: ReadonlyMap<number, Typed>;
  readonly registers: ReadonlyMap<number, Typed>;
  readonly memories: ReadonlyMap<number, Typed>;
  /** Output ports of every instance. */
  readonly instances: ReadonlyMap<number, ReadonlyMap<string, Scalars>>;
}

function scalarsOf(type: PackedType): Scalars {
  const scalar = scalarOf(type);
  const count = shapeOf(type).reduce((product, length) => product * length, 1);
  return { count, width: scalar.width, signed: scalar.kind === "sint" };
}

const isPositive = (value: number): boolean => Number.isInteger(value) && value >= 1;

const describeTyped = ({ width, signed }: Typed): string => `${signed ? "sint" : "uint"}(${width})`;

const sameTyped = (a: Typed, b: Typed): boolean => a.width === b.width && a.signed === b.signed;

/** Checks ports, wires, registers, memories and instances, and returns what leaves may refer to. */
function checkDefinitions(module: ModuleNetlist): Tables {
  const names = new Set<string>();
  const declare = (what: string, name: string): void => {
    if (!/^[A-Za-z_][A-Za-z0-9_$]*$/.test(name)) fail(module, what, "its name is not a Verilog identifier");
    if (names.has(name)) fail(module, what, "its name is taken");
    names.add(name);
  };
  const expectType = (what: string, node: Typed, expected: Typed): void => {
    if (!sameTyped(node, expected)) fail(module, what, `is ${describeTyped(node)}, not ${describeTyped(expected)}`);
  };
  const add = <T>(what: string, table: Map<number, T>, id: number, entry: T): void => {
    if (table.has(id)) fail(module, what, `id ${id} is taken`);
    table.set(id, entry);
  };
  const checkNodes = (what: string, nodes: readonly Typed[], expected: Scalars): void => {
    if (nodes.length !== expected.count) fail(module, what, `${nodes.length} drivers for ${expected.count} elements`);
    nodes.forEach((node, i) => {
      expectType(`${what}, element ${i}`, node, expected);
    });
  };

  const domains = checkDomains(module);
  const expectDomain = (what: string, id: number | undefined): DomainDefinition | undefined => {
    const domain = domains.get(id ?? 0);
    if (domain === undefined) fail(module, what, `there is no clock domain ${id}`);
    return domain;
  };
  const inputs = new Map<string, Scalars>();
  for (const port of module.ports) {
    const what = `${port.direction} port ${port.name}`;
    declare(what, port.name);
    expectDomain(what, port.domain);
    const scalars = scalarsOf(port.type);
    if (!isPositive(scalars.width) || !isPositive(scalars.count)) {
      fail(module, what, `type ${describeType(port.type)} has no bits`);
    }
    if (port.direction === "output") checkNodes(what, port.drivers, scalars);
    else if (port.drivers.length > 0) fail(module, what, "has drivers");
    else inputs.set(port.name, scalars);
  }
  const wires = new Map<number, Typed>();
  for (const { node, name, driver } of module.wires) {
    const what = `wire ${name}`;
    declare(what, name);
    add(what, wires, node.id, node);
    expectType(`${what}, driver`, driver, node);
  }
  const registers = new Map<number, Typed>();
  for (const { node, name, next, reset, domain, latch } of module.registers) {
    const what = `register ${name}`;
    declare(what, name);
    add(what, registers, node.id, node);
    expectType(`${what}, next value`, next, node);
    if (latch !== undefined) {
      expectType(`${what}, latch data`, latch.data, node);
      expectType(`${what}, latch condition`, latch.transparent, { width: 1, signed: false });
      if (reset !== undefined) fail(module, what, "is a latch with a reset value");
    }
    if (expectDomain(what, domain)?.resetKind === "none" && reset !== undefined) {
      fail(module, what, "has a reset value in a domain without reset");
    }
    if (reset !== undefined && wrapTo(reset, node.width, node.signed) !== reset) {
      fail(module, what, `reset value ${reset} does not fit ${describeTyped(node)}`);
    }
  }
  const memories = new Map<number, Typed>();
  for (const memory of module.memories) {
    const what = `memory ${memory.name}`;
    declare(what, memory.name);
    add(what, memories, memory.id, memory);
    if (!isPositive(memory.depth)) fail(module, what, `depth ${memory.depth}`);
    const { init = [] } = memory;
    if (init.length > memory.depth) fail(module, what, `${init.length} initial words for a depth of ${memory.depth}`);
    for (const word of init) {
      if (wrapTo(word, memory.width, memory.signed) !== word) fail(module, what, `initial word ${word} does not fit`);
    }
    for (const write of memory.writes) {
      expectType(`${what}, write enable`, write.enable, { width: 1, signed: false });
      expectType(`${what}, write data`, write.data, memory);
      if (write.address.signed) fail(module, what, "write address is signed");
      expectDomain(what, write.domain);
      if (write.mask === undefined) continue;
      if (write.mask.signed) fail(module, what, "write mask is signed");
      if (memory.width % write.mask.width !== 0) {
        fail(module, what, `a mask of ${write.mask.width} bits does not divide words of ${memory.width}`);
      }
    }
  }
  const instances = new Map<number, Map<string, Scalars>>();
  for (const instance of module.instances) {
    const what = `instance ${instance.name} of ${instance.module.name}`;
    declare(what, instance.name);
    const outputs = new Map<string, Scalars>();
    add(what, instances, instance.id, outputs);
    let inputCount = 0;
    for (const port of instance.module.ports) {
      const scalars = scalarsOf(port.type);
      if (port.direction === "output") {
        outputs.set(port.name, scalars);
        continue;
      }
      inputCount++;
      const nodes = instance.inputs.get(port.name);
      if (nodes === undefined) fail(module, what, `input ${port.name} is not driven`);
      checkNodes(`${what}, input ${port.name}`, nodes, scalars);
    }
    for (const { id, name } of domainsOf(instance.module)) {
      if (id !== 0 && instance.domains?.get(id) === undefined) fail(module, what, `clock domain ${name} is not given`);
      expectDomain(what, instance.domains?.get(id));
    }
    if (instance.inputs.size > inputCount) fail(module, what, "drives an input that its module does not have");
  }
  for (const property of propertiesOf(module)) {
    const what = `${property.kind} ${property.name}`;
    declare(what, property.name);
    expectType(`${what}, condition`, property.condition, { width: 1, signed: false });
  }
  return { inputs, wires, registers, memories, instances };
}

/** The clock domains of a module by id. */
function checkDomains(module: ModuleNetlist): ReadonlyMap<number, DomainDefinition> {
  const domains = new Map<number, DomainDefinition>();
  const roles = new Map<string, string>();
  const settle = (what: string, port: string, role: string): void => {
    if (!/^[A-Za-z_][A-Za-z0-9_$]*$/.test(port)) fail(module, what, `${port} is not a Verilog identifier`);
    if ((roles.get(port) ?? role) !== role) fail(module, what, `port ${port} is ${roles.get(port)} and ${role}`);
    roles.set(port, role);
  };
  for (const domain of domainsOf(module)) {
    const what = `clock domain ${domain.name}`;
    if (domains.has(domain.id)) fail(module, what, `id ${domain.id} is taken`);
    domains.set(domain.id, domain);
    settle(what, domain.clock, "clock");
    if (domain.resetKind !== "none") settle(what, domain.reset, `reset, active ${domain.resetActive}`);
  }
  if (!domains.has(0)) fail(module, "clock domains", "there is no default domain");
  return domains;
}

function checkType(node: Node): string | undefined {
  return isPositive(node.width) ? undefined : `width ${node.width}`;
}

function checkElement(node: Typed & { readonly element: number }, scalars: Scalars | undefined, port: string) {
  if (scalars === undefined) return `there is no port ${port}`;
  if (!(node.element >= 0 && node.element < scalars.count)) return `port ${port} has no element ${node.element}`;
  return sameTyped(node, scalars) ? undefined : `port ${port} has elements ${describeTyped(scalars)}`;
}

function checkReference(node: Typed, what: string, id: number, table: ReadonlyMap<number, Typed>): string | undefined {
  const definition = table.get(id);
  if (definition === undefined) return `there is no ${what} ${id}`;
  return sameTyped(node, definition) ? undefined : `the ${what} is ${describeTyped(definition)}`;
}

/** What is wrong with a node's reference to the module's definitions. */
function checkLeaf(node: Node, tables: Tables): string | undefined {
  switch (node.kind) {
    case "input":
      return checkElement(node, tables.inputs.get(node.port), node.port);
    case "wire":
      return checkReference(node, "wire", node.id, tables.wires);
    case "register":
      return checkReference(node, "register", node.id, tables.registers);
    case "memory-read":
      return checkReference(node, "memory", node.memory, tables.memories);
    case "instance-output": {
      const outputs = tables.instances.get(node.instance);
      if (outputs === undefined) return `there is no instance ${node.instance}`;
      return checkElement(node, outputs.get(node.port), node.port);
    }
    default:
      return undefined;
  }
}
