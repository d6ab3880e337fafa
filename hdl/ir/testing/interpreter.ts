import { fits, leavesOf, wrapTo } from "../../types/index.ts";
import {
  type Design,
  domainOf,
  domainsOf,
  evaluate,
  type InstanceDefinition,
  type MemoryDefinition,
  type ModuleNetlist,
  type Node,
  operandsOf,
  type Port,
  propertiesOf,
  type RegisterDefinition,
  type WireDefinition,
} from "../index.ts";

/** One module in its place in the hierarchy, with its state. */
interface Scope {
  readonly module: ModuleNetlist;
  readonly path: string;
  readonly parent: Scope | undefined;
  /** The instance of the parent that this scope is; undefined for the top. */
  readonly instance: InstanceDefinition | undefined;
  readonly children: Map<number, Scope>;
  readonly ports: Map<string, Port>;
  readonly wires: Map<number, WireDefinition>;
  readonly memoryOf: Map<number, MemoryDefinition>;
  readonly registers: Map<number, bigint>;
  readonly memories: Map<number, bigint[]>;
  /** The domain of the top that each domain of this module is. */
  readonly domains: ReadonlyMap<number, number>;
  /** Values of this cycle, by node. */
  readonly values: Map<Node, bigint>;
  /** Nodes whose value is being computed: meeting one of them again is a loop. */
  readonly open: Set<Node>;
}

interface Place {
  readonly scope: Scope;
  readonly node: Node;
}

/**
 * The reference reading of a design: every value computed from the definition of its node, on big integers, in the
 * plainest way. Slow; for differential tests. Registers and memories start at 0.
 */
export interface Interpreter {
  /** Sets all elements of an input port, element 0 first. Throws when there is no such port or a value does not fit. */
  setInput(name: string, values: readonly bigint[]): void;
  /** All elements of an output port under the present inputs, element 0 first. */
  readOutput(name: string): bigint[];
  /** The properties whose condition is 0 (for a cover: 1) under the present inputs, as `path.name`, in any order. */
  reports(reset?: boolean): string[];
  /**
   * One period of the clocks of these domains of the top (the default one, 0) with the present inputs; with `reset`,
   * their resets are active meanwhile.
   */
  step(reset?: boolean, domains?: readonly number[]): void;
  /** Holds the resets of these domains (0) active, or not; asynchronous ones act at once. */
  setReset(active: boolean, domains?: readonly number[]): void;
}

