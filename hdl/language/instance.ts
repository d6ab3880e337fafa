import { captureSource } from "../diagnostics/index.ts";
import { buildNetlist, portsOf } from "./build.ts";
import { requireContext } from "./context.ts";
import type { Module } from "./module.ts";
import type { Target } from "./target.ts";

/**
 * Puts a child into the module being built and returns it: drive its inputs with `child.a.value = …`, read its outputs
 * as `child.sum`. Every input must be driven (LS0201). One object is one instance.
 */
export function instance<M extends Module>(child: M): M {
  const context = requireContext("instance()");
  const source = captureSource();
  const base = source.name ?? child.moduleName;
  const id = context.instances.length;
  const ports = portsOf(child);
  const again = [...ports.values()].find((handle) => handle.inner);
  if (again) {
    context.report(
      "LS0203",
      `this ${child.moduleName} is an instance already`,
      "make a new object for every instance",
      {
        signal: base,
      },
    );
    return child;
  }
  const module = buildNetlist(child, context.elaboration, context);
  const targets = new Map<string, readonly Target[]>();
  for (const [name, handle] of ports) {
    handle.outer = { context, instance: id, instanceName: base };
    if (handle.direction !== "input") continue;
    handle.inputTargets = handle.leaves.map((leaf, element) => ({
      kind: "child input",
      name: `${base}.${handle.elementName(element)}`,
      width: leaf.type.width,
      signed: leaf.type.kind === "sint",
      context,
      source,
      assignments: [],
    }));
    targets.set(name, handle.inputTargets);
  }
  context.instances.push({ id, base, group: context.nextGroup(), module, targets, source });
  return child;
}
