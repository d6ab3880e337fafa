import { runBuild, type Source } from "../diagnostics/index.ts";
import { constant, type ModuleNetlist, mux, type Node, type Port } from "../ir/index.ts";
import { parameterText } from "../ir/parameter-text.ts";
import { BlackBox } from "./black-box.ts";
import { Bundle } from "./bundle.ts";
import { checkedAttributes } from "./checked-attributes.ts";
import { domainId } from "./clock-domain.ts";
import { type Elaboration, ModuleContext, type RegisterDraft, withContext } from "./context.ts";
import { checkModel, externalModule } from "./external-module.ts";
import { finalNames } from "./final-names.ts";
import { finishProperties, guardProperties } from "./finish-properties.ts";
import type { Module } from "./module.ts";
import { openDomains } from "./module-domains.ts";
import { type PortHandle, pathSuffix } from "./port-handle.ts";
import { resolveTarget } from "./resolve.ts";
import { checkStates } from "./state-machine.ts";
import type { Target } from "./target.ts";
import { Value } from "./value.ts";
import { Vec } from "./vec.ts";

/** The ports that a signal stands for: one, several for a bundle, none for what is not a port. */
function handlesOf(signal: unknown): PortHandle[] {
  const handles = new Set<PortHandle>();
  const visit = (inner: unknown): void => {
    if (inner instanceof Value) {
      if (inner.backing.kind === "port") handles.add(inner.backing.port);
    } else if (inner instanceof Vec) {
      // The elements of a vector without bundles are one port.
      if (inner.elements[0] instanceof Value) visit(inner.elements[0]);
      else for (const element of inner.elements) visit(element);
    } else if (inner instanceof Bundle) for (const part of Object.values(inner)) visit(part);
  };
  visit(signal);
  return [...handles];
}

/**
 * The ports of a module in the order of its fields; each belongs to the first field that holds it. A field may hold an
 * array of ports, too: they are named by the field and their number.
 */
export function portsOf(module: Module): PortHandle[] {
  const ports = new Set<PortHandle>();
  const visit = (field: string, content: unknown, index: readonly number[]): void => {
    if (Array.isArray(content)) {
      content.forEach((each, i) => {
        visit(field, each, [...index, i]);
      });
      return;
    }
    for (const handle of handlesOf(content)) {
      // A signal of another module that a field keeps is none of this one's ports.
      if (ports.has(handle) || (handle.field !== undefined && handle.field !== field)) continue;
      ports.add(handle);
      handle.field = field;
      handle.index = index;
      handle.name = field + pathSuffix([...index, ...handle.path]);
    }
  };
  for (const [field, content] of Object.entries(module)) visit(field, content, []);
  return [...ports];
}

/** Complains (LS0401) about ports that have the same name once the fields of bundles are joined to it. */
function checkPortNames(ports: readonly PortHandle[], context: ModuleContext): void {
  const byName = new Map<string, PortHandle>();
  for (const port of ports) {
    const other = byName.get(port.name!);
    if (other) {
      context.report(
        "LS0401",
        `\`${other.elementName(0)}\` and \`${port.elementName(0)}\` both become the port \`${port.name}\``,
        "rename one of the two fields: the name of a bundle's port is the names of its fields joined by _",
        { signal: port.name!, places: [{ source: port.source }, { source: other.source, note: "the other one" }] },
      );
    }
    byName.set(port.name!, port);
  }
}

function outputTargets(handle: PortHandle, context: ModuleContext): Target[] {
  return handle.leaves.map((leaf, element) => ({
    kind: "output",
    name: handle.elementName(element),
    width: leaf.type.width,
    signed: leaf.type.kind === "sint",
    context,
    source: handle.source,
    assignments: [],
  }));
}

function nextValue({ target, node, enable, source, next: own }: RegisterDraft): Node {
  if (own !== undefined) return own();
  const next = resolveTarget(target, node);
  return enable === undefined || next === node ? next : mux(enable, next, node, { source });
}

