import type {
  DomainUse,
  InstanceDefinition,
  MemoryDefinition,
  ModuleNetlist,
  Node,
  Port,
  RegisterDefinition,
  ResetLevel,
  WireDefinition,
} from "../ir/index.ts";
import { domainOf, isLeaf, NodeTable, nodesOfWrite, numberNodes, propertiesOf, unreachable } from "../ir/index.ts";
import type { Expression, Item, PropertyBlock, Statement, VerilogModule, VerilogSymbol } from "./ast.ts";
import { identifier } from "./ast.ts";
import { DepthFirst } from "./depth-first.ts";
import { elementsOf, symbolFor } from "./elements.ts";
import { declaredAhead, isInstance, isWire, needsOf, type Tables, tablesOf, type Vertex } from "./forward.ts";
import { headerOf } from "./header.ts";
import { joinValues } from "./lower-concat.ts";
import { connectClocking, connectInputs, instanceItem, invertedName } from "./lower-instance.ts";
import { initialWords, isNeverSet, lowerWrite, type MemoryTable } from "./lower-memory.ts";
import { lowerOperator } from "./lower-node.ts";
import { type LoweredPorts, lowerPorts, straightDriver } from "./lower-ports.ts";
import { lowerProperties, type PropertyWriting, propertyRegisters } from "./lower-properties.ts";
import { clockEvent, lowerRegisters } from "./lower-registers.ts";
import { Namer } from "./names.ts";
import { orderNets } from "./order-nets.ts";
import { mayBeArray, type RegisterArray } from "./register-array.ts";
import { type RegisterBlock, type RegisterPlan, readsOf, registerPlan } from "./register-plan.ts";
import { fillsArray } from "./register-step.ts";
import { Scope } from "./scope.ts";
import { SharedLists } from "./shared-lists.ts";
import type { SourcePlaces } from "./source-place.ts";
import { unreadBits, unreadValue } from "./unused.ts";
import { type Uses, usesOf, usesWith } from "./uses.ts";
import type { Base, Value } from "./value.ts";
import { VectorLoops } from "./vector-loops.ts";
import { VisitedVertices } from "./visited-vertices.ts";

/** A net with its scalars. */
interface Packed {
  readonly symbol: VerilogSymbol;
  readonly elements: readonly Base[];
}

/** One module on its way from the netlist to a syntax tree. */
class ModuleLowering {
  readonly #module: ModuleNetlist;
  readonly #domains: ReadonlyMap<ModuleNetlist, readonly DomainUse[]>;
  readonly #tables: Tables;
  readonly #namer = new Namer();
  readonly #scope: Scope;
  readonly #lists: SharedLists;
  readonly #ports: LoweredPorts;
  readonly #plan: RegisterPlan;
  readonly #writing: PropertyWriting;
  readonly #loops: VectorLoops;
  /** Registers that stand in the block of the properties. */
  readonly #checking: ReadonlySet<RegisterDefinition>;
  #items: Item[] = [];
  readonly #registers = new Map<RegisterDefinition, VerilogSymbol>();
  readonly #arrays = new Map<RegisterArray, VerilogSymbol>();
  readonly #counter: VerilogSymbol = { name: "", width: 32, signed: true };
  readonly #registerBases = new Map<number, Base>();
  readonly #wires = new Map<WireDefinition, Base>();
  /** What others read of each latch, and its register. */
  readonly #latches: ReadonlyMap<Vertex, Node>;
  readonly #memories = new Map<number, { definition: MemoryDefinition; symbol: VerilogSymbol }>();
  readonly #outputs = new Map<InstanceDefinition, Map<string, Packed>>();
  /** Output ports and wires that a child drives directly, by instance id and port. */
  readonly #straight = new Map<string, Port | WireDefinition>();
  readonly #connected = new Set<Port | WireDefinition>();
  /** The nets of inverted resets, by reset. */
  readonly #inverted = new Map<VerilogSymbol, VerilogSymbol>();
  #ahead: ReadonlySet<Vertex> = new Set();

