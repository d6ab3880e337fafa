/** A few words on what Yosys does now, for a line of its log that begins something; undefined for all others. */
export function progressOf(line: string): string | undefined {
  const mapped = /Extracting gate netlist of module `\\?([^']+)'/.exec(line)?.[1];
  if (mapped !== undefined) return `mapping ${mapped} to gates`;
  const pass = /^\d+\. Executing ([A-Z_0-9-]+)\b/.exec(line)?.[1];
  return pass === undefined ? undefined : (STEPS.get(pass) ?? undefined);
}

const STEPS: ReadonlyMap<string, string> = new Map([
  ["VERILOG", "reading Verilog"],
  ["Verilog-2005", "reading Verilog"],
  ["HIERARCHY", "checking the hierarchy"],
  ["PROC", "turning processes into registers and multiplexers"],
  ["OPT", "optimising"],
  ["MEMORY_MAP", "turning memories into registers"],
  ["TECHMAP", "turning arithmetic into gates"],
  ["DFFLIBMAP", "mapping registers to the library"],
  ["DFFLEGALIZE", "reducing registers to plain flip-flops"],
  ["BLIF", "writing the netlist"],
]);
