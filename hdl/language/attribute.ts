import type { AttributeValue } from "../ir/index.ts";
import { portsOf } from "./build.ts";
import { Bundle } from "./bundle.ts";
import { checkedAttributes } from "./checked-attributes.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import { Memory } from "./memory.ts";
import { Module } from "./module.ts";
import { Value } from "./value.ts";
import { Vec } from "./vec.ts";

/** The things of the module being built that `thing` stands for; undefined when it stands for none of them. */
function subjectsOf(thing: unknown, context: ModuleContext): object[] | undefined {
  if (thing instanceof Value) {
    const { backing } = thing;
    if (backing.kind === "port") return backing.port.inner === context ? [backing.port] : undefined;
    return backing.kind === "node" && backing.target?.context === context ? [backing.node] : undefined;
  }
  if (thing instanceof Memory) {
    return context.memories.some(({ source }) => source === thing.declaredAt) ? [thing.declaredAt] : undefined;
  }
  if (thing instanceof Module) {
    const outer = portsOf(thing)[0]?.outer;
    return outer?.context === context ? [context.instances[outer.instance]!] : undefined;
  }
  const parts = thing instanceof Vec ? thing.elements : thing instanceof Bundle ? Object.values(thing) : [];
  const subjects = parts.map((part) => subjectsOf(part, context));
  return subjects.length > 0 && subjects.every((each) => each !== undefined)
    ? [...new Set(subjects.flat())]
    : undefined;
}

/**
 * Gives a register, wire, port of one's own, memory or instance a Verilog attribute, `(* keep = "true" *)`, and returns
 * it; a vector or bundle gives it to all its parts. For synthesis and layout: it changes nothing in simulation, but what
 * has one stays in the design even if nothing reads it. A module has its own in `get attributes()`.
 */
export function attribute<T extends object>(thing: T, name: string, value: AttributeValue = true): T {
  const context = requireContext("attribute()");
  const subjects = subjectsOf(thing, context);
  if (subjects === undefined) {
    context.report(
      "LS0324",
      `attribute \`${name}\` is given to something that this module does not declare`,
      "give it to a register, wire, memory, instance or port of the module being built; an expression has none",
    );
    return thing;
  }
  for (const subject of subjects) {
    context.attributes.set(subject, checkedAttributes({ ...context.attributes.get(subject), [name]: value }, context));
  }
  return thing;
}
