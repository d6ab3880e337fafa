import {
  type ClockEdge,
  type Clocking,
  type ConcatNode,
  clockingOf,
  concat,
  constant,
  type Design,
  domainInParent,
  domainOf,
  domainsOf,
  domainUses,
  type IndexBitsNode,
  type InstanceDefinition,
  type ModuleNetlist,
  mux,
  type Node,
  operandsOf,
  type Port,
  propertiesOf,
  type SliceNode,
  slice,
} from "../../ir/index.ts";
import { enumerationOf, leavesOf, scalarOf } from "../../types/index.ts";
import type {
  Cell,
  CellNode,
  FlatDesign,
  FlatEvent,
  FlatInput,
  FlatMemory,
  FlatName,
  FlatOutput,
  FlatProperty,
  FlatRegister,
} from "./flat-design.ts";
import { fitsType, fitsWord, intervalOf } from "./interval.ts";
import { type ModuleIndex, nameOf, type Scope } from "./scope.ts";
import { valueNames } from "./value-names.ts";

/** A node on the way to its cell. An alias has one operand, in another scope perhaps, and takes over its cell. */
interface Visit {
  readonly scope: Scope;
  readonly node: Node;
  readonly operandScope: Scope;
  readonly operands: readonly Node[];
  readonly alias: boolean;
  next: number;
}

const pending = -1;

/** Elements that an index chooses from by multiplexers; of more, as bits of one long value. */
const mostSelected = 1024;

/** Concatenations inside concatenations that a slice is followed through. */
const sliceDepthLimit = 100;

/**
 * Expands the hierarchy of `design`: one cell per value, with wires, ports and extensions dissolved. Cells come in
 * depth-first order from the registers and memories, instance by instance, so that neighbours in the list are
 * neighbours in the hardware. Throws on a combinational loop, naming the signals on it.
 */
export function flatten(design: Design): FlatDesign {
  return new Flattener(design).flatten();
}

class Flattener {
  readonly #design: Design;
  readonly #cells: Cell[] = [];
  readonly #indexes = new Map<ModuleNetlist, ModuleIndex>();
  readonly #scopes: Scope[] = [];
  readonly #top: Scope;
  readonly #clocking: Clocking;
  readonly #events: FlatEvent[] = [];
  readonly #inputs: FlatInput[] = [];
  readonly #firstElement = new Map<string, number>();
  readonly #inputCells: (number | undefined)[] = [];
  readonly #registerCells: (number | undefined)[] = [];
  #registerCount = 0;
  #memoryCount = 0;

  constructor(design: Design) {
    this.#design = design;
    this.#clocking = clockingOf(design);
    let first = 0;
    for (const port of design.top.ports) {
      if (port.direction !== "input") continue;
      const { width, signed, elements } = portShape(port);
      this.#inputs.push({ name: port.name, first, elements, width, signed });
      this.#firstElement.set(port.name, first);
      first += elements;
    }
    this.#top = this.#openScope(design.top, [design.top.name], undefined, undefined);
  }

