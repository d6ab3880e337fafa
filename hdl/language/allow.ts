import {
  type Allowance,
  captureSource,
  codes,
  DesignError,
  type Source,
  type WarningCode,
} from "../diagnostics/index.ts";
import { portsOf } from "./build.ts";
import { ClockDomain } from "./clock-domain.ts";
import { currentContext } from "./context.ts";
import { Memory } from "./memory.ts";
import { Module } from "./module.ts";
import type { PortHandle } from "./port-handle.ts";
import { Value } from "./value.ts";

/** What an allowance is about: where it was declared or written, and the ports and clock domains among it. */
interface Subject {
  readonly sources: Source[];
  readonly ports: PortHandle[];
  readonly domains: ClockDomain[];
}

function collect(thing: unknown, into: Subject): void {
  if (thing instanceof Value) {
    const { backing } = thing;
    if (backing.kind === "part") collect(backing.whole, into);
    else if (backing.kind === "port") into.ports.push(backing.port);
    else if (backing.kind === "element") into.sources.push(backing.source);
    else {
      const source = backing.target?.source ?? backing.node.source;
      if (source) into.sources.push(source);
    }
  } else if (thing instanceof ClockDomain) {
    into.domains.push(thing);
  } else if (thing instanceof Memory) {
    into.sources.push(thing.declaredAt);
  } else if (thing instanceof Module) {
    for (const { outer } of portsOf(thing).values()) {
      const source = outer?.context.instances[outer.instance]?.source;
      if (source) into.sources.push(source);
    }
  } else if (typeof thing === "object" && thing !== null) {
    for (const part of Symbol.iterator in thing ? (thing as Iterable<unknown>) : Object.values(thing))
      collect(part, into);
  }
}

function refuse(message: string, hint: string): void {
  const context = currentContext();
  if (context) {
    context.report("LS0208", message, hint);
    return;
  }
  throw new DesignError([
    { code: "LS0208", severity: codes.LS0208.severity, message, hint, places: [{ source: captureSource() }] },
  ]);
}

function acceptable(code: string, reason: string): boolean {
  const severity = (codes as Readonly<Record<string, { severity: string }>>)[code]?.severity;
  if (severity !== "warning") {
    const what = severity === undefined ? "is no code" : "is an error";
    refuse(
      `${code} ${what}: only a warning can be allowed`,
      "lodestone explain lists the codes; an error has to be mended",
    );
    return false;
  }
  if (typeof reason !== "string" || reason.trim() === "") {
    refuse(`${code} is allowed without a reason`, 'say why: allow("LS0205", "kept for the next revision", spare)');
    return false;
  }
  return true;
}

/**
 * Says that a warning may stay, and why. In `build()`, without a subject, for the whole module:
 * `allow("LS0205", "debug builds only")`. With one, for that alone; it is returned, so the call may stand around a
 * declaration, a port's too: `readonly spare = allow("LS0205", "kept for the next revision", input(bit))`. The subject is
 * a signal, a vector or bundle of them, a memory, an instance, a clock domain, or the result of an operator.
 *
 * Told itself: an allowance that allows nothing (LS0207), one for an error or without a reason (LS0208).
 */
export function allow(code: WarningCode, reason: string): void;
export function allow<T>(code: WarningCode, reason: string, subject: T): T;
export function allow<T>(code: WarningCode, reason: string, subject?: T): T | undefined {
  if (!acceptable(code, reason)) return subject;
  const source = captureSource();
  const context = currentContext();
  const found: Subject = { sources: [], ports: [], domains: [] };
  if (subject !== undefined) collect(subject, found);
  // A port or domain is made before its module is built: its allowances wait with it until the module has a name.
  for (const port of new Set(found.ports)) {
    if (port.inner === undefined) port.allowances.push({ code, reason, source });
    else found.sources.push(port.source);
  }
  for (const domain of new Set(found.domains)) {
    if (domain.home === undefined) domain.allowances.push({ code, reason, source });
    else found.sources.push(domain.source);
  }
  if (!context) {
    if (found.ports.length === 0 && found.domains.length === 0) {
      refuse(
        "allow() stands outside build() and not around a port or a clock domain",
        "call it inside build(), or around input(), output() or clockDomain()",
      );
    }
    return subject;
  }
  const about = subject === undefined ? undefined : found.sources;
  if (about === undefined || about.length > 0) {
    const allowance: Allowance = { code, reason, source, module: context.moduleName, about };
    context.elaboration.allowances.push(allowance);
  }
  return subject;
}