function finish(module: Module, ports: readonly PortHandle[], context: ModuleContext): ModuleNetlist {
  guardProperties(context);
  checkStates(context);
  const names = finalNames(
    context,
    ports.map((port) => port.name!),
  );
  const properties = finishProperties(context, names, ports);
  const external = module instanceof BlackBox ? externalModule(module, context) : undefined;
  const own = checkedAttributes(module.attributes, context);
  const attributesOf = (subject: object) => {
    const attributes = context.attributes.get(subject);
    return attributes === undefined ? {} : { attributes };
  };
  // What no model says is a stand-in that no engine will ever use.
  const driverOf = (target: Target) =>
    external && !external.modelled ? constant(0n, target.width, target.signed) : resolveTarget(target, undefined);
  const data = context.wires.map((draft) => resolveTarget(draft.target, undefined));
  const wireDrivers = context.wires.map(({ latch, target }, i) =>
    latch === undefined ? data[i]! : mux(latch.transparent, data[i]!, latch.held, { source: target.source }),
  );
  const latched = (draft: RegisterDraft): Pick<ModuleNetlist["registers"][number], "next" | "latch"> => {
    if (draft.latch === undefined) return { next: nextValue(draft) };
    const { transparent } = context.wires[draft.latch]!.latch!;
    return { next: wireDrivers[draft.latch]!, latch: { transparent, data: data[draft.latch]! } };
  };
  return Object.freeze({
    name: context.moduleName,
    params: Object.freeze({ ...module.params }) as Readonly<Record<string, unknown>>,
    ...(external ? { external } : {}),
    ...(Object.keys(own).length > 0 ? { attributes: own } : {}),
    description: module.description,
    stateMachines: context.stateMachines.map(({ definition }) => definition),
    // Where the class declares its first port: the place of the caller would change with who builds the module.
    source: ports[0]?.source,
    domains: Object.freeze([...context.domains]),
    ports: ports.map((handle): Port => {
      const { direction, type, source } = handle;
      const path = [...handle.index, ...handle.path];
      const drivers = (handle.outputTargets ?? []).map(driverOf);
      const domain = handle.domain === undefined ? undefined : domainId(handle.domain);
      const port = { name: handle.name!, direction, type, drivers, domain, source, ...attributesOf(handle) };
      return path.length === 0 ? port : { ...port, path: [handle.field!, ...path] };
    }),
    wires: context.wires.map((draft, i) => ({
      node: draft.node,
      name: names.wires[i]!,
      driver: wireDrivers[i]!,
      enumeration: draft.enumeration,
      ...attributesOf(draft.node),
    })),
    registers: context.registers.map((draft, i) => ({
      node: draft.node,
      name: names.registers[i]!,
      ...latched(draft),
      ...attributesOf(draft.node),
      reset: draft.reset,
      group: draft.group,
      domain: draft.domain,
      crossing: draft.crossing,
      enumeration: draft.enumeration,
      source: draft.source,
    })),
    memories: context.memories.map((draft, i) => ({
      id: draft.id,
      name: names.memories[i]!,
      depth: draft.depth,
      ...attributesOf(draft.source),
      width: draft.width,
      signed: draft.signed,
      writes: draft.writes,
      init: draft.init,
      collision: draft.collision,
      crossing: draft.crossing,
      source: draft.source,
    })),
    instances: context.instances.map((draft, i) => ({
      id: draft.id,
      name: names.instances[i]!,
      module: draft.module,
      ...attributesOf(draft),
      inputs: new Map(
        [...draft.targets].map(([port, targets]) => [port, targets.map((target) => resolveTarget(target, undefined))]),
      ),
      domains: draft.domains,
      source: draft.source,
    })),
    ...(properties.length > 0 ? { properties: Object.freeze(properties) } : {}),
  });
}

/** The name in Verilog: the module's own, with the parameters that it has short names for. */
function emittedName(module: Module): string {
  const params = module.params as Readonly<Record<string, unknown>>;
  const texts = Object.entries(module.parameterNames as Readonly<Record<string, string | undefined>>).flatMap(
    ([key, short]) => (short === undefined || params[key] === undefined ? [] : [parameterText(short, params[key])]),
  );
  return [module.moduleName, ...texts].join("_");
}

/**
 * Runs `build()` of a module and of all its children and returns the netlist. Complaints are collected in
 * `elaboration`; the caller decides what to do about them. Of a child `place` says where it stands, and in which domains of
 * its parent.
 */
export function buildNetlist(
  module: Module,
  elaboration: Elaboration,
  place?: { readonly parent: ModuleContext; readonly source: Source; readonly domains: ReadonlyMap<string, number> },
): ModuleNetlist {
  const { params } = module;
  const context = new ModuleContext(elaboration, place?.parent, {
    moduleName: emittedName(module),
    params,
    source: place?.source,
  });
  const ports = portsOf(module);
  withContext(context, () => openDomains(module, context, place?.domains));
  checkPortNames(ports, context);
  for (const handle of ports) {
    handle.inner = context;
    for (const allowance of handle.allowances) {
      elaboration.allowances.push({ ...allowance, module: context.moduleName, about: [handle.source] });
    }
    if (handle.direction === "output") handle.outputTargets = outputTargets(handle, context);
  }
  withContext(context, () => runBuild(module.build, () => module.build()));
  const netlist = withContext(context, () => finish(module, ports, context));
  if (module instanceof BlackBox) withContext(context, () => checkModel(netlist, context));
  return elaboration.shared(netlist);
}
