import type { Diagnostic, Place, Source } from "../diagnostics/index.ts";
import { type Clocking, clockingOf, type Design, domainOf, type Node, nodesOfWrite } from "../ir/index.ts";
import { openInstances, type PlacedModule, sourcesOf } from "./placed-module.ts";

/** A value of the design: a node in one of the places that its module has in the hierarchy. */
interface Point {
  readonly scope: PlacedModule;
  readonly node: Node;
}

/** Something that takes values at the edge of a clock, or is said to. */
interface Sink {
  readonly what: string;
  readonly key: string;
  readonly clock: number;
  readonly scope: PlacedModule;
  readonly source: Source | undefined;
  readonly values: readonly Point[];
}

/** The clocks on which the values of a design depend, as bits, and where they come from. */
class Origins {
  readonly #values = new Map<PlacedModule, Map<Node, bigint>>();

  /** The clocks of all registers, memories and ports of a known domain from which the point can be reached. */
  clocksOf(root: Point): bigint {
    const stack: { point: Point; needs: readonly Point[] | undefined }[] = [{ point: root, needs: undefined }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const known = this.#tableOf(top.point.scope);
      if (top.needs === undefined) {
        if (known.has(top.point.node)) {
          stack.pop();
          continue;
        }
        // A loop, which another check tells of, ends here.
        known.set(top.point.node, 0n);
        top.needs = sourcesOf(top.point).needs;
        for (const point of top.needs) stack.push({ point, needs: undefined });
        continue;
      }
      stack.pop();
      let clocks = 0n;
      for (const clock of sourcesOf(top.point).clocks) clocks |= 1n << BigInt(clock);
      for (const { scope, node } of top.needs) clocks |= this.#tableOf(scope).get(node) ?? 0n;
      known.set(top.point.node, clocks);
    }
    return this.#tableOf(root.scope).get(root.node)!;
  }

  /** The way from a point back to where a value of the clock comes from, the point first. */
  pathTo(start: Point, clock: number): Point[] {
    const path: Point[] = [];
    const bit = 1n << BigInt(clock);
    // A module that stands in several places has the same nodes in each.
    const seen = new Map<PlacedModule, Set<Node>>();
    for (let point: Point | undefined = start; point !== undefined; ) {
      path.push(point);
      const here = seen.get(point.scope) ?? new Set();
      seen.set(point.scope, here.add(point.node));
      const { clocks, needs }: ReturnType<typeof sourcesOf> = sourcesOf(point);
      if (clocks.includes(clock)) break;
      point = needs.find((each) => (this.clocksOf(each) & bit) !== 0n && !seen.get(each.scope)?.has(each.node));
    }
    return path;
  }

  #tableOf(scope: PlacedModule): Map<Node, bigint> {
    const table = this.#values.get(scope) ?? new Map<Node, bigint>();
    this.#values.set(scope, table);
    return table;
  }
}

function* sinksOf(scope: PlacedModule): Generator<Sink> {
  const { module } = scope;
  const here = (...nodes: readonly Node[]): Point[] => nodes.map((node) => ({ scope, node }));
  for (const { name, next, domain, crossing, latch, group, source } of module.registers) {
    if (crossing !== undefined || latch !== undefined) continue;
    const key = `register ${group}`;
    yield { what: `register \`${name}\``, key, clock: scope.clockOf(domain), scope, source, values: here(next) };
  }
  for (const { name, writes, source } of module.memories) {
    for (const write of writes) {
      const values = here(...nodesOfWrite(write));
      yield { what: `memory \`${name}\``, key: name, clock: scope.clockOf(write.domain), scope, source, values };
    }
  }
  for (const { name, direction, drivers, domain, source } of module.ports) {
    if (domain === undefined) continue;
    const { parent, instance } = scope;
    const what = `${direction} \`${name}\``;
    const common = { what, key: what, clock: scope.clockOf(domain), scope, source };
    if (direction === "output") yield { ...common, values: here(...drivers) };
    else if (parent !== undefined) {
      const values = (instance!.inputs.get(name) ?? []).map((node) => ({ scope: parent, node }));
      yield { ...common, values };
    }
  }
}

