import {
  type Attributes,
  HighestFirst,
  type ModuleNetlist,
  type Node,
  type NumberedNodes,
  rootsOf,
} from "../ir/index.ts";

/** The bits of what a module declares on which something that leaves it depends, as masks. */
export interface ReadBits {
  /** By `port/element`. */
  readonly inputs: ReadonlyMap<string, bigint>;
  /** By the wire's or register's id. */
  readonly wires: ReadonlyMap<number, bigint>;
  readonly registers: ReadonlyMap<number, bigint>;
  /** Ids of the instances of which some output is read, and of the memories that are. */
  readonly instances: ReadonlySet<number>;
  readonly memories: ReadonlySet<number>;
}

/** All bits of the widths that nearly all signals have. */
const fewOnes = Array.from({ length: 129 }, (_, width) => (1n << BigInt(width)) - 1n);
const ones = (width: number): bigint => fewOnes[width] ?? (1n << BigInt(width)) - 1n;

/** Up to the highest bit of `mask`: a carry comes from every bit below. */
const below = (mask: bigint): bigint => ((mask & (mask + 1n)) === 0n ? mask : ones(mask.toString(2).length));

/** The mask that means every bit, whatever the width. */
const all = -1n;

/** What a user that looks at the bits `mask` of a node looks at in its operands: `need(operand number, mask)`. */
function needOfOperands(
  node: Node,
  operands: number,
  mask: bigint,
  need: (operand: number, mask: bigint) => void,
): void {
  switch (node.kind) {
    case "slice":
      need(0, mask << BigInt(node.low));
      return;
    case "cast":
    case "not":
      need(0, mask);
      return;
    case "extend": {
      const { width } = node.operand;
      const above = node.signed && mask >> BigInt(width) !== 0n ? 1n << BigInt(width - 1) : 0n;
      need(0, (mask & ones(width)) | above);
      return;
    }
    case "bitwise": {
      const masked = (other: Node): bigint => {
        if (other.kind !== "constant" || node.operator === "xor") return mask;
        const bits = BigInt.asUintN(node.width, other.value);
        return node.operator === "and" ? mask & bits : mask & ~bits;
      };
      need(0, masked(node.right));
      need(1, masked(node.left));
      return;
    }
    case "mux":
      need(0, 1n);
      need(1, mask);
      need(2, mask);
      return;
    case "concat": {
      let rest = mask;
      for (let i = node.parts.length - 1; i >= 0; i--) {
        const { width } = node.parts[i]!;
        need(i, rest & ones(width));
        rest >>= BigInt(width);
      }
      return;
    }
    case "replicate": {
      const width = BigInt(node.operand.width);
      let all = 0n;
      for (let rest = mask; rest !== 0n; rest >>= width) all |= rest & ones(node.operand.width);
      need(0, all);
      return;
    }
    case "arithmetic": {
      // Exact modulo a power of two; above its own top an operand is a copy of its sign.
      const low = below(mask);
      const whole = low === ones(node.width);
      need(0, whole && node.left.width <= node.width ? all : low & ones(node.left.width));
      need(1, whole && node.right.width <= node.width ? all : low & ones(node.right.width));
      return;
    }
    default:
      for (let i = 0; i < operands; i++) need(i, all);
  }
}

/** For registers and wires: the node that drives them. */
function driversOf(module: ModuleNetlist): { wires: Map<number, Node>; registers: Map<number, Node> } {
  return {
    wires: new Map(module.wires.map(({ node, driver }) => [node.id, driver])),
    registers: new Map(module.registers.map(({ node, next }) => [node.id, next])),
  };
}

/** Whether something stays whoever reads it. */
const isKept = ({ attributes }: { readonly attributes?: Attributes }): boolean => attributes !== undefined;

/**
 * Works out from what leaves a module (outputs, children's inputs, memory writes, what has an attribute, …) which bits of its signals are read,
 * through registers and wires. A register that only feeds itself is not.
 */
export function readBits(module: ModuleNetlist, numbered: NumberedNodes): ReadBits {
  const { order, indexOf, start, operands } = numbered;
  const masks = new Array<bigint>(order.length).fill(0n);
  const queue = new HighestFirst(order.length);
  const drivers = driversOf(module);
  const inputs = new Map<string, bigint>();
  const wires = new Map<number, bigint>();
  const registers = new Map<number, bigint>();
  const instances = new Set<number>();
  const memories = new Set<number>();
  const needIndex = (index: number, wanted: bigint): void => {
    const before = masks[index]!;
    const every = ones(order[index]!.width);
    if (before === every) return;
    const after = wanted === all ? every : before | wanted;
    if (after === before) return;
    masks[index] = after;
    queue.push(index);
  };
  const needDriver = (seen: Map<number, bigint>, id: number, driver: Node | undefined, mask: bigint): void => {
    seen.set(id, (seen.get(id) ?? 0n) | mask);
    if (driver) needIndex(indexOf.get(driver)!, mask);
  };
  const kept = { wires: module.wires.filter(isKept), registers: module.registers.filter(isKept) };
  for (const root of rootsOf({ ...module, ...kept })) needIndex(indexOf.get(root)!, all);
  let first = 0;
  const need = (operand: number, mask: bigint): void => needIndex(operands[first + operand]!, mask);
  for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
    const node = order[index]!;
    const mask = masks[index]!;
    if (node.kind === "input") {
      const key = `${node.port}/${node.element}`;
      inputs.set(key, (inputs.get(key) ?? 0n) | mask);
    } else if (node.kind === "wire") needDriver(wires, node.id, drivers.wires.get(node.id), mask);
    else if (node.kind === "register") needDriver(registers, node.id, drivers.registers.get(node.id), mask);
    else if (node.kind === "instance-output") instances.add(node.instance);
    else {
      if (node.kind === "memory-read") memories.add(node.memory);
      first = start[index]!;
      needOfOperands(node, start[index + 1]! - first, mask, need);
    }
  }
  return { inputs, wires, registers, instances, memories };
}
