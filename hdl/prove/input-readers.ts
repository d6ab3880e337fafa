import { openInstances, type PlacedModule } from "../check/placed-module.ts";
import { clockingOf, type Design, type Node, nodesOfWrite, operandsOf, propertiesOf } from "../ir/index.ts";

/** A value in one place of the hierarchy. */
interface Point {
  readonly scope: PlacedModule;
  readonly node: Node;
}

/** A scalar of an input port of the top: `data 0`. */
type InputElement = string;

/** What each clock of a design sees of the inputs of its top, in the same cycle. */
export interface InputReaders {
  /** For each clock: what its registers, memories and properties read. Clock −1 is that of the latches. */
  readonly read: ReadonlyMap<number, ReadonlySet<InputElement>>;
  /** What a value of the top reads. */
  inputsOf(node: Node): ReadonlySet<InputElement>;
}

/** Finds which inputs of the top each clock reads, through the hierarchy, by logic alone. */
export function inputReaders(design: Design): InputReaders {
  const places = openInstances(design, clockingOf(design));
  const roots = new Map<number, Point[]>();
  const add = (clock: number, scope: PlacedModule, nodes: readonly Node[]): void => {
    const list = roots.get(clock) ?? [];
    roots.set(clock, list);
    for (const node of nodes) list.push({ scope, node });
  };
  for (const scope of places) {
    const { registers, memories } = scope.module;
    for (const { next, domain, latch } of registers) add(latch ? -1 : scope.clockOf(domain), scope, [next]);
    for (const { writes } of memories) {
      for (const write of writes) add(scope.clockOf(write.domain), scope, nodesOfWrite(write));
    }
    for (const { condition, domain } of propertiesOf(scope.module)) add(scope.clockOf(domain), scope, [condition]);
  }
  const read = new Map([...roots].map(([clock, points]) => [clock, inputsBehind(points)]));
  const top = places[0]!;
  return { read, inputsOf: (node) => inputsBehind([{ scope: top, node }]) };
}

function inputsBehind(roots: readonly Point[]): Set<InputElement> {
  const found = new Set<InputElement>();
  const seen = new Map<PlacedModule, Set<Node>>();
  const waiting = [...roots];
  for (let point = waiting.pop(); point; point = waiting.pop()) {
    const { scope, node } = point;
    const known = seen.get(scope) ?? new Set<Node>();
    seen.set(scope, known);
    if (known.has(node)) continue;
    known.add(node);
    if (node.kind === "input" && scope.parent === undefined) found.add(`${node.port} ${node.element}`);
    else waiting.push(...needsOf(point));
  }
  return found;
}

function needsOf({ scope, node }: Point): Point[] {
  switch (node.kind) {
    case "register": {
      const { latch, next } = scope.registers.get(node.id)!;
      return latch === undefined ? [] : [{ scope, node: next }];
    }
    case "wire":
      return [{ scope, node: scope.wires.get(node.id)!.driver }];
    case "input":
      return [{ scope: scope.parent!, node: scope.instance!.inputs.get(node.port)![node.element]! }];
    case "instance-output": {
      const child = scope.children.get(node.instance)!;
      return [{ scope: child, node: child.ports.get(node.port)!.drivers[node.element]! }];
    }
    default:
      return operandsOf(node).map((operand) => ({ scope, node: operand }));
  }
}
