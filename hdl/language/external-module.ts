import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { captureSource } from "../diagnostics/index.ts";
import type { ExternalModule, ModuleNetlist, VerilogSource } from "../ir/index.ts";
import { isIdentifier } from "../ir/reserved-words.ts";
import type { BlackBox } from "./black-box.ts";
import type { ModuleContext } from "./context.ts";

/** What a netlist says of a black box; complains of sources that cannot be read (LS0320) and parameters (LS0321). */
export function externalModule(module: BlackBox, context: ModuleContext): ExternalModule {
  const parameters = Object.entries(module.parameters).filter(([name, value]) => {
    // A whole number beyond 2^53 is not the one that was meant; a fraction becomes a real number of Verilog.
    const exact =
      typeof value !== "number" || Number.isSafeInteger(value) || (Number.isFinite(value) && value % 1 !== 0);
    // Verilog-2005 knows no escapes but these; a line feed would end the text.
    const text = typeof value !== "string" || /^[\x20-\x7e]*$/.test(value);
    if (isIdentifier(name) && exact && text && value !== undefined && value !== null) return true;
    context.report(
      "LS0321",
      `the Verilog parameter \`${name}\` of ${context.moduleName} is ${String(value)}`,
      typeof value === "number" && Number.isInteger(value)
        ? "write it as a bigint: a number of JavaScript is not exact above 2^53"
        : "names are Verilog identifiers; values are numbers, texts of plain characters, true or false",
    );
    return false;
  });
  return Object.freeze({
    parameters: Object.freeze(parameters),
    sources: Object.freeze(module.sources.flatMap((path) => sourceFile(path, context))),
    modelled: module.model !== undefined,
  });
}

function sourceFile(path: string | URL, context: ModuleContext): VerilogSource[] {
  try {
    const text = readFileSync(path, "utf8");
    return [{ fileName: basename(path instanceof URL ? path.pathname : path), text }];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    context.report(
      "LS0320",
      `the source ${String(path)} of ${context.moduleName}: ${reason}`,
      'name files from the file that names them: new URL("fifo.v", import.meta.url)',
      { places: [{ source: captureSource() }] },
    );
    return [];
  }
}

/** Complains of a black box that stands alone (LS0322) and of a model with state but no clock to run it (LS0323). */
export function checkModel(netlist: ModuleNetlist, context: ModuleContext): void {
  const places = netlist.source ? [{ source: netlist.source, note: "its first port" }] : [];
  if (context.parent === undefined) {
    context.report(
      "LS0322",
      `${context.moduleName} is external Verilog: there is nothing in it to build or to emit`,
      "put it into a module of your own with instance() and simulate that",
      { places },
    );
  }
  const { registers, memories, instances } = netlist;
  if (
    netlist.domains?.some((domain) => domain.keepClock) ||
    registers.length + memories.length + instances.length === 0
  )
    return;
  context.report(
    "LS0323",
    `the model of ${context.moduleName} has registers, but the module says nothing of a clock`,
    'name its clock port, and its reset port if it has one: readonly defaultDomain = clockDomain({ clockName: "clk" })',
    { places },
  );
}
