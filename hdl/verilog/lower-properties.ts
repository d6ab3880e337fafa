import {
  type DomainDefinition,
  domainOf,
  type ModuleNetlist,
  type Node,
  nodesOfWrite,
  operandsOf,
  propertiesOf,
  type RegisterDefinition,
} from "../ir/index.ts";
import { type Expression, type Item, identifier, type PropertyStatement, type VerilogSymbol } from "./ast.ts";
import { clockEvent } from "./lower-registers.ts";
import type { Scope } from "./scope.ts";

/** How properties are written; see `EmitOptions.properties`. */
export type PropertyStyle = "guarded" | "proof";

/** The style, and whether the module is the one that a proof is about. */
export interface PropertyWriting {
  readonly style: PropertyStyle;
  readonly top: boolean;
}

/**
 * The registers of a module that only its properties read, by way of other such registers perhaps: they stand with the
 * properties, so that synthesis sees nothing of them. Empty for a module without properties.
 */
export function propertyRegisters(module: ModuleNetlist): Set<RegisterDefinition> {
  if (propertiesOf(module).length === 0) return new Set();
  const registers = new Map(module.registers.map((register) => [register.node.id, register]));
  // A latch stands with the hardware, whoever reads it.
  const left = new Set(module.registers.filter(({ latch }) => latch === undefined));
  const groups = new Map<number, RegisterDefinition[]>();
  for (const register of module.registers) {
    const group = groups.get(register.group);
    if (group) group.push(register);
    else groups.set(register.group, [register]);
  }
  const seen = new Set<Node>();
  const waiting: Node[] = [
    ...module.ports.flatMap((port) => port.drivers),
    ...module.wires.map((wire) => wire.driver),
    ...module.instances.flatMap((instance) => [...instance.inputs.values()].flat()),
    ...module.memories.flatMap(({ writes }) => writes.flatMap(nodesOfWrite)),
    ...module.registers.flatMap(({ latch }) => (latch ? [latch.transparent, latch.data] : [])),
  ];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const operand of operandsOf(node)) waiting.push(operand);
    if (node.kind !== "register") continue;
    // A group is one `always` block, which stands on one side or the other.
    for (const register of groups.get(registers.get(node.id)!.group)!) {
      if (left.delete(register)) waiting.push(register.next);
    }
  }
  return left;
}

/**
 * The condition while reset is not active; while it is active, `resting`. The reset is part of the net and not asked for
 * where the net is looked at: a clocked block that reads an asynchronous reset is a mistake to Verilator (SYNCASYNCNET).
 */
function outsideReset(
  condition: Expression,
  { reset, resetActive }: DomainDefinition,
  clocking: ReadonlyMap<string, VerilogSymbol>,
  resting: 0 | 1,
): Expression {
  if (condition.kind === "literal" && condition.value === BigInt(resting)) return condition;
  const line = identifier(clocking.get(reset)!);
  const wanted = resting === 1 ? "high" : "low";
  const term: Expression = resetActive === wanted ? line : { kind: "unary", operator: "~", operand: line };
  return chained(resting === 1 ? "|" : "&", term, condition);
}

/** `first | a | b`, where `rest` is `a | b`: without parentheses. All are single bits. */
function chained(operator: "|" | "&", first: Expression, rest: Expression): Expression {
  if (rest.kind !== "binary" || rest.operator !== operator)
    return { kind: "binary", operator, left: first, right: rest };
  return { ...rest, left: chained(operator, first, rest.left) };
}

/** The statements of a module's properties, whose conditions and watches are lowered; pushes their nets to `items`. */
export function lowerProperties(
  module: ModuleNetlist,
  scope: Scope,
  clocking: ReadonlyMap<string, VerilogSymbol>,
  writing: PropertyWriting,
  items: Item[],
): PropertyStatement[] {
  const formalOnly = writing.style === "proof";
  return propertiesOf(module).map((property): PropertyStatement => {
    const { name, message, duringReset, domain, source } = property;
    const event = clockEvent(module, domain, clocking);
    const kind = property.kind === "assume" && formalOnly && !writing.top ? "assert" : property.kind;
    const condition: VerilogSymbol = { name, width: 1, signed: false };
    const own = domainOf(module, domain);
    const stated = scope.valueOf(property.condition);
    const value =
      duringReset || own.resetKind === "none"
        ? scope.root(stated).expression
        : outsideReset(scope.operand(stated).expression, own, clocking, kind === "cover" ? 0 : 1);
    const comment = scope.commentFor(source);
    items.push({ kind: "net", type: "wire", symbol: condition, value, comment });
    let count: VerilogSymbol | undefined;
    if (kind === "cover" && !formalOnly) {
      count = { name: "", width: 32, signed: false };
      scope.namer.ask(count, `${name}_count`);
    }
    const values =
      kind === "cover" || formalOnly
        ? []
        : property.watches.map((watch) => ({
            name: watch.name,
            value: scope.operand(scope.valueOf(watch.node)).expression,
          }));
    const where = comment === undefined ? "" : ` (${comment})`;
    return { kind, name, condition, event, message: message + where, values, count, comment };
  });
}
