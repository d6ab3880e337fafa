import type { SignalOf } from "../../language/index.ts";
import { connect, instance } from "../../language/index.ts";
import type { AxiLiteType } from "./axi-lite.ts";
import { AxiLiteFront } from "./axi-lite-front.ts";
import { buildRegisters, type RegisterBus } from "./build-registers.ts";
import type { RegisterDeclarations } from "./declaration.ts";
import type { RegisterHandles } from "./field-handles.ts";
import { hexadecimal, type RegisterMap } from "./layout.ts";

/**
 * Puts the registers of a map behind an AXI4-Lite port of the present module and returns the hardware's side of every
 * field: `const registers = axiLiteRegisters(this.s_axi, map)`, then `registers.control.enable.value`. Accesses to addresses
 * without a register are answered by SLVERR and do nothing.
 */
export function axiLiteRegisters<R extends RegisterDeclarations>(
  port: SignalOf<AxiLiteType>,
  map: RegisterMap<R>,
): RegisterHandles<R> {
  const addressBits = port.awaddr.width;
  const dataBits = port.wdata.width;
  if (dataBits !== map.dataBits) {
    throw new RangeError(
      `the words of register map \`${map.name}\` have ${map.dataBits} bits, those of the port ${dataBits}; make the port by axiLite(map)`,
    );
  }
  if (addressBits < map.addressBits) {
    const last = hexadecimal(map.registers.at(-1)!.offset);
    throw new RangeError(
      `register map \`${map.name}\` reaches to ${last}, which takes ${map.addressBits} address bits; the port has ${addressBits}`,
    );
  }
  const front = instance(new AxiLiteFront({ addressBits, dataBits }), { part: "front" });
  connect(front.axi, port);
  return buildRegisters(map, front.bus as unknown as RegisterBus);
}
