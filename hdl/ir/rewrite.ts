import type { InstanceDefinition, MemoryDefinition, ModuleNetlist, RegisterDefinition } from "./netlist.ts";
import { type Node, unreachable } from "./node.ts";
import { arithmetic } from "./nodes/arithmetic.ts";
import { bitwise } from "./nodes/bitwise.ts";
import { cast } from "./nodes/cast.ts";
import { compare } from "./nodes/compare.ts";
import { concat } from "./nodes/concat.ts";
import { extend } from "./nodes/extend.ts";
import { indexBits } from "./nodes/index-bits.ts";
import { memoryRead } from "./nodes/memory-read.ts";
import { mux } from "./nodes/mux.ts";
import { not } from "./nodes/not.ts";
import { reduce } from "./nodes/reduce.ts";
import { replicate } from "./nodes/replicate.ts";
import { shift } from "./nodes/shift.ts";
import { slice } from "./nodes/slice.ts";
import { type NumberedNodes, numberNodes } from "./number-nodes.ts";
import { type PropertyDefinition, propertiesOf } from "./property.ts";

/**
 * Rebuilds a module bottom-up. For every reachable node, operands before users, `rewriteNode` gets the node on its
 * rewritten operands (the same object when they are unchanged) and the node it was, and returns what takes its place:
 * a node of the same width and sign. Instances get `replaceModule(child)`, which must have the same ports. Returns the
 * same object when nothing changed. Nodes that nothing outside expressions reads are not visited. `numbered` is the
 * module's numbering, when the caller has it.
 */
export function rewriteModule(
  module: ModuleNetlist,
  rewriteNode: (node: Node, original: Node) => Node,
  replaceModule?: (child: ModuleNetlist) => ModuleNetlist,
  numbered: NumberedNodes = numberNodes(module),
): ModuleNetlist {
  const { order, indexOf, start, operands } = numbered;
  const results = order.slice();
  const current = (node: Node): Node => results[indexOf.get(node)!]!;
  let changed = false;
  for (let i = 0; i < order.length; i++) {
    const original = order[i]!;
    let node = original;
    for (let edge = start[i]!; edge < start[i + 1]!; edge++) {
      const operand = operands[edge]!;
      if (results[operand] === order[operand]) continue;
      node = mapOperands(original, current);
      break;
    }
    const result = rewriteNode(node, original);
    if (result === original) continue;
    results[i] = result;
    changed = true;
  }
  return changed ? mapRoots(module, current, replaceModule) : mapRoots(module, (node) => node, replaceModule);
}

/**
 * The module with `map` applied to every node that something outside expressions reads, and `replaceModule` to every
 * child; the same object when nothing changed.
 */
export function mapRoots(
  module: ModuleNetlist,
  map: (node: Node) => Node,
  replaceModule: (child: ModuleNetlist) => ModuleNetlist = (child) => child,
): ModuleNetlist {
  const ports = mapSame(module.ports, (port) => {
    const drivers = mapSame(port.drivers, map);
    return drivers === port.drivers ? port : Object.freeze({ ...port, drivers });
  });
  const wires = mapSame(module.wires, (wire) => {
    const driver = map(wire.driver);
    return driver === wire.driver ? wire : Object.freeze({ ...wire, driver });
  });
  const registers = mapSame(module.registers, (register): RegisterDefinition => {
    const next = map(register.next);
    const { latch } = register;
    if (latch === undefined) return next === register.next ? register : Object.freeze({ ...register, next });
    const [transparent, data] = [map(latch.transparent), map(latch.data)];
    const same = next === register.next && transparent === latch.transparent && data === latch.data;
    return same ? register : Object.freeze({ ...register, next, latch: Object.freeze({ transparent, data }) });
  });
  const memories = mapSame(module.memories, (memory): MemoryDefinition => {
    const writes = mapSame(memory.writes, (write) => {
      const [enable, address, data] = [map(write.enable), map(write.address), map(write.data)];
      const mask = write.mask && map(write.mask);
      const same = enable === write.enable && address === write.address && data === write.data && mask === write.mask;
      return same ? write : Object.freeze({ ...write, enable, address, data, mask });
    });
    return writes === memory.writes ? memory : Object.freeze({ ...memory, writes });
  });
  const instances = mapSame(module.instances, (instance): InstanceDefinition => {
    const child = replaceModule(instance.module);
    let same = child === instance.module;
    const inputs = new Map<string, readonly Node[]>();
    for (const [port, nodes] of instance.inputs) {
      const mapped = mapSame(nodes, map);
      if (mapped !== nodes) same = false;
      inputs.set(port, mapped);
    }
    return same ? instance : Object.freeze({ ...instance, module: child, inputs });
  });
  const before = propertiesOf(module);
  const properties = mapSame(before, (property): PropertyDefinition => {
    const condition = map(property.condition);
    const watches = mapSame(property.watches, (watch) => {
      const node = map(watch.node);
      return node === watch.node ? watch : Object.freeze({ ...watch, node });
    });
    const same = condition === property.condition && watches === property.watches;
    return same ? property : Object.freeze({ ...property, condition, watches });
  });
  const same =
    properties === before &&
    ports === module.ports &&
    wires === module.wires &&
    registers === module.registers &&
    memories === module.memories &&
    instances === module.instances;
  if (same) return module;
  const kept = properties.length > 0 ? { properties } : {};
  return Object.freeze({ ...module, ports, wires, registers, memories, instances, ...kept });
}