  flatten(): FlatDesign {
    const registers: FlatRegister[] = [];
    const memories: FlatMemory[] = [];
    for (const scope of this.#scopes) {
      for (const { node, name, next, reset, domain, latch } of scope.module.registers) {
        const { width, signed } = node;
        const common = { scope: scope.path, name, width, signed, reset };
        const resetLine = this.#clocking.domains[scope.domains.get(domain ?? 0)!]!.reset;
        const asynchronous = domainOf(scope.module, domain).resetKind === "asynchronous";
        const event = latch === undefined ? this.#eventOf(scope, domain) : this.#event(-1, "rising");
        registers.push({ ...common, resetLine, asynchronous, event, next: this.#cellOf(scope, next) });
      }
      for (const { name, depth, width, signed, writes, init = [] } of scope.module.memories) {
        const flatWrites = writes.map((write) => ({
          enable: this.#cellOf(scope, write.enable),
          address: this.#cellOf(scope, write.address),
          data: this.#cellOf(scope, write.data),
          mask: write.mask && this.#cellOf(scope, write.mask),
          parts: write.mask?.width ?? 1,
          event: this.#eventOf(scope, write.domain),
        }));
        memories.push({ scope: scope.path, name, depth, width, signed, init, writes: flatWrites });
      }
    }
    const outputs: FlatOutput[] = [];
    for (const port of this.#top.module.ports) {
      if (port.direction !== "output") continue;
      const { width, signed } = portShape(port);
      const drivers = port.drivers.map((driver) => this.#cellOf(this.#top, driver));
      outputs.push({ name: port.name, width, signed, drivers });
    }
    const properties = this.#properties();
    const names = (): FlatName[] => this.#names();
    const [cells, inputs, clocking, events] = [this.#cells, this.#inputs, this.#clocking, this.#events];
    return { cells, clocking, events, registers, memories, inputs, outputs, properties, names };
  }

  /** The edge of the top's clock that a domain of the scope's module changes at. */
  #eventOf(scope: Scope, domain: number | undefined): number {
    const { clock } = this.#clocking.domains[scope.domains.get(domain ?? 0)!]!;
    const { edge } = domainOf(scope.module, domain);
    return this.#event(clock, edge);
  }

  #event(clock: number, edge: ClockEdge): number {
    const known = this.#events.findIndex((event) => event.clock === clock && event.edge === edge);
    return known >= 0 ? known : this.#events.push({ clock, edge }) - 1;
  }

  #properties(): FlatProperty[] {
    const found: FlatProperty[] = [];
    for (const scope of this.#scopes) {
      for (const property of propertiesOf(scope.module)) {
        const { kind, name, message, duringReset, condition, watches, domain, source } = property;
        const { reset } = this.#clocking.domains[scope.domains.get(domain ?? 0)!]!;
        found.push({
          kind,
          scope: scope.path,
          name,
          message,
          event: this.#eventOf(scope, domain),
          resetLine: duringReset ? -1 : reset,
          condition: this.#cellOf(scope, condition),
          watches: watches.map(({ name: watched, node, enumeration }) => {
            const { width, signed } = node;
            return {
              scope: scope.path,
              name: watched,
              enumeration,
              width,
              signed,
              elements: [this.#cellOf(scope, node)],
            };
          }),
          source,
        });
      }
    }
    return found;
  }

  /** Children come before their parent in the list of scopes: logic is met inside the instance it belongs to. */
  #openScope(
    module: ModuleNetlist,
    path: readonly string[],
    parent: Scope | undefined,
    instance: InstanceDefinition | undefined,
  ): Scope {
    const scope: Scope = {
      module,
      index: this.#indexOf(module),
      path,
      parent,
      instance,
      children: new Map(),
      cells: new Map(),
      registers: new Map(),
      memories: new Map(),
      domains: this.#domainsOf(module, parent, instance),
    };
    for (const child of module.instances) {
      scope.children.set(child.id, this.#openScope(child.module, [...path, child.name], scope, child));
    }
    for (const register of module.registers) scope.registers.set(register.node.id, this.#registerCount++);
    for (const memory of module.memories) scope.memories.set(memory.id, this.#memoryCount++);
    this.#scopes.push(scope);
    return scope;
  }

  #domainsOf(
    module: ModuleNetlist,
    parent: Scope | undefined,
    instance: InstanceDefinition | undefined,
  ): ReadonlyMap<number, number> {
    const outer = (id: number): number =>
      instance === undefined || parent === undefined ? -1 : parent.domains.get(domainInParent(instance, id))!;
    return new Map(domainsOf(module).map(({ id }, i) => [id, parent === undefined ? i : outer(id)]));
  }

  #indexOf(module: ModuleNetlist): ModuleIndex {
    let index = this.#indexes.get(module);
    if (index === undefined) {
      index = {
        ports: new Map(module.ports.map((port) => [port.name, port])),
        wires: new Map(module.wires.map((wire) => [wire.node.id, wire.driver])),
      };
      this.#indexes.set(module, index);
    }
    return index;
  }

  #cellOf(rootScope: Scope, root: Node): number {
    const known = rootScope.cells.get(root);
    if (known !== undefined) return known;
    const stack = [this.#visit(rootScope, root)];
    for (;;) {
      const top = stack[stack.length - 1]!;
      if (top.next < top.operands.length) {
        const operand = top.operands[top.next++]!;
        const cell = top.operandScope.cells.get(operand);
        if (cell === undefined) stack.push(this.#visit(top.operandScope, operand));
        else if (cell === pending) throw loopError(stack, top.operandScope, operand);
        continue;
      }
      stack.pop();
      const operands = top.operands.map((operand) => top.operandScope.cells.get(operand)!);
      const cell = top.alias ? operands[0]! : this.#makeCell(top.scope, top.node as CellNode, operands);
      top.scope.cells.set(top.node, cell);
      if (stack.length === 0) return cell;
    }
  }

  /** Starts on a node: finds what it stands for. */
  #visit(scope: Scope, node: Node): Visit {
    scope.cells.set(node, pending);
    const alias = (operandScope: Scope, operand: Node | undefined): Visit => {
      if (operand === undefined) throw new Error(`${nameOf(scope, node)} has no driver: run the checks first`);
      return { scope, node, operandScope, operands: [operand], alias: true, next: 0 };
    };
    switch (node.kind) {
      case "wire":
        return alias(scope, scope.index.wires.get(node.id));
      case "instance-output": {
        const child = scope.children.get(node.instance);
        if (child === undefined) throw new Error(`${nameOf(scope, node)}: no such instance`);
        return alias(child, child.index.ports.get(node.port)?.drivers[node.element]);
      }
      case "input":
        if (scope.parent === undefined) break;
        return alias(scope.parent, scope.instance?.inputs.get(node.port)?.[node.element]);
      case "extend":
        return alias(scope, node.operand);
      default:
        break;
    }
    return { scope, node, operandScope: scope, operands: operandsOf(node), alias: false, next: 0 };
  }

  #makeCell(scope: Scope, node: CellNode, operands: readonly number[]): number {
    switch (node.kind) {
      case "input": {
        const first = this.#firstElement.get(node.port);
        if (first === undefined) throw new Error(`${nameOf(scope, node)}: no such input port`);
        return this.#inputCell(first + node.element, node);
      }
      case "register":
        return this.#registerCell(scope.registers.get(node.id) ?? missing(scope, node), node);
      case "memory-read": {
        const memory = scope.memories.get(node.memory) ?? missing(scope, node);
        return this.#add(node, operands, node.width, node.signed, memory);
      }
      case "cast": {
        const operand = this.#cells[operands[0]!]!;
        if (fitsType(operand, node.width, node.signed)) return operands[0]!;
        // Taking bits and reading them as signed is one shift pair instead of a mask and a shift pair.
        const mergeable = operand.node.kind === "slice" || operand.node.kind === "concat";
        if (mergeable && operand.width === node.width) {
          return this.#add(operand.node, operand.operands, node.width, node.signed, -1);
        }
        return this.#add(node, operands, node.width, node.signed, -1);
      }
      case "slice":
        return this.#slice(node, operands[0]!, 0);
      case "index-bits":
        return this.#indexBits(node, operands);
      default:
        return this.#add(node, operands, node.width, node.signed, -1);
    }
  }

  /**
   * Vectors are packed into long words and taken apart again; here such a word never comes into being. A slice of a
   * concatenation becomes a slice of one part, or a concatenation of those parts that it touches.
   */
  #slice(node: SliceNode, operand: number, depth: number): number {
    const source = this.#cells[operand]!;
    // The operand may have been an extension, whose upper bits are in no part.
    const apart = source.node.kind === "concat" && node.high < source.width && depth <= sliceDepthLimit;
    if (!apart) {
      if (node.low === 0 && fitsType(source, node.width, false)) return operand;
      return this.#add(node, [operand], node.width, false, -1);
    }
    const pieces: Node[] = [];
    const cells: number[] = [];
    let partLow = source.width;
    for (const [i, part] of (source.node as ConcatNode).parts.entries()) {
      partLow -= part.width;
      const low = Math.max(node.low - partLow, 0);
      const high = Math.min(node.high - partLow, part.width - 1);
      if (low > high) continue;
      const whole = high - low + 1 === part.width && part.width < node.width;
      const piece = whole ? part : slice(part, high, low);
      const cell = source.operands[i]!;
      pieces.push(piece);
      cells.push(piece === part ? cell : this.#slice(piece as SliceNode, cell, depth + 1));
    }
    if (cells.length === 1) return cells[0]!;
    return this.#add(concat(pieces), cells, node.width, false, -1);
  }

  /**
   * An element of a vector whose elements are values of their own, or a table of constants, becomes a tree of
   * multiplexers on the bits of the index: the vector need not be packed for it. Anything else is shifted.
   */
  #indexBits(node: IndexBitsNode, operands: readonly number[]): number {
    const { stride, width, index } = node;
    const [vector, place] = operands as [number, number];
    const { node: source } = this.#cells[vector]!;
    const count = Math.ceil(node.operand.width / stride);
    const apart = (source.kind === "concat" || source.kind === "constant") && width <= stride;
    if (!apart || count > mostSelected || index.width > 31) return this.#add(node, operands, width, false, -1);
    const bits: number[] = [];
    for (let bit = 0; bit < index.width; bit++) bits.push(this.#slice(slice(index, bit, bit), place, 0));
    let zero: number | undefined;
    const element = (at: number): number => {
      const low = at * stride;
      const high = Math.min(low + width, node.operand.width) - 1;
      if (at >= count) {
        zero ??= this.#constantCell(0n, width);
        return zero;
      }
      if (source.kind === "constant") {
        const packed = BigInt.asUintN(node.operand.width, source.value);
        return this.#constantCell(BigInt.asUintN(high - low + 1, packed >> BigInt(low)), width);
      }
      return this.#slice(slice(node.operand, high, low), vector, 0);
    };
    const selected = (first: number, bit: number): number => {
      if (first >= count) return element(first);
      if (bit < 0) return element(first);
      const whenFalse = selected(first, bit - 1);
      const whenTrue = selected(first + 2 ** bit, bit - 1);
      if (whenTrue === whenFalse) return whenFalse;
      const stand: Node = constant(0n, width, false);
      return this.#add(mux(slice(index, bit, bit), stand, stand), [bits[bit]!, whenTrue, whenFalse], width, false, -1);
    };
    return selected(0, index.width - 1);
  }

  #constantCell(value: bigint, width: number): number {
    return this.#add(constant(value, width, false), [], width, false, -1);
  }