/** The reference interpreter of a design. */
export function interpret(design: Design): Interpreter {
  const top = makeScope(design.top, design.top.name, undefined, undefined);
  const scopes: Scope[] = [];
  const collect = (scope: Scope): void => {
    scopes.push(scope);
    for (const child of scope.children.values()) collect(child);
  };
  collect(top);

  const inputs = new Map<string, readonly bigint[]>();
  for (const port of design.top.ports) {
    if (port.direction === "input")
      inputs.set(
        port.name,
        leavesOf(port.type).map(() => 0n),
      );
  }
  /** Names of the top's resets that are active. */
  const active = new Set<string>();
  const forgetValues = (): void => {
    for (const scope of scopes) scope.values.clear();
  };

  return {
    setInput(name, values) {
      const port = top.ports.get(name);
      if (port?.direction !== "input") throw new Error(`${design.top.name} has no input port ${name}`);
      const leaves = leavesOf(port.type);
      if (leaves.length !== values.length) throw new Error(`${name}: ${values.length} values for ${leaves.length}`);
      leaves.forEach((leaf, i) => {
        if (!fits(values[i]!, leaf.type.width, leaf.type.kind === "sint")) {
          throw new Error(`${name}[${i}]: ${values[i]} does not fit ${leaf.type.kind}(${leaf.type.width})`);
        }
      });
      inputs.set(name, [...values]);
      forgetValues();
    },
    readOutput(name) {
      const port = top.ports.get(name);
      if (port?.direction !== "output") throw new Error(`${design.top.name} has no output port ${name}`);
      settleLatches();
      return port.drivers.map((node) => settle({ scope: top, node }, inputs));
    },
    reports(reset = false) {
      return scopes.flatMap((scope) =>
        propertiesOf(scope.module).flatMap(({ kind, name, condition, duringReset }) => {
          if (reset && !duringReset) return [];
          const holds = settle({ scope, node: condition }, inputs) === 1n;
          return holds === (kind === "cover") ? [`${scope.path}.${name}`] : [];
        }),
      );
    },
    step(reset = false, domains = [0]) {
      const before = new Set(active);
      if (reset) for (const domain of domains) active.add(resetOf(domain));
      applyAsynchronous();
      const clocks = new Set(domains.map((domain) => domainOf(design.top, domain).clock));
      // The first domain on a clock says which edge comes first.
      const first = [...clocks].map((clock) => domainsOf(design.top).find((domain) => domain.clock === clock)!);
      edge(new Map(first.map(({ clock, edge }) => [clock, edge])));
      edge(new Map(first.map(({ clock, edge }) => [clock, edge === "rising" ? "falling" : "rising"])));
      active.clear();
      for (const name of before) active.add(name);
    },
    setReset(level, domains = [0]) {
      for (const domain of domains) {
        if (level) active.add(resetOf(domain));
        else active.delete(resetOf(domain));
      }
      applyAsynchronous();
    },
  };

  function resetOf(domain: number): string {
    const { resetKind, reset } = domainOf(design.top, domain);
    return resetKind === "none" ? "" : reset;
  }

  /** Whether the reset of a register of this scope is active. */
  function isReset(scope: Scope, definition: RegisterDefinition): boolean {
    return definition.reset !== undefined && active.has(resetOf(scope.domains.get(definition.domain ?? 0)!));
  }

  function applyAsynchronous(): void {
    for (const scope of scopes) {
      for (const definition of scope.module.registers) {
        if (domainOf(scope.module, definition.domain).resetKind !== "asynchronous") continue;
        if (isReset(scope, definition)) scope.registers.set(definition.node.id, definition.reset!);
      }
    }
    forgetValues();
    settleLatches();
  }

  /** The given edge of each clock of the top, all at once. */
  function edge(edges: ReadonlyMap<string, string>): void {
    settleLatches();
    const updates: (() => void)[] = [];
    for (const scope of scopes) {
      const value = (node: Node): bigint => settle({ scope, node }, inputs);
      const ticks = (id: number | undefined): boolean => {
        const { clock } = domainOf(design.top, scope.domains.get(id ?? 0));
        return edges.get(clock) === domainOf(scope.module, id).edge;
      };
      for (const definition of scope.module.registers) {
        if (definition.latch !== undefined || !ticks(definition.domain)) continue;
        const next = isReset(scope, definition) ? definition.reset! : value(definition.next);
        updates.push(() => scope.registers.set(definition.node.id, next));
      }
      for (const memory of scope.module.memories) {
        for (const write of memory.writes) {
          if (!ticks(write.domain) || value(write.enable) === 0n) continue;
          const address = value(write.address);
          const data = value(write.data);
          if (address >= BigInt(memory.depth)) continue;
          const mask = write.mask && { bits: value(write.mask), count: write.mask.width };
          updates.push(() => {
            const words = scope.memories.get(memory.id)!;
            const before = words[Number(address)]!;
            words[Number(address)] = mask === undefined ? data : joined(memory, before, data, mask);
          });
        }
      }
    }
    for (const update of updates) update();
    forgetValues();
    settleLatches();
  }

  /** Latches remember what they let through, before anything else changes. */
  function settleLatches(): void {
    for (const scope of scopes) {
      for (const { node, next, latch } of scope.module.registers) {
        if (latch !== undefined) scope.registers.set(node.id, settle({ scope, node: next }, inputs));
      }
    }
  }
}

