import type { Diagnostic, Place, Source } from "../diagnostics/index.ts";
import { type Design, type ModuleNetlist, needsClock, needsReset } from "../ir/index.ts";
import { isIdentifier, isReserved } from "../ir/reserved-words.ts";

const place = (source: Source | undefined): Place[] => (source ? [{ source, note: "named here" }] : []);

function illegal(name: string): string | undefined {
  if (isReserved(name)) return "is a reserved word of Verilog or SystemVerilog";
  if (!isIdentifier(name))
    return "is not an identifier in Verilog: letters, digits, _ and $, not starting with a digit or $";
  return undefined;
}

function checkModule(module: ModuleNetlist): Diagnostic[] {
  const found: Diagnostic[] = [];
  const reason = illegal(module.name);
  if (reason) {
    found.push({
      code: "LS0402",
      severity: "error",
      message: `the module name \`${module.name}\` ${reason}`,
      signal: module.name,
      places: place(module.source),
      hint: "rename the class, or let it give another moduleName",
    });
  }
  const implicit = [...(needsClock(module) ? ["clock"] : []), ...(needsReset(module) ? ["reset"] : [])];
  for (const port of module.ports) {
    const fault = illegal(port.name);
    if (fault) {
      found.push({
        code: "LS0402",
        severity: "error",
        message: `the port name \`${port.name}\` ${fault}`,
        signal: port.name,
        module: module.name,
        places: place(port.source),
        hint: "rename the field: ports keep their name exactly or are refused",
      });
    }
    if (implicit.includes(port.name)) {
      found.push({
        code: "LS0401",
        severity: "error",
        message: `port \`${port.name}\` has the name of the ${port.name} that every module with registers has`,
        signal: port.name,
        module: module.name,
        places: place(port.source),
        hint: "rename the field; registers use the clock and reset without being told",
      });
    }
  }
  return found;
}

/** Names that Verilog or SystemVerilog does not allow (LS0402), and ports that collide with clock or reset (LS0401). */
export function checkNames(design: Design): Diagnostic[] {
  const seen = new Set<string>();
  return design.modules.flatMap(checkModule).filter((diagnostic) => {
    // A module used many times is told of once.
    const key = `${diagnostic.module}/${diagnostic.message}`;
    return !seen.has(key) && seen.add(key);
  });
}
