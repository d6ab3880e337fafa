import { captureDeclaration, captureName, captureSource, type Source } from "../diagnostics/index.ts";
import { buildNetlist, portsOf } from "./build.ts";
import type { ClockDomain } from "./clock-domain.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import { joinDomains, outerDomains } from "./join-domains.ts";
import type { Module } from "./module.ts";
import type { Target } from "./target.ts";

/** The names of a module's clock domains. */
export type DomainNames<M> = {
  [K in keyof M]-?: NonNullable<M[K]> extends ClockDomain ? K : never;
}[keyof M] &
  string;

/** Options of an instance. */
export interface InstanceOptions<M extends Module> {
  /**
   * What the clock domains of the child are here. Its default domain is the present one unless told; every other must be
   * given (LS0306). Where the child does not say the edge, kind or level of a domain, they are those of the one given.
   */
  readonly domains?: { readonly [K in DomainNames<M>]?: ClockDomain };
  /** Its name, in place of the one in the code. */
  readonly name?: string;
  /** For helpers: what this child is, put behind the name that the caller gives the result (`registers_front`). */
  readonly part?: string;
}

/**
 * Puts a child into the module being built and returns it: drive its inputs with `child.a.value = …`, read its outputs
 * as `child.sum`. Every input must be driven (LS0201). One object is one instance.
 */
export function instance<M extends Module>(child: M, options: InstanceOptions<M> = {}): M {
  const context = requireContext("instance()");
  const { source, name } = captureDeclaration(options, instance);
  return place(child, context, {
    source,
    base: name ?? child.moduleName,
    suffix: "",
    group: context.nextGroup(),
    domains: options.domains ?? {},
  });
}

/**
 * Puts `count` children into the module being built, named by their number: `const lanes = instances(4, (i) => new
 * Lane({ number: i }))` gives `lanes_0` to `lanes_3`. Complains (LS0106) of a count that is no whole number.
 */
export function instances<M extends Module>(count: number, make: (index: number) => M): M[] {
  const context = requireContext("instances()");
  const source = captureSource();
  if (!Number.isInteger(count) || count < 0) {
    context.report("LS0106", `instances(${count}): the count must be 0 or more`, "use a whole number of instances");
    return [];
  }
  const group = context.nextGroup();
  const name = captureName();
  return Array.from({ length: count }, (_, i) => {
    const child = make(i);
    return place(child, context, {
      source,
      base: name ?? child.moduleName,
      suffix: `_${i}`,
      group,
      domains: {},
    });
  });
}

interface Placement {
  readonly source: Source;
  readonly base: string;
  readonly suffix: string;
  readonly group: number;
  readonly domains: Readonly<Record<string, ClockDomain | undefined>>;
}

function place<M extends Module>(
  child: M,
  context: ModuleContext,
  { source, base: plain, suffix, group, domains: given }: Placement,
): M {
  const base = `${plain}${suffix}`;
  const id = context.instances.length;
  const ports = portsOf(child);
  const again = ports.find((handle) => handle.inner);
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
  const outer = outerDomains(context, base, child, given, source);
  const module = buildNetlist(child, context.elaboration, { parent: context, source, domains: outer });
  const targets = new Map<string, readonly Target[]>();
  for (const handle of ports) {
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
    targets.set(handle.name!, handle.inputTargets);
  }
  const domains = joinDomains(context, base, module, outer, source);
  context.instances.push({ id, base: plain, suffix, group, module, targets, domains, source });
  return child;
}