/** The node on other operands, each of the width and sign of the one it replaces; the same object when all are the same. */
export function mapOperands(node: Node, map: (node: Node) => Node): Node {
  switch (node.kind) {
    case "constant":
    case "input":
    case "wire":
    case "register":
    case "instance-output":
      return node;
    case "memory-read": {
      const address = map(node.address);
      return address === node.address ? node : memoryRead(node.memory, address, node.width, node.signed, node);
    }
    case "arithmetic": {
      const [left, right] = [map(node.left), map(node.right)];
      if (left === node.left && right === node.right) return node;
      return arithmetic(node.operator, left, right, node.width, node.signed, node);
    }
    case "bitwise": {
      const [left, right] = [map(node.left), map(node.right)];
      return left === node.left && right === node.right ? node : bitwise(node.operator, left, right, node);
    }
    case "compare": {
      const [left, right] = [map(node.left), map(node.right)];
      return left === node.left && right === node.right ? node : compare(node.operator, left, right, node);
    }
    case "not": {
      const operand = map(node.operand);
      return operand === node.operand ? node : not(operand, node);
    }
    case "mux": {
      const [condition, whenTrue, whenFalse] = [map(node.condition), map(node.whenTrue), map(node.whenFalse)];
      const same = condition === node.condition && whenTrue === node.whenTrue && whenFalse === node.whenFalse;
      return same ? node : mux(condition, whenTrue, whenFalse, node);
    }
    case "concat": {
      const parts = mapSame(node.parts, map);
      return parts === node.parts ? node : concat(parts, node);
    }
    case "replicate": {
      const operand = map(node.operand);
      return operand === node.operand ? node : replicate(operand, node.count, node);
    }
    case "slice": {
      const operand = map(node.operand);
      return operand === node.operand ? node : slice(operand, node.high, node.low, node);
    }
    case "shift": {
      const [operand, amount] = [map(node.operand), map(node.amount)];
      const same = operand === node.operand && amount === node.amount;
      return same ? node : shift(node.operator, operand, amount, node.width, node);
    }
    case "index-bits": {
      const [operand, index] = [map(node.operand), map(node.index)];
      const same = operand === node.operand && index === node.index;
      return same ? node : indexBits(operand, index, node.stride, node.width, node);
    }
    case "extend": {
      const operand = map(node.operand);
      return operand === node.operand ? node : extend(operand, node.width, node);
    }
    case "cast": {
      const operand = map(node.operand);
      return operand === node.operand ? node : cast(operand, node.signed, node);
    }
    case "reduce": {
      const operand = map(node.operand);
      return operand === node.operand ? node : reduce(node.operator, operand, node);
    }
    default:
      return unreachable(node);
  }
}

/** `items.map(map)` frozen, or `items` itself when every element stayed the same object. */
function mapSame<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
  for (let i = 0; i < items.length; i++) {
    const first = map(items[i]!);
    if (first === items[i]) continue;
    const result = items.slice();
    result[i] = first;
    for (let j = i + 1; j < items.length; j++) result[j] = map(items[j]!);
    return Object.freeze(result);
  }
  return items;
}
