import {
  clockingPorts,
  type DomainUse,
  domainInParent,
  domainOf,
  type InstanceDefinition,
  type ModuleNetlist,
  type Node,
  type ResetLevel,
  type VerilogParameter,
} from "../ir/index.ts";
import type { Connection, Expression, InstanceItem, VerilogSymbol } from "./ast.ts";
import { identifier } from "./ast.ts";
import { joinValues } from "./lower-concat.ts";
import type { Scope } from "./scope.ts";
import type { SharedLists } from "./shared-lists.ts";
import { isAtom } from "./value.ts";

/** A longer expression gets a net before it is connected. */
const connectedLength = 40;

/** What the input ports of a child are connected to, by name. The drivers are lowered. */
export function connectInputs(scope: Scope, instance: InstanceDefinition, lists: SharedLists): Map<string, Expression> {
  const connected = new Map<string, Expression>();
  for (const [port, drivers] of instance.inputs) {
    const hint = `${instance.name}_${port}`;
    if (drivers.length > 1) {
      connected.set(port, joinedInput(scope, port, drivers, hint, lists));
      continue;
    }
    const value = scope.valueOf(drivers[0]!);
    const open = value.kind === "expression" && value.operand.open;
    const operand = scope.part(open ? scope.net(value, hint) : value);
    const long = operand.length > connectedLength && !isAtom(operand.expression);
    connected.set(port, long ? scope.part(scope.net(value, hint)).expression : operand.expression);
  }
  return connected;
}

/** A vector for a child; one that other children take too gets a net, named after their port. */
function joinedInput(
  scope: Scope,
  port: string,
  drivers: readonly Node[],
  hint: string,
  lists: SharedLists,
): Expression {
  const key = lists.keyOf(drivers);
  const known = lists.joined.get(key);
  if (known) return known;
  const values = drivers.map((node) => scope.valueOf(node)).reverse();
  const { expression, width } = joinValues(scope, values, hint);
  if (expression.kind !== "concatenation" || !lists.isShared(key)) return expression;
  const symbol: VerilogSymbol = { name: "", width, signed: false };
  scope.namer.ask(symbol, port);
  scope.pending.push({ kind: "net", type: "wire", symbol, value: expression, comment: undefined });
  const net = identifier(symbol);
  lists.joined.set(key, net);
  return net;
}

/** A child with every port of it, clocks and resets first, in the order of its port list; `values` holds what each one is connected to. */
export function instanceItem(
  scope: Scope,
  instance: InstanceDefinition,
  clocking: readonly Connection[],
  values: ReadonlyMap<string, Expression>,
): InstanceItem {
  const { module, name, source } = instance;
  const connections = [...clocking];
  for (const port of module.ports) {
    connections.push({ port: port.name, value: values.get(port.name)!, output: port.direction === "output" });
  }
  const parameters = (module.external?.parameters ?? []).map(
    ([parameter, value]) => [parameter, parameterLiteral(value)] as const,
  );
  const { attributes } = instance;
  const comment = scope.commentFor(source);
  return { kind: "instance", module: module.name, name, attributes, parameters, connections, comment };
}

/** The value of a parameter in Verilog; a number of more than 32 bits says its size. */
function parameterLiteral(value: VerilogParameter): string {
  if (typeof value === "string") return JSON.stringify(value);
  // JavaScript writes a fraction as Verilog does: 0.5, -12.25, 1e-7.
  if (typeof value === "number" && !Number.isInteger(value)) return `${value}`;
  const number = BigInt(value);
  if (number >= -(2n ** 31n) && number < 2n ** 31n) return `${number}`;
  const magnitude = number < 0n ? -number : number;
  return `${number < 0n ? "-" : ""}${magnitude.toString(2).length + (number < 0n ? 1 : 0)}'${number < 0n ? "s" : ""}d${magnitude}`;
}

/** What the net of an inverted reset is called: `reset_n`, or `reset` for one that has the `_n` already. */
export function invertedName(reset: string, active: ResetLevel): string {
  if (active === "high") return `${reset}_n`;
  return /._n$/.test(reset) ? reset.slice(0, -"_n".length) : `${reset}_high`;
}

/**
 * The clocks and resets of a child: those of the domains of its parent that its own ones are. `invert` gives the net of a
 * reset in its other level.
 */
export function connectClocking(
  parent: ModuleNetlist,
  instance: InstanceDefinition,
  uses: readonly DomainUse[],
  ports: ReadonlyMap<string, VerilogSymbol>,
  invert: (reset: VerilogSymbol, active: ResetLevel) => VerilogSymbol,
): Connection[] {
  return clockingPorts(uses).map(({ name, role, domain }): Connection => {
    const outer = domainOf(parent, domainInParent(instance, domain.id));
    const symbol = ports.get(role === "clock" ? outer.clock : outer.reset)!;
    const inverted = role === "reset" && outer.resetActive !== domain.resetActive;
    return { port: name, value: identifier(inverted ? invert(symbol, outer.resetActive) : symbol), output: false };
  });
}
