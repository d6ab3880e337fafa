import type { Diagnostic, Place, Source } from "../diagnostics/index.ts";
import {
  type ClockingPort,
  clockingPorts,
  type Design,
  type DomainUse,
  domainUses,
  type ModuleNetlist,
  type Port,
} from "../ir/index.ts";
import { isIdentifier, isReserved } from "../ir/reserved-words.ts";

const place = (source: Source | undefined): Place[] => (source ? [{ source, note: "named here" }] : []);

function illegal(name: string): string | undefined {
  if (isReserved(name)) return "is a reserved word of Verilog or SystemVerilog";
  if (!isIdentifier(name)) return "is not a name that every tool takes: a letter, then letters of ASCII, digits and _";
  return undefined;
}

/** What to do about a port with the name of a clock or reset. */
function clockingHint({ role, domain }: ClockingPort, ports: readonly Port[]): string {
  if (domain.source) return `rename the field, or give the domain another ${role}Name`;
  const clock = ports.find(({ name }) => /^(?:clk|ck)/i.test(name))?.name ?? "clk";
  const reset = ports.find(({ name }) => /^a?re?se?t/i.test(name))?.name ?? "rst";
  return (
    "take the field out: registers use `clock` and `reset` without being told; where the ports have other names, " +
    `write \`readonly defaultDomain = clockDomain({ clockName: "${clock}", resetName: "${reset}" })\``
  );
}

function checkModule(module: ModuleNetlist, uses: readonly DomainUse[]): Diagnostic[] {
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
  const clocking = clockingPorts(uses);
  for (const { name, role, domain } of clocking) {
    const fault = illegal(name);
    if (!fault) continue;
    found.push({
      code: "LS0402",
      severity: "error",
      message: `the name \`${name}\` of the ${role} of clock domain \`${domain.name}\` ${fault}`,
      signal: name,
      module: module.name,
      places: place(domain.source),
      hint: `give the domain another ${role}Name`,
    });
  }
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
    const same = clocking.find(({ name }) => name === port.name);
    if (same) {
      const declared = same.domain.source !== undefined;
      const whose = declared ? `of clock domain \`${same.domain.name}\`` : "that every module with registers has";
      found.push({
        code: "LS0401",
        severity: "error",
        message: `port \`${port.name}\` has the name of the ${same.role} ${whose}`,
        signal: port.name,
        module: module.name,
        places: place(port.source),
        hint: clockingHint(same, module.ports),
      });
    }
  }
  return found;
}

/** Names that Verilog or SystemVerilog does not allow (LS0402), and ports that collide with clock or reset (LS0401). */
export function checkNames(design: Design): Diagnostic[] {
  const seen = new Set<string>();
  const uses = domainUses(design);
  return design.modules
    .flatMap((module) => checkModule(module, uses.get(module)!))
    .filter((diagnostic) => {
      // A module used many times is told of once.
      const key = `${diagnostic.module}/${diagnostic.message}`;
      return !seen.has(key) && seen.add(key);
    });
}
