import type { ModuleNetlist, Node, RegisterDefinition } from "../ir/index.ts";
import { leavesOf } from "../types/index.ts";
import type { PortDeclaration, VerilogSymbol } from "./ast.ts";
import { elementsOf, symbolFor } from "./elements.ts";
import type { Tables } from "./forward.ts";
import type { Uses } from "./uses.ts";
import type { Base } from "./value.ts";

/** Which of the two implied ports a module has. */
export interface ClockAndReset {
  readonly clock: boolean;
  readonly reset: boolean;
}

/** The port list of a module with the symbols behind it. */
export interface LoweredPorts {
  readonly declarations: readonly PortDeclaration[];
  readonly clock: VerilogSymbol;
  readonly reset: VerilogSymbol;
  readonly inputs: ReadonlyMap<string, readonly Base[]>;
  readonly outputs: ReadonlyMap<string, VerilogSymbol>;
  /** Registers that are an output port and nothing else; their symbol is the port's. */
  readonly registers: ReadonlyMap<RegisterDefinition, VerilogSymbol>;
  /** The output ports that those registers are. */
  readonly taken: ReadonlySet<string>;
}

/** Clock and reset first, then the ports in their order. */
export function lowerPorts(module: ModuleNetlist, needs: ClockAndReset, uses: Uses): LoweredPorts {
  const bit = (name: string): VerilogSymbol => ({ name, width: 1, signed: false });
  const clock = bit("clock");
  const reset = bit("reset");
  const declarations: PortDeclaration[] = [];
  if (needs.clock) declarations.push({ direction: "input", type: "wire", symbol: clock });
  if (needs.reset) declarations.push({ direction: "input", type: "wire", symbol: reset });
  const byId = new Map(module.registers.map((register) => [register.node.id, register]));
  const inputs = new Map<string, readonly Base[]>();
  const outputs = new Map<string, VerilogSymbol>();
  const registers = new Map<RegisterDefinition, VerilogSymbol>();
  const taken = new Set<string>();
  for (const { name, direction, type, drivers } of module.ports) {
    const symbol = symbolFor(name, type);
    if (direction === "input") {
      inputs.set(name, elementsOf(symbol, type, name));
      declarations.push({ direction, type: "wire", symbol });
      continue;
    }
    outputs.set(name, symbol);
    const driver = drivers[0];
    const register =
      type.kind !== "vec" && driver?.kind === "register" && uses.countOf(driver) === 1
        ? byId.get(driver.id)
        : undefined;
    if (register !== undefined) {
      registers.set(register, symbol);
      taken.add(name);
    }
    declarations.push({ direction, type: register === undefined ? "wire" : "reg", symbol });
  }
  return { declarations, clock, reset, inputs, outputs, registers, taken };
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
