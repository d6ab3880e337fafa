import type { EngineName } from "../hdl/index.ts";
import { hasTool } from "../hdl/tools/find-tool.ts";

/**
 * What is to run a module's Verilog: the engine asked for, or whichever is installed. Icarus first: it takes a design at
 * once, where Verilator compiles C++ for seconds after every change.
 * @returns undefined for none
 */
export async function verilogSimulator(
  asked: EngineName | undefined,
): Promise<Exclude<EngineName, "inprocess"> | undefined> {
  if (asked !== undefined) return asked === "inprocess" ? undefined : asked;
  if ((await hasTool("iverilog")) && (await hasTool("vvp"))) return "icarus";
  return (await hasTool("verilator")) ? "verilator" : undefined;
}