  #inputCell(element: number, node: CellNode): number {
    this.#inputCells[element] ??= this.#add(node, [], node.width, node.signed, element);
    return this.#inputCells[element];
  }

  #registerCell(register: number, node: CellNode): number {
    this.#registerCells[register] ??= this.#add(node, [], node.width, node.signed, register);
    return this.#registerCells[register];
  }

  #add(node: CellNode, operands: readonly number[], width: number, signed: boolean, place: number): number {
    const values = operands.map((operand) => this.#cells[operand]!);
    const { min, max } = intervalOf(node, values, width, signed);
    const wide = !fitsWord({ min, max }) || (width > 32 && !mayShrink(node));
    this.#cells.push({
      node,
      operands,
      width,
      signed,
      place,
      min: wide ? -Infinity : min,
      max: wide ? Infinity : max,
      wide,
    });
    return this.#cells.length - 1;
  }

  #names(): FlatName[] {
    const names: FlatName[] = [];
    const uses = domainUses(this.#design);
    const valuesOf = new Map<ModuleNetlist, ReturnType<typeof valueNames>>();
    for (const scope of topFirst(this.#top)) {
      const { module, path } = scope;
      for (const port of module.ports) names.push(this.#portName(scope, port));
      for (const { node, name, driver, enumeration } of module.wires) {
        const elements = [this.#cellOf(scope, driver)];
        names.push({ scope: path, name, width: node.width, signed: node.signed, elements, enumeration });
      }
      for (const { node, name, enumeration } of module.registers) {
        const elements = [this.#registerCell(scope.registers.get(node.id)!, node)];
        names.push({ scope: path, name, width: node.width, signed: node.signed, elements, enumeration });
      }
      const values = valuesOf.get(module) ?? valueNames(module, uses);
      valuesOf.set(module, values);
      for (const { name, node, output } of values) {
        if (node !== undefined) {
          const elements = [this.#cellOf(scope, node)];
          names.push({ scope: path, name, width: node.width, signed: node.signed, elements });
          continue;
        }
        const child = scope.children.get(output!.instance)!;
        names.push({ ...this.#portName(child, child.index.ports.get(output!.port)!), scope: path, name });
      }
    }
    return names;
  }

  #portName(scope: Scope, port: Port): FlatName {
    const { width, signed } = portShape(port);
    const enumeration = enumerationOf(scalarOf(port.type));
    const elements = this.#portCells(scope, port);
    return { scope: scope.path, name: port.name, width, signed, elements, enumeration };
  }

  #portCells(scope: Scope, port: Port): number[] {
    if (port.direction === "output") return port.drivers.map((driver) => this.#cellOf(scope, driver));
    const { elements, width, signed } = portShape(port);
    if (scope.parent !== undefined) {
      const drivers = scope.instance?.inputs.get(port.name) ?? [];
      return drivers.map((driver) => this.#cellOf(scope.parent!, driver));
    }
    const first = this.#firstElement.get(port.name)!;
    return Array.from({ length: elements }, (_, element) =>
      this.#inputCell(first + element, { kind: "input", port: port.name, element, width, signed }),
    );
  }
}

/** A scope, then what is inside it, in the order of the instances. */
function topFirst(scope: Scope): Scope[] {
  return [scope, ...[...scope.children.values()].flatMap(topFirst)];
}

/** Whether a value of more than 32 bits may still be kept in a word when its bounds are small. */
function mayShrink(node: CellNode): boolean {
  return node.kind === "constant" || node.kind === "arithmetic" || node.kind === "mux";
}

function portShape(port: Port): { elements: number; width: number; signed: boolean } {
  const scalar = scalarOf(port.type);
  return { elements: leavesOf(port.type).length, width: scalar.width, signed: scalar.kind === "sint" };
}

function missing(scope: Scope, node: Node): never {
  throw new Error(`${nameOf(scope, node)} is not defined in the module that uses it`);
}

function loopError(stack: readonly Visit[], scope: Scope, node: Node): Error {
  const start = stack.findIndex((visit) => visit.scope === scope && visit.node === node);
  const names = stack.slice(start).map((visit) => nameOf(visit.scope, visit.node));
  const path = names.filter((name, i) => name !== "" && name !== names[i - 1]);
  const where = path.length === 0 ? scope.path.join(".") : [...path, path[0]].join(" <- ");
  return new Error(`combinational loop: ${where}. Break it with a register.`);
}