/** The word with the masked parts of `data` in it. */
function joined(
  { width, signed }: MemoryDefinition,
  before: bigint,
  data: bigint,
  mask: { bits: bigint; count: number },
): bigint {
  let word = 0n;
  for (let bit = 0; bit < width; bit++) {
    const part = Math.floor((bit * mask.count) / width);
    const from = (mask.bits >> BigInt(part)) & 1n ? data : before;
    word |= ((from >> BigInt(bit)) & 1n) << BigInt(bit);
  }
  return wrapTo(word, width, signed);
}

function makeScope(
  module: ModuleNetlist,
  path: string,
  parent: Scope | undefined,
  instance: InstanceDefinition | undefined,
): Scope {
  const scope: Scope = {
    module,
    path,
    parent,
    instance,
    children: new Map(),
    ports: new Map(module.ports.map((port) => [port.name, port])),
    wires: new Map(module.wires.map((wire) => [wire.node.id, wire])),
    memoryOf: new Map(module.memories.map((memory) => [memory.id, memory])),
    registers: new Map(module.registers.map((register) => [register.node.id, 0n])),
    memories: new Map(
      module.memories.map((memory) => [
        memory.id,
        Array.from({ length: memory.depth }, (_, i) => memory.init?.[i] ?? 0n),
      ]),
    ),
    domains: new Map(
      domainsOf(module).map(({ id }) => [
        id,
        parent === undefined ? id : parent.domains.get(instance!.domains?.get(id) ?? 0)!,
      ]),
    ),
    values: new Map(),
    open: new Set(),
  };
  for (const child of module.instances) {
    scope.children.set(child.id, makeScope(child.module, `${path}.${child.name}`, scope, child));
  }
  return scope;
}

/** What must be known before a node's value is: in this scope, in the parent, or in a child. */
function needsOf({ scope, node }: Place): Place[] {
  switch (node.kind) {
    case "constant":
    case "register":
      return [];
    case "input":
      if (scope.parent === undefined) return [];
      return [{ scope: scope.parent, node: scope.instance!.inputs.get(node.port)![node.element]! }];
    case "wire":
      return [{ scope, node: scope.wires.get(node.id)!.driver }];
    case "instance-output": {
      const child = scope.children.get(node.instance)!;
      return [{ scope: child, node: child.ports.get(node.port)!.drivers[node.element]! }];
    }
    default:
      return operandsOf(node).map((operand) => ({ scope, node: operand }));
  }
}

function compute(
  { scope, node }: Place,
  needs: readonly bigint[],
  inputs: ReadonlyMap<string, readonly bigint[]>,
): bigint {
  switch (node.kind) {
    case "constant":
      return node.value;
    case "register":
      return scope.registers.get(node.id)!;
    case "input":
      return scope.parent === undefined ? inputs.get(node.port)![node.element]! : needs[0]!;
    case "wire":
    case "instance-output":
      return needs[0]!;
    case "memory-read": {
      const words = scope.memories.get(node.memory)!;
      return needs[0]! < BigInt(words.length) ? words[Number(needs[0]!)]! : 0n;
    }
    default:
      return evaluate(node, needs);
  }
}

/** The value of a node, with a stack of its own; throws on a combinational loop. */
function settle(root: Place, inputs: ReadonlyMap<string, readonly bigint[]>): bigint {
  const stack: { place: Place; needs: Place[] | undefined }[] = [{ place: root, needs: undefined }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const { scope, node } = top.place;
    if (scope.values.has(node)) {
      stack.pop();
      continue;
    }
    if (top.needs === undefined) {
      top.needs = needsOf(top.place);
      scope.open.add(node);
      const missing = top.needs.filter((need) => !need.scope.values.has(need.node));
      for (const need of missing) {
        if (need.scope.open.has(need.node)) throw new Error(`combinational loop through ${scope.path}`);
        stack.push({ place: need, needs: undefined });
      }
      if (missing.length > 0) continue;
    }
    const needs = top.needs.map((need) => need.scope.values.get(need.node)!);
    scope.values.set(node, compute(top.place, needs, inputs));
    scope.open.delete(node);
    stack.pop();
  }
  return root.scope.values.get(root.node)!;
}
