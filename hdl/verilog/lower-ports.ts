import {
  clockingPorts,
  type DomainUse,
  type ModuleNetlist,
  type Node,
  type RegisterDefinition,
  type ResetKind,
} from "../ir/index.ts";
import { leavesOf } from "../types/index.ts";
import type { PortDeclaration, VerilogSymbol } from "./ast.ts";
import { elementsOf, symbolFor } from "./elements.ts";
import type { Tables } from "./forward.ts";
import type { Uses } from "./uses.ts";
import type { Base } from "./value.ts";

/** The port list of a module with the symbols behind it. */
export interface LoweredPorts {
  readonly declarations: readonly PortDeclaration[];
  /** The ports of clocks and resets, by name. */
  readonly clocking: ReadonlyMap<string, VerilogSymbol>;
  readonly inputs: ReadonlyMap<string, readonly Base[]>;
  readonly outputs: ReadonlyMap<string, VerilogSymbol>;
  /** Registers that are an output port; their symbol is the port's. */
  readonly registers: ReadonlyMap<RegisterDefinition, VerilogSymbol>;
  /** The output ports that those registers are. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Clocks and resets first, then the ports in their order. `uses` counts no reads by which a register only keeps its value;
 * `byName`: registers that others read keep their own name.
 */
export function lowerPorts(
  module: ModuleNetlist,
  domains: readonly DomainUse[],
  uses: Uses,
  byName: boolean,
): LoweredPorts {
  const declarations: PortDeclaration[] = [];
  const clocking = new Map<string, VerilogSymbol>();
  for (const { name } of clockingPorts(domains)) {
    const symbol: VerilogSymbol = { name, width: 1, signed: false };
    clocking.set(name, symbol);
    const users = domains.filter(({ domain }) => domain.reset === name);
    const by = (kind: ResetKind): boolean =>
      users.some(({ domain, resets }) => resets.has(`${kind} ${domain.resetActive}`));
    const mixed = by("synchronous") && by("asynchronous");
    declarations.push({ direction: "input", type: "wire", symbol, ...(mixed ? { mixedReset: true } : {}) });
  }
  const byId = new Map(module.registers.map((register) => [register.node.id, register]));
  const inputs = new Map<string, readonly Base[]>();
  const outputs = new Map<string, VerilogSymbol>();
  const registers = new Map<RegisterDefinition, VerilogSymbol>();
  const taken = new Set<string>();
  for (const { name, direction, type, drivers, attributes: own } of module.ports) {
    if (direction === "input") {
      const symbol = { ...symbolFor(name, type), attributes: own };
      inputs.set(name, elementsOf(symbol, type, name));
      declarations.push({ direction, type: "wire", symbol });
      continue;
    }
    const driver = drivers[0];
    const driving = type.kind !== "vec" && driver?.kind === "register" ? byId.get(driver.id) : undefined;
    // A register whose name the port has taken is the port, though others read it, too.
    const isPort = driving && (uses.countOf(driver!) === 1 || (!byName && driving.name === `${name}_reg`));
    const register = isPort ? driving : undefined;
    // A register that is the port hands on its attributes.
    const attributes = own && register?.attributes ? { ...register.attributes, ...own } : (own ?? register?.attributes);
    const symbol = { ...symbolFor(name, type), attributes };
    outputs.set(name, symbol);
    if (register !== undefined) {
      registers.set(register, symbol);
      taken.add(name);
    }
    declarations.push({ direction, type: register === undefined ? "wire" : "reg", symbol });
  }
  return { declarations, clocking, inputs, outputs, registers, taken };
}

/** The child output that alone and wholly drives `drivers`, which are the scalars of one net in packing order. */
export function straightDriver(
  tables: Tables,
  drivers: readonly Node[],
  uses: Uses,
): { instance: number; port: string } | undefined {
  const first = drivers[0];
  if (first?.kind !== "instance-output") return undefined;
  const whole = drivers.every(
    (driver, i) =>
      driver.kind === "instance-output" &&
      driver.instance === first.instance &&
      driver.port === first.port &&
      driver.element === i &&
      uses.countOf(driver) === 1,
  );
  if (!whole) return undefined;
  const instance = tables.instances.get(first.instance)!;
  const port = instance.module.ports.find((each) => each.name === first.port)!;
  return leavesOf(port.type).length === drivers.length ? { instance: first.instance, port: first.port } : undefined;
}
