import { leavesOf, type PackedType, sint, uint, vec } from "../../types/index.ts";
import {
  type DomainDefinition,
  type InstanceDefinition,
  input,
  instanceOutput,
  type MemoryDefinition,
  type ModuleNetlist,
  type Node,
  type Port,
  type RegisterDefinition,
  register,
  type WireDefinition,
  wire,
} from "../index.ts";
import { adapt, addressBits, pickOperand, randomOperator } from "./random-operator.ts";
import type { RandomSource } from "./random-source.ts";

/** Size and ingredients of one random module; `RandomNetlistOptions` with the defaults filled in. */
export interface RandomModuleOptions {
  readonly operators: number;
  readonly maxWidth: number;
  readonly registers: boolean;
  readonly wires: boolean;
  readonly memories: boolean;
  readonly instances: boolean;
  readonly vecPorts: boolean;
  readonly alwaysReset: boolean;
  readonly domains: boolean;
}

/** Ids are keys and not positions in a list; leaving gaps shows who mixes the two up. */
const idOf = (index: number): number => 3 * index + 2;

/** Builds one random module; `children` are the modules it may instantiate. */
export function randomModule(
  random: RandomSource,
  name: string,
  children: readonly ModuleNetlist[],
  options: RandomModuleOptions,
): ModuleNetlist {
  const pool: Node[] = [];
  const wires: WireDefinition[] = [];
  const instances: InstanceDefinition[] = [];
  const inputs: Port[] = [];
  for (let i = random.int(2, 5); i > 0; i--) {
    const port = { name: `in${inputs.length}`, direction: "input" as const, type: randomType(random, options) };
    inputs.push(Object.freeze({ ...port, drivers: Object.freeze([]) }));
    leavesOf(port.type).forEach((leaf, element) => {
      pool.push(input(port.name, element, leaf.type.width, leaf.type.kind === "sint"));
    });
  }

  const registerNodes = options.registers
    ? Array.from({ length: random.int(1, 6) }, (_, i) =>
        register(idOf(i), randomWidth(random, options), random.chance(0.5)),
      )
    : [];
  pool.push(...registerNodes);

  const memories: MemoryDefinition[] = [];
  if (options.memories && random.chance(0.6)) {
    for (let i = random.int(1, 2); i > 0; i--) {
      const depth = random.int(1, 12);
      const width = randomWidth(random, options);
      const id = idOf(memories.length);
      const memory = { id, name: `ram${memories.length}`, depth, width, signed: random.chance(0.5), writes: [] };
      memories.push(options.domains ? { ...memory, init: randomContents(random, memory) } : memory);
    }
  }

  const outputNodes = (id: number, child: ModuleNetlist): Node[] =>
    child.ports
      .filter((port) => port.direction === "output")
      .flatMap((port) =>
        leavesOf(port.type).map((leaf, element) =>
          instanceOutput(id, port.name, element, leaf.type.width, leaf.type.kind === "sint"),
        ),
      );
  const driven = (type: PackedType): readonly Node[] =>
    Object.freeze(
      leavesOf(type).map(({ type: leaf }) => adapt(random, pickOperand(context), leaf.width, leaf.kind === "sint")),
    );
  const inputsOf = (child: ModuleNetlist): ReadonlyMap<string, readonly Node[]> =>
    new Map(child.ports.filter((port) => port.direction === "input").map((port) => [port.name, driven(port.type)]));
  const joined = (): { domains?: ReadonlyMap<number, number> } =>
    options.domains
      ? {
          domains: new Map([
            [0, random.int(0, 1)],
            [1, random.int(0, 1)],
          ]),
        }
      : {};
  const context = { random, pool, memories, maxWidth: options.maxWidth };

  // A child with registered outputs may take part in a loop, so its inputs are chosen last.
  const late: { id: number; child: ModuleNetlist }[] = [];
  const instanceCount = options.instances && children.length > 0 ? random.int(1, 3) : 0;
  const instantiateAt = new Set<number>();
  let repeated: ModuleNetlist | undefined;
  for (let i = 0; i < instanceCount; i++) {
    if (random.chance(0.4)) {
      const child = random.pick(children);
      if (outputsAreRegistered(child)) {
        pool.push(...outputNodes(idOf(i), child));
        late.push({ id: idOf(i), child });
        continue;
      }
    }
    instantiateAt.add(random.int(0, options.operators - 1));
  }
  let nextInstance = instanceCount;
  for (let i = 0; i < options.operators; i++) {
    if (instantiateAt.has(i)) {
      const child = repeated !== undefined && random.chance(0.5) ? repeated : random.pick(children);
      repeated = child;
      const id = idOf(nextInstance++);
      instances.push(Object.freeze({ id, name: `u${id}`, module: child, inputs: inputsOf(child), ...joined() }));
      pool.push(...outputNodes(id, child));
    }
    const node = random.chance(0.06) ? copyOf(random.pick(pool)) : randomOperator(context);
    pool.push(node);
    if (options.wires && random.chance(0.08)) {
      const declared = wire(idOf(wires.length), node.width, node.signed);
      wires.push(Object.freeze({ node: declared, name: `w${wires.length}`, driver: node }));
      pool.push(declared);
    }
  }
  for (const { id, child } of late) {
    instances.push(Object.freeze({ id, name: `u${id}`, module: child, inputs: inputsOf(child), ...joined() }));
  }

  const registers = registerNodes.map((node, i): RegisterDefinition => {
    const reset = options.alwaysReset || random.chance(0.7) ? random.value(node.width, node.signed) : undefined;
    const next = random.chance(0.05) ? node : adapt(random, pickOperand(context), node.width, node.signed);
    const domain = options.domains && random.chance(0.3) ? { domain: 1 } : {};
    return Object.freeze({ node, name: `r${i}`, next, reset, group: i >> 1, ...domain });
  });
  const finishedMemories = memories.map((memory): MemoryDefinition => {
    const writes = Array.from({ length: random.int(1, 2) }, () =>
      Object.freeze({
        enable: adapt(random, pickOperand(context), 1, false),
        address: adapt(random, pickOperand(context), addressBits(memory.depth), false),
        data: adapt(random, pickOperand(context), memory.width, memory.signed),
        ...(options.domains ? { mask: adapt(random, pickOperand(context), divisor(random, memory.width), false) } : {}),
      }),
    );
    return Object.freeze({ ...memory, writes: Object.freeze(writes) });
  });
  const registered = registerNodes.length > 0 && random.chance(0.3);
  const outputs = Array.from({ length: random.int(1, 4) }, (_, i): Port => {
    const shape = randomType(random, options);
    const plain = registered ? registerNodes[i % registerNodes.length] : undefined;
    const type = plain === undefined ? shape : registeredType(shape, plain);
    const drivers = plain === undefined ? driven(type) : leavesOf(type).map(() => plain);
    return Object.freeze({ name: `out${i}`, direction: "output", type, drivers: Object.freeze(drivers) });
  });
  return Object.freeze({
    name,
    params: Object.freeze({ operators: options.operators }),
    ports: Object.freeze([...inputs, ...outputs]),
    wires: Object.freeze(random.shuffle(wires)),
    registers: Object.freeze(registers),
    memories: Object.freeze(finishedMemories),
    instances: Object.freeze(random.shuffle(instances)),
    ...(options.domains ? { domains: randomDomains(random) } : {}),
  });
}