function describeSource({ scope, node }: Point): string {
  const { module } = scope;
  switch (node.kind) {
    case "register":
      return `register \`${module.registers.find((each) => each.node.id === node.id)?.name}\``;
    case "memory-read":
      return `memory \`${module.memories.find((each) => each.id === node.memory)?.name}\``;
    case "input":
      return `input \`${node.port}\``;
    case "instance-output":
      return `output \`${node.port}\``;
    default:
      return "a value";
  }
}

/** What a hop of the path is called, and where it stands in the code. */
function placeOf(point: Point, first: boolean): Place | undefined {
  const { scope, node } = point;
  const { module } = scope;
  const from = first ? "from " : "through ";
  switch (node.kind) {
    case "register": {
      const source = module.registers.find((each) => each.node.id === node.id)?.source;
      return source && { source, note: `${from}${describeSource(point)}` };
    }
    case "memory-read": {
      const source = module.memories.find((each) => each.id === node.memory)?.source;
      return source && { source, note: `${from}${describeSource(point)}` };
    }
    case "input":
    case "instance-output": {
      const source =
        node.kind === "input"
          ? module.ports.find((port) => port.name === node.port)?.source
          : module.instances.find((each) => each.id === node.instance)?.source;
      return source && { source, note: `${from}${describeSource(point)}` };
    }
    default: {
      const name = node.label ?? node.source?.name;
      return node.source && { source: node.source, note: `through ${name ? `\`${name}\`` : "what is computed here"}` };
    }
  }
}

/** Places of the way, the sink first, each line of the code once. */
function placesOf(sink: Sink, path: readonly Point[]): Place[] {
  const hops = path.map((point, i) => placeOf(point, i === path.length - 1));
  const places = [...(sink.source ? [{ source: sink.source, note: `to ${sink.what}` }] : []), ...hops];
  const seen = new Set<string>();
  return places.filter((place): place is Place => {
    if (place === undefined) return false;
    const { location } = place.source;
    const at = `${location?.file}:${location?.line}:${place.note?.startsWith("through") ? "" : place.note}`;
    return !seen.has(at) && seen.add(at) !== undefined;
  });
}

/** A clock as the user knows it: the first domain of the top on it. */
function domainName(design: Design, clocking: Clocking, clock: number): string {
  const id = clocking.domains.findIndex((domain) => domain.clock === clock);
  const { name, clock: port } = domainOf(design.top, id);
  return name === "defaultDomain" ? `the default clock domain (${port})` : `clock domain \`${name}\``;
}

/**
 * Values that go from the registers, memories and ports of one clock to those of another (LS0304), through the hierarchy
 * and with the way they take. A register or memory that is marked as a crossing ends the way. Two domains on the edges of
 * one clock are no crossing. Designs with one clock are not looked at.
 */
export function checkClockCrossings(design: Design): Diagnostic[] {
  const clocking = clockingOf(design);
  if (clocking.clocks.length < 2) return [];
  const origins = new Origins();
  const found: Diagnostic[] = [];
  const told = new Set<string>();
  for (const scope of openInstances(design, clocking)) {
    for (const sink of sinksOf(scope)) {
      for (const value of sink.values) {
        const foreign = origins.clocksOf(value) & ~(1n << BigInt(sink.clock));
        for (let clock = 0; foreign >> BigInt(clock) !== 0n; clock++) {
          if (((foreign >> BigInt(clock)) & 1n) === 0n) continue;
          const key = `${scope.module.name} ${sink.key} ${clock}`;
          if (told.has(key)) continue;
          told.add(key);
          const path = origins.pathTo(value, clock);
          const from = describeSource(path.at(-1)!);
          found.push({
            code: "LS0304",
            severity: "error",
            message: `${sink.what} of ${domainName(design, clocking, sink.clock)} takes a value from ${from} of ${domainName(design, clocking, clock)}`,
            signal: sink.what.replaceAll("`", "").replace(/^\w+ /, ""),
            module: scope.module.name,
            places: placesOf(sink, path),
            hint: "pass a level through synchronise(bit), a pulse as a level that changes with it, data through an asynchronous FIFO",
          });
        }
      }
    }
  }
  return found;
}