  constructor(
    module: ModuleNetlist,
    domains: ReadonlyMap<ModuleNetlist, readonly DomainUse[]>,
    places: SourcePlaces | undefined,
    writing: PropertyWriting,
    loops: VectorLoops,
    byName: boolean,
  ) {
    this.#module = module;
    this.#domains = domains;
    this.#writing = writing;
    this.#loops = loops;
    this.#checking = propertyRegisters(module);
    // One that is always or never transparent has no multiplexer of its own: what is read is what there is.
    this.#latches = new Map(
      module.registers.flatMap(({ latch, next, node }) =>
        latch === undefined || next === node || next === latch.data ? [] : [[next, node] as const],
      ),
    );
    const { plan, uses } = this.#planRegisters(byName);
    this.#plan = plan;
    this.#tables = tablesOf(module, plan.arrays);
    const values = new NodeTable<Value>(numberNodes(module));
    this.#scope = new Scope(values, uses, this.#namer, places);
    this.#scope.armsOf = plan.armsOf;
    this.#scope.named = plan.named;
    this.#scope.arrayReadBy = (node) => {
      const array = plan.arrays.readBy(node);
      return array && { symbol: this.#arrays.get(array)!, depth: array.length };
    };
    this.#lists = new SharedLists(module);
    this.#ports = lowerPorts(module, domains.get(module)!, uses, byName);
  }

  /** The blocks of the registers, and how often nodes are read when that is how they are written. */
  #planRegisters(byName: boolean): { plan: RegisterPlan; uses: Uses } {
    const module = this.#module;
    const uses = usesOf(module);
    const refused = new Set<RegisterDefinition>();
    for (;;) {
      const plan = registerPlan(
        module,
        uses,
        (register) => this.#checking.has(register),
        // What stands with the properties is declared there, register by register.
        (registers) =>
          !byName && !refused.has(registers[0]!) && !this.#checking.has(registers[0]!) && mayBeArray(registers),
      );
      const { blocks } = plan;
      const asWritten = blocks.every(({ steps }) => steps.every(({ kind }) => kind === "assign"));
      if (asWritten) return { plan, uses };
      const written = usesWith(module, readsOf(blocks));
      const unfit = plan.arrays.unfit(written);
      if (unfit.length === 0) return { plan, uses: written };
      for (const array of unfit) refused.add(array[0]!);
    }
  }

  lower(places: SourcePlaces | undefined): VerilogModule {
    const module = this.#module;
    this.#claimNames();
    this.#findStraight();
    this.#declareState();
    const { blocks } = this.#plan;
    const isApart = ({ registers }: RegisterBlock): boolean => this.#checking.has(registers[0]!);
    if (module.instances.length + module.wires.length > 0) {
      this.#ahead = declaredAhead(this.#tables, this.#roots());
      if ([...this.#ahead].some(isInstance)) this.#loops.look(module);
      for (const vertex of this.#ahead) {
        if (isInstance(vertex)) this.#declareOutputs(vertex);
        else if (isWire(vertex)) this.#declareWire(vertex);
      }
    }
    const walk = new DepthFirst<Vertex>(
      {
        needs: (vertex) => (this.#latches.has(vertex) ? [] : needsOf(vertex, this.#tables, this.#ahead)),
        // What a child needs is written before the nets of the one that waits for it.
        enter: (vertex) => isInstance(vertex) && this.#flush(),
        leave: (vertex) => this.#leave(vertex),
      },
      new VisitedVertices(numberNodes(module)),
    );
    for (const instance of module.instances) walk.visit(instance);
    for (const block of blocks) if (!isApart(block)) this.#lowerBlock(block, walk);
    for (const register of module.registers) if (register.latch !== undefined) this.#lowerLatch(register, walk);
    for (const memory of this.#memories.values()) this.#lowerWrites(memory, walk);
    for (const wire of module.wires) walk.visit(wire);
    this.#lowerOutputs(walk);
    this.#flush();
    let block = propertiesOf(module).length > 0 ? this.#lowerProperties(blocks.filter(isApart), walk) : undefined;
    // Synthesis does not see what properties read, so that does not count.
    this.#gatherUnread(this.#items, this.#items, block ? "Bits that nothing but properties reads." : undefined);
    const names = this.#scope.localParams.itemsFor(this.#items);
    if (block) {
      const more = this.#scope.localParams
        .itemsFor([block])
        .filter(({ symbol }) => !names.some((n) => n.symbol === symbol));
      block = { ...block, items: [...more, ...block.items] };
      this.#items.push(block);
    }
    this.#items.unshift(...names);
    this.#namer.settle();
    return {
      name: module.name,
      header: headerOf(module, places),
      attributes: module.attributes,
      vectorLoops: this.#loops.has(module),
      ports: this.#ports.declarations,
      items: this.#items,
    };
  }

  /** What others read of a latch is its register, not the multiplexer that says what it lets through. */
  #lowerLatch(register: RegisterDefinition, walk: DepthFirst<Vertex>): void {
    const { transparent, data } = register.latch!;
    walk.visit(transparent);
    walk.visit(data);
    this.#put({
      kind: "latch",
      target: this.#registers.get(register)!,
      transparent: this.#scope.operand(this.#scope.valueOf(transparent)).expression,
      data: this.#scope.root(this.#scope.valueOf(data)).expression,
      comment: this.#scope.commentFor(register.source),
    });
  }

  #roots(): Vertex[] {
    const { instances, registers, wires } = this.#module;
    const latches = registers.flatMap(({ latch }) => (latch ? [latch.transparent, latch.data] : []));
    return [...instances, ...latches, ...readsOf(this.#plan.blocks), ...wires];
  }

  #claimNames(): void {
    const { ports, wires, registers, memories, instances } = this.#module;
    for (const { symbol } of this.#ports.declarations) this.#namer.claim(symbol.name);
    for (const each of [ports, wires, registers, memories, instances].flat()) this.#namer.claim(each.name);
  }

  /** A child's output that drives one port or wire and nothing else needs no net between. */
  #findStraight(): void {
    const { uses } = this.#scope;
    const look = (target: Port | WireDefinition, drivers: readonly Node[]): void => {
      const from = straightDriver(this.#tables, drivers, uses);
      if (from === undefined) return;
      this.#straight.set(`${from.instance} ${from.port}`, target);
      this.#connected.add(target);
    };
    for (const port of this.#module.ports) if (port.direction === "output") look(port, port.drivers);
    for (const wire of this.#module.wires) look(wire, [wire.driver]);
  }

  #declareState(): void {
    const inArray = new Map(this.#plan.arrays.all.flatMap((array) => array.map((each) => [each, array] as const)));
    for (const register of this.#module.registers) {
      const array = inArray.get(register);
      if (array !== undefined) {
        if (array[0] === register) this.#declareArray(array);
        continue;
      }
      const { width, signed, id } = register.node;
      const port = this.#ports.registers.get(register);
      const symbol = port ?? { name: register.name, width, signed, attributes: register.attributes };
      this.#registers.set(register, symbol);
      this.#registerBases.set(id, { width, signed, symbol });
      if (port === undefined && !this.#checking.has(register)) {
        this.#items.push({ kind: "net", type: "reg", symbol, value: undefined, comment: undefined });
      }
    }
    for (const definition of this.#module.memories) {
      const { id, name, width, signed, depth, source } = definition;
      const symbol = { name, width, signed, attributes: definition.attributes };
      this.#memories.set(id, { definition, symbol });
      if (isNeverSet(definition)) continue;
      const attribute = definition.collision === "undefined" ? "no_rw_check" : undefined;
      const manyClocks = new Set(definition.writes.map((write) => write.domain ?? 0)).size > 1;
      const comment = this.#scope.commentFor(source);
      this.#items.push({ kind: "memory", symbol, depth, attribute, manyClocks, comment });
    }
    const { arrays, blocks } = this.#plan;
    if (arrays.all.some(([first]) => first!.reset !== undefined) || blocks.some(({ steps }) => fillsArray(steps))) {
      this.#namer.ask(this.#counter, "k");
      this.#items.push({ kind: "integer", symbol: this.#counter });
    }
    for (const { definition, symbol } of this.#memories.values()) {
      if (definition.init === undefined) continue;
      this.#items.push({ kind: "initial", memory: symbol, words: initialWords(definition) });
    }
    for (const wire of this.#module.wires) {
      const { width, signed } = wire.node;
      this.#wires.set(wire, { width, signed, symbol: { name: wire.name, width, signed, attributes: wire.attributes } });
    }
  }

  #declareArray(array: RegisterArray): void {
    const { name, node, source, domain, reset } = array[0]!;
    const { width, signed } = node;
    const symbol: VerilogSymbol = { name: "", width, signed };
    this.#namer.ask(symbol, name.replace(/_0$/, ""));
    this.#arrays.set(array, symbol);
    // No memory has such a reset; Yosys warns of what it does with one unless it is told.
    const isAsynchronous = reset !== undefined && domainOf(this.#module, domain).resetKind === "asynchronous";
    const attribute = isAsynchronous ? "mem2reg" : undefined;
    const comment = this.#scope.commentFor(source);
    this.#items.push({ kind: "memory", symbol, depth: array.length, attribute, manyClocks: false, comment });
  }

  /** The nets of a child's outputs; those that drive a port or wire directly take its symbol. */
  #declareOutputs(instance: InstanceDefinition): void {
    const outputs = new Map<string, Packed>();
    for (const port of instance.module.ports) {
      if (port.direction === "input") continue;
      const target = this.#straight.get(`${instance.id} ${port.name}`);
      const base = `${instance.name}_${port.name}`;
      let symbol: VerilogSymbol;
      if (target !== undefined && "node" in target) {
        symbol = this.#wires.get(target)!.symbol!;
        if (!this.#ahead.has(target)) this.#declareWire(target);
      } else if (target !== undefined) {
        symbol = this.#ports.outputs.get(target.name)!;
      } else {
        symbol = symbolFor(base, port.type);
        this.#namer.ask(symbol, base);
        this.#items.push({ kind: "net", type: "wire", symbol, value: undefined, comment: undefined });
      }
      outputs.set(port.name, { symbol, elements: elementsOf(symbol, port.type, base) });
    }
    this.#outputs.set(instance, outputs);
  }

  #declareWire(wire: WireDefinition): void {
    const symbol = this.#wires.get(wire)!.symbol!;
    this.#items.push({ kind: "net", type: "wire", symbol, value: undefined, comment: undefined });
  }

  #leave(vertex: Vertex): void {
    if (isInstance(vertex)) this.#lowerInstance(vertex);
    else if (isWire(vertex)) this.#lowerWire(vertex);
    else this.#scope.values.set(vertex, this.#lowerNode(vertex));
  }

  #lowerNode(node: Node): Value {
    const latch = this.#latches.get(node);
    if (latch !== undefined) return this.#lowerNode(latch);
    if (!isLeaf(node)) return lowerOperator(this.#scope, node, this.#memories as MemoryTable);
    const { width, signed } = node;
    const bits = (base: Base): Value => ({ kind: "bits", base, high: width - 1, low: 0, width, signed });
    switch (node.kind) {
      case "constant":
        return { kind: "constant", value: node.value, width, signed, enumeration: node.enumeration };
      case "input":
        return bits(this.#ports.inputs.get(node.port)![node.element]!);
      case "wire":
        return bits(this.#wires.get(this.#tables.wires.get(node.id)!)!);
      case "register":
        return bits(this.#registerBases.get(node.id)!);
      case "instance-output": {
        const outputs = this.#outputs.get(this.#tables.instances.get(node.instance)!)!;
        return bits(outputs.get(node.port)!.elements[node.element]!);
      }
      default:
        return unreachable(node);
    }
  }

  #lowerWire(wire: WireDefinition): void {
    if (this.#connected.has(wire)) return;
    const symbol = this.#wires.get(wire)!.symbol!;
    const value = this.#scope.root(this.#scope.valueOf(wire.driver)).expression;
    const comment = this.#scope.commentFor(wire.node.source);
    this.#scope.pending.push(
      this.#ahead.has(wire)
        ? { kind: "assign", target: symbol, value, comment }
        : { kind: "net", type: "wire", symbol, value, comment },
    );
  }

  #lowerInstance(instance: InstanceDefinition): void {
    const values = connectInputs(this.#scope, instance, this.#lists);
    this.#flush();
    if (!this.#ahead.has(instance)) this.#declareOutputs(instance);
    for (const [port, { symbol }] of this.#outputs.get(instance)!) values.set(port, identifier(symbol));
    const uses = this.#domains.get(instance.module)!;
    const clocking = connectClocking(this.#module, instance, uses, this.#ports.clocking, this.#invertReset);
    this.#items.push(instanceItem(this.#scope, instance, clocking, values));
  }

  /** The net of a reset in its other level, made for the first child that takes it. */
  readonly #invertReset = (reset: VerilogSymbol, active: ResetLevel): VerilogSymbol => {
    const known = this.#inverted.get(reset);
    if (known !== undefined) return known;
    const symbol: VerilogSymbol = { name: "", width: 1, signed: false };
    this.#namer.ask(symbol, invertedName(reset.name, active));
    this.#inverted.set(reset, symbol);
    const value: Expression = { kind: "unary", operator: "~", operand: identifier(reset) };
    this.#items.push({ kind: "net", type: "wire", symbol, value, mixedReset: true, comment: undefined });
    return symbol;
  };

  /** One `always` block for each clock domain that writes. */
  #lowerWrites(memory: { definition: MemoryDefinition; symbol: VerilogSymbol }, walk: DepthFirst<Vertex>): void {
    const { definition } = memory;
    const comment = this.#scope.commentFor(definition.source);
    for (const domain of new Set(definition.writes.map((write) => write.domain ?? 0))) {
      const writes = definition.writes.filter((write) => (write.domain ?? 0) === domain);
      const body = writes.flatMap((write): Statement[] => {
        for (const node of nodesOfWrite(write)) walk.visit(node);
        return lowerWrite(this.#scope, memory, write);
      });
      const events = [clockEvent(this.#module, domain, this.#ports.clocking)];
      this.#put({ kind: "always", events, body, comment });
    }
  }

  #lowerOutputs(walk: DepthFirst<Vertex>): void {
    const assigns: Item[] = [];
    for (const port of this.#module.ports) {
      if (port.direction === "input" || this.#ports.taken.has(port.name) || this.#connected.has(port)) continue;
      for (const driver of port.drivers) walk.visit(driver);
      const values = port.drivers.map((driver) => this.#scope.valueOf(driver));
      const target = this.#ports.outputs.get(port.name)!;
      const operand =
        values.length === 1 ? this.#scope.root(values[0]!) : joinValues(this.#scope, values.reverse(), port.name);
      assigns.push({ kind: "assign", target, value: operand.expression, comment: undefined });
    }
    this.#flush();
    this.#items.push(...assigns);
  }

  /** Writes the nets made so far, then the item that reads them. */
  #put(item: Item): void {
    this.#flush();
    this.#items.push(item);
  }

  #flush(): void {
    const { pending } = this.#scope;
    if (pending.length === 0) return;
    for (const net of orderNets(pending)) this.#items.push(net);
    this.#scope.pending = [];
  }

  #lowerBlock(block: RegisterBlock, walk: DepthFirst<Vertex>): void {
    for (const node of readsOf([block])) walk.visit(node);
    const { clocking } = this.#ports;
    const symbols = { registers: this.#registers, arrays: this.#arrays, counter: this.#counter };
    this.#put(lowerRegisters(this.#scope, this.#module, block, symbols, clocking));
  }

  /** Everything that is written from here on stands in the block of the properties. */
  #lowerProperties(blocks: readonly RegisterBlock[], walk: DepthFirst<Vertex>): PropertyBlock {
    const hardware = this.#items;
    const items: Item[] = [];
    this.#items = items;
    for (const register of this.#checking) {
      const symbol = this.#registers.get(register)!;
      items.push({ kind: "net", type: "reg", symbol, value: undefined, comment: undefined });
    }
    for (const block of blocks) this.#lowerBlock(block, walk);
    for (const { condition, watches } of propertiesOf(this.#module)) {
      walk.visit(condition);
      for (const watch of watches) walk.visit(watch.node);
    }
    const nets: Item[] = [];
    const properties = lowerProperties(this.#module, this.#scope, this.#ports.clocking, this.#writing, nets);
    this.#flush();
    items.push(...nets);
    this.#items = hardware;
    const formalOnly = this.#writing.style === "proof";
    const block: PropertyBlock = { kind: "properties", items, properties, formalOnly };
    // Formal tools do not see the values that go with a report.
    const silent = properties.map((property) => ({ ...property, values: [] }));
    this.#gatherUnread(items, [...hardware, { ...block, properties: silent }], "Bits that no condition reads.");
    return block;
  }

  /** Adds to `items` a net that reads what they declare (and the ports, for the hardware) and none of `readers` reads. */
  #gatherUnread(items: Item[], readers: readonly Item[], text = "Bits that nothing reads."): void {
    const hardware = items === this.#items;
    const unread = unreadBits(hardware ? this.#ports.declarations : [], items, readers);
    if (unread.length === 0) return;
    const symbol: VerilogSymbol = { name: "", width: 1, signed: false };
    this.#namer.ask(symbol, hardware ? "unused" : "unused_by_properties");
    items.push({ kind: "comment", text });
    items.push({ kind: "net", type: "wire", symbol, value: unreadValue(unread), comment: undefined });
  }
}

/**
 * The syntax tree of one module. `domains` knows which modules have which clock and reset ports; `loops` learns from parents
 * what it tells of their children.
 */
export function lowerModule(
  module: ModuleNetlist,
  domains: ReadonlyMap<ModuleNetlist, readonly DomainUse[]>,
  places: SourcePlaces | undefined,
  writing: PropertyWriting = { style: "guarded", top: true },
  loops: VectorLoops = new VectorLoops(),
  byName = false,
): VerilogModule {
  return new ModuleLowering(module, domains, places, writing, loops, byName).lower(places);
}