/** Two domains, on one clock or on two. */
function randomDomains(random: RandomSource): readonly DomainDefinition[] {
  const make = (id: number, name: string): DomainDefinition => {
    const resetActive = random.pick(["high", "low"] as const);
    return Object.freeze({
      id,
      name,
      clock: id === 1 && random.chance(0.5) ? "other_clk" : "clk",
      reset: `${name}_rst_${resetActive}`,
      edge: random.pick(["rising", "falling"] as const),
      resetKind: random.pick(["synchronous", "asynchronous"] as const),
      resetActive,
    });
  };
  return Object.freeze([make(0, "defaultDomain"), make(1, "other")]);
}

function randomContents(random: RandomSource, { depth, width, signed }: MemoryDefinition): readonly bigint[] {
  return Array.from({ length: random.int(0, depth) }, () => random.value(width, signed));
}

/** A number of parts that a word of `width` bits can be divided into. */
function divisor(random: RandomSource, width: number): number {
  return random.pick(Array.from({ length: width }, (_, i) => i + 1).filter((parts) => width % parts === 0));
}

/** Whether no input of the module reaches an output within a cycle: all outputs are plain registers. */
function outputsAreRegistered(module: ModuleNetlist): boolean {
  return module.ports.every((port) => port.drivers.every((driver) => driver.kind === "register"));
}

/** The type with its scalars replaced by the type of a register. */
function registeredType(type: PackedType, node: Node): PackedType {
  if (type.kind === "vec") return vec(type.length, registeredType(type.element, node));
  return node.signed ? sint(node.width) : uint(node.width);
}

/** A different object of the same structure, for passes that look for equal nodes. */
function copyOf(node: Node): Node {
  return Object.freeze({ ...node });
}

function randomWidth(random: RandomSource, { maxWidth }: RandomModuleOptions): number {
  if (maxWidth >= 40 && random.chance(0.04)) return random.int(65, 100);
  return random.chance(0.3) ? random.int(1, maxWidth) : random.int(1, Math.min(maxWidth, 10));
}

function randomType(random: RandomSource, options: RandomModuleOptions): PackedType {
  const width = randomWidth(random, options);
  const scalar = random.chance(0.5) ? sint(width) : uint(width);
  if (!options.vecPorts || random.chance(0.65)) return scalar;
  const inner = vec(random.int(1, 4), scalar);
  return random.chance(0.3) ? vec(random.int(1, 3), inner) : inner;
}
