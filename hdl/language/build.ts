import { type ModuleNetlist, mux, type Node, type Port } from "../ir/index.ts";
import { domainId } from "./clock-domain.ts";
import { type Elaboration, ModuleContext, type RegisterDraft, withContext } from "./context.ts";
import { finalNames } from "./final-names.ts";
import type { Module } from "./module.ts";
import { openDomains } from "./module-domains.ts";
import type { PortHandle } from "./port-handle.ts";
import { resolveTarget } from "./resolve.ts";
import type { Target } from "./target.ts";
import { Value } from "./value.ts";
import { Vec } from "./vec.ts";

/** The handle of a port field; undefined for any other field. */
function handleOf(field: unknown): PortHandle | undefined {
  let inner = field;
  while (inner instanceof Vec) inner = inner.elements[0];
  return inner instanceof Value && inner.backing.kind === "port" ? inner.backing.port : undefined;
}

/** The ports of a module in the order of its fields. */
export function portsOf(module: Module): Map<string, PortHandle> {
  const ports = new Map<string, PortHandle>();
  for (const [name, field] of Object.entries(module)) {
    const handle = handleOf(field);
    if (handle) ports.set(name, handle);
  }
  return ports;
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

function nextValue({ target, node, enable, source }: RegisterDraft): Node {
  const next = resolveTarget(target, node);
  return enable === undefined || next === node ? next : mux(enable, next, node, { source });
}

function finish(module: Module, ports: Map<string, PortHandle>, context: ModuleContext): ModuleNetlist {
  const names = finalNames(context, [...ports.keys()]);
  return Object.freeze({
    name: context.moduleName,
    params: Object.freeze({ ...module.params }) as Readonly<Record<string, unknown>>,
    description: module.description,
    // Where the class declares its first port: the place of the caller would change with who builds the module.
    source: ports.values().next().value?.source,
    domains: Object.freeze([...context.domains]),
    ports: [...ports].map(([name, handle]): Port => {
      const drivers = (handle.outputTargets ?? []).map((target) => resolveTarget(target, undefined));
      const domain = handle.domain === undefined ? undefined : domainId(handle.domain);
      return { name, direction: handle.direction, type: handle.type, drivers, domain, source: handle.source };
    }),
    wires: context.wires.map((draft, i) => ({
      node: draft.node,
      name: names.wires[i]!,
      driver: resolveTarget(draft.target, undefined),
    })),
    registers: context.registers.map((draft, i) => ({
      node: draft.node,
      name: names.registers[i]!,
      next: nextValue(draft),
      reset: draft.reset,
      group: draft.group,
      domain: draft.domain,
      crossing: draft.crossing,
      source: draft.source,
    })),
    memories: context.memories.map((draft, i) => ({
      id: draft.id,
      name: names.memories[i]!,
      depth: draft.depth,
      width: draft.width,
      signed: draft.signed,
      writes: draft.writes,
      source: draft.source,
    })),
    instances: context.instances.map((draft, i) => ({
      id: draft.id,
      name: names.instances[i]!,
      module: draft.module,
      inputs: new Map(
        [...draft.targets].map(([port, targets]) => [port, targets.map((target) => resolveTarget(target, undefined))]),
      ),
      domains: draft.domains,
      source: draft.source,
    })),
  });
}

/**
 * Runs `build()` of a module and of all its children and returns the netlist. Complaints are collected in
 * `elaboration`; the caller decides what to do about them.
 */
export function buildNetlist(module: Module, elaboration: Elaboration, parent?: ModuleContext): ModuleNetlist {
  const context = new ModuleContext(elaboration, parent, module.moduleName);
  const ports = portsOf(module);
  withContext(context, () => openDomains(module, context));
  for (const [name, handle] of ports) {
    handle.name = name;
    handle.inner = context;
    for (const allowance of handle.allowances) {
      elaboration.allowances.push({ ...allowance, module: context.moduleName, about: [handle.source] });
    }
    if (handle.direction === "output") handle.outputTargets = outputTargets(handle, context);
  }
  withContext(context, () => module.build());
  return withContext(context, () => finish(module, ports, context));
}
