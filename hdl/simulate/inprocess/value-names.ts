import {
  type DomainUse,
  isLeaf,
  type ModuleNetlist,
  type Node,
  operandsOf,
  postorder,
  propertiesOf,
  rootsOf,
} from "../../ir/index.ts";
import { identifierFrom, type NamedNet, netsOf } from "../../verilog/index.ts";

/**
 * What a wave shows of a module besides its ports, wires, registers and memories: the nets of its Verilog under their
 * names there, the conditions of its properties, and every other value that the code gives a name (`const go = …`), though
 * the Verilog has it inside an expression.
 */
export function valueNames(
  module: ModuleNetlist,
  domains: ReadonlyMap<ModuleNetlist, readonly DomainUse[]>,
): readonly NamedNet[] {
  const { ports, wires, registers, memories, instances } = module;
  const taken = new Set([ports, wires, registers, memories, instances].flat().map(({ name }) => name));
  const found = [...netsOf(module, domains)];
  for (const { name } of found) taken.add(name);
  for (const { name, condition } of propertiesOf(module)) {
    if (taken.has(name)) continue;
    taken.add(name);
    found.push({ name, node: condition });
  }
  const targets = new Set([...taken, ...ports.map(({ path }) => `${path?.[0] ?? ""}`)]);
  const shown = new Set(found.map(({ node }) => node));
  const drivers = new Map<Node, string>([
    ...registers.map(({ name, next }) => [next, name] as const),
    ...ports.flatMap(({ name, drivers: each }) => each.map((driver) => [driver, name] as const)),
    ...wires.map(({ name, driver }) => [driver, name] as const),
  ]);
  const byBase = new Map<string, Node[]>();
  for (const [node, base] of namedNodes(module)) {
    if (shown.has(node) || isFor(drivers.get(node), base) || isAssignment(base, targets)) continue;
    const same = byBase.get(base);
    if (same) same.push(node);
    else byBase.set(base, [node]);
  }
  for (const [base, nodes] of byBase) {
    // The Verilog has numbered others of that name: these are numbered on.
    const alone = nodes.length === 1 && !taken.has(base) && !taken.has(`${base}_0`);
    let number = 0;
    for (const node of nodes) {
      let name = base;
      while (!alone && (name === base || taken.has(name))) name = `${base}_${number++}`;
      taken.add(name);
      found.push({ name, node });
    }
  }
  return found;
}

/** Whether a name is that of the port, wire or register which the value drives: `count` of the next value of `count_reg`. */
function isFor(driven: string | undefined, base: string): boolean {
  return driven !== undefined && driven.replace(/(?:_(?:reg|wire|\d+))+$/, "") === base;
}

/** `total_next`, `total_value`: what is assigned to something that is shown itself. */
function isAssignment(base: string, targets: ReadonlySet<string>): boolean {
  const target = /^(.*)_(?:next|value)$/.exec(base)?.[1];
  return target !== undefined && (targets.has(target) || targets.has(`${target}_0`));
}

function baseOf({ label, source }: Node): string | undefined {
  const wish = label ?? source?.name;
  return wish === undefined ? undefined : identifierFrom(wish);
}

/**
 * The operators that have a name. What a declaration joins is not shown for its own sake: of `const sum = a.add(b).add(c)`,
 * and of the tree that a helper makes for one `const`, the last.
 */
function namedNodes(module: ModuleNetlist): Map<Node, string> {
  const named = new Map<Node, string>();
  const steps = new Set<Node>();
  postorder(rootsOf(module), (node) => {
    if (isLeaf(node)) return;
    const base = baseOf(node);
    if (base === undefined) return;
    named.set(node, base);
    for (const operand of operandsOf(node)) if (named.get(operand) === base) steps.add(operand);
  });
  for (const step of steps) named.delete(step);
  return named;
}
