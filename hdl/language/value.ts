import { captureSource, type Source } from "../diagnostics/index.ts";
import { constant, input as inputNode, instanceOutput, type Node, slice } from "../ir/index.ts";
import { expressionHint, propertyHint } from "./assignment-hints.ts";
import type { Literal } from "./coerce.ts";
import { currentContext, type ModuleContext, requireContext } from "./context.ts";
import type { PortHandle } from "./port-handle.ts";
import { isWithin, type Scope } from "./scope.ts";
import type { Target } from "./target.ts";

/**
 * What stands behind a value: a node of one module, an element of a port, which two modules see differently,
 * bits of one, or an element that a signal names.
 */
export type Backing =
  | {
      readonly kind: "node";
      readonly node: Node;
      readonly context: ModuleContext;
      readonly target?: Target | undefined;
    }
  | {
      /** The element of a vector, or bits of a value, that a signal names: several of which one is meant. */
      readonly kind: "element";
      readonly context: ModuleContext;
      readonly source: Source;
      /** For bits: the value that they are bits of. */
      readonly whole?: Value;
      read(): Node;
      drive(input: Value | Literal, property: "value" | "next"): void;
      /** For an element: the elements of the vector, and a way to run `use` with each under the condition that it is the one. */
      readonly among?: { readonly elements: readonly Value[]; forEach(use: (element: Value) => void): void };
    }
  | { readonly kind: "port"; readonly port: PortHandle; readonly element: number }
  | PartBacking;

/** Bits `low` and up of a signal that can be driven, as many as the value has. Made a node only when they are read. */
export interface PartBacking {
  readonly kind: "part";
  readonly whole: Value;
  readonly low: number;
  readonly source: Source;
  /** The slice last made, and the module that reads it. */
  made: { readonly node: Node; readonly context: ModuleContext } | undefined;
}

/** Base of `UInt` and `SInt`: an integer signal. */
export abstract class Value {
  /** Bits. */
  readonly width: number;
  abstract readonly signed: boolean;
  /** @internal */
  readonly backing: Backing;
  /** The block of statements in which it was made, for values of the module being built then. @internal */
  readonly scope: Scope | undefined;

  constructor(width: number, backing: Backing) {
    this.width = width;
    this.backing = backing;
    this.scope = currentContext()?.scope;
  }

  /** `a + 1` and `` `${a}` `` ask for this: an HDL's operators have names here, so it is always a mistake (LS0109). */
  [Symbol.toPrimitive](wanted: string): string | number {
    requireContext("a JavaScript operator on a signal").report(
      "LS0109",
      wanted === "string" ? "a signal is used as text" : "a signal is used with a JavaScript operator such as + or <",
      "signals have operators with names: .add(), .sub(), .lt(), .eq(), .and(); when() and mux() take the place of if",
    );
    return wanted === "string" ? "signal" : 0;
  }
}

/** What stands where a signal or number is needed, in a few words. */
export function describeStray(stray: unknown): string {
  if (typeof stray === "number" || typeof stray === "bigint") return `the literal ${stray}`;
  if (stray === null || typeof stray !== "object") return String(stray);
  return Array.isArray(stray) ? "an array" : `an object (${stray.constructor?.name ?? "Object"})`;
}

function reportForeign(
  context: ModuleContext,
  name: string,
  home: string | undefined,
  declared: Source | undefined,
): void {
  reportOutside(
    context,
    name,
    home === undefined
      ? [
          `port \`${name}\` of a module is used that is not an instance yet`,
          "put the module in place first: const child = instance(new Child(…))",
        ]
      : [
          `\`${name}\` belongs to ${home}, but is used in ${context.moduleName}`,
          "pass the value through a port: a module sees its own signals and the ports of its instances",
        ],
    declared,
  );
}

function reportOutside(
  context: ModuleContext,
  name: string,
  [message, hint]: readonly [string, string],
  declared: Source | undefined,
): void {
  context.report("LS0302", message, hint, {
    signal: name,
    places: [
      { source: captureSource(), note: "used here" },
      ...(declared ? [{ source: declared, note: "declared here" }] : []),
    ],
  });
}

/** Complains (LS0302) of a port that is not this module's nor one of its instances'. */
function reportForeignPort(context: ModuleContext, port: PortHandle, name: string): void {
  // The fields of the module being built were made where it was, before it: this one is in none of them.
  if (port.inner === undefined && port.field === undefined && port.madeIn === context.parent) {
    reportOutside(
      context,
      name,
      [
        `\`${name}\` is no port of ${context.moduleName}, because no field holds it`,
        "a port is a field or stands in an array that is one: readonly ins = [input(bit), input(bit)]; a child is put in place first, by instance()",
      ],
      port.source,
    );
  } else reportForeign(context, name, port.inner?.moduleName, port.source);
}

/** Complains (LS0213) about a value that is used outside the branch of a `when` that made it. */
function reportEscape(node: Node, target: Target | undefined, context: ModuleContext): void {
  if (node.kind === "constant") return;
  const source = target?.source ?? node.source;
  const name = target?.name ?? source?.name;
  context.report(
    "LS0213",
    `${name === undefined ? "a value" : `\`${name}\``} is used outside the when() that made it`,
    "make it before the when(), or drive a wire() in each branch and read that",
    {
      signal: name,
      places: [{ source: captureSource(), note: "used here" }, ...(source ? [{ source, note: "made here" }] : [])],
    },
  );
}

function portNode(port: PortHandle, element: number, context: ModuleContext): Node | undefined {
  const type = port.leaves[element]!.type;
  const signed = type.kind === "sint";
  const name = port.elementName(element);
  if (port.inner === context) {
    if (port.direction === "input") {
      port.innerNodes[element] ??= inputNode(port.name!, element, type.width, signed, { source: port.source });
      return port.innerNodes[element];
    }
    context.report(
      "LS0204",
      `output \`${name}\` is read inside its own module`,
      "give the value a name (const) before driving the output, and read that",
      { signal: name, places: [{ source: captureSource(), note: "read here" }, { source: port.source }] },
    );
    return undefined;
  }
  if (port.outer?.context === context) {
    if (port.direction === "output") {
      const { instance } = port.outer;
      port.outerNodes[element] ??= instanceOutput(instance, port.name!, element, type.width, signed);
      return port.outerNodes[element];
    }
    context.report(
      "LS0204",
      `input \`${port.outer.instanceName}.${name}\` of a child is read by its parent`,
      "read the value that drives it",
      { signal: name, places: [{ source: captureSource(), note: "read here" }, { source: port.source }] },
    );
    return undefined;
  }
  reportForeignPort(context, port, name);
  return undefined;
}

/** The node behind a value as seen from the module being built; complains (LS0302) when it belongs elsewhere. */
export function nodeOf(value: Value): Node {
  const context = requireContext("an operator");
  if (!(value instanceof Value)) {
    context.report(
      "LS0110",
      `${describeStray(value)} stands where a signal is needed`,
      "a plain number has a width only beside a signal: write constant(uint(4), 5)",
    );
    return constant(0n, 1, false);
  }
  const { backing } = value;
  let node: Node | undefined;
  if (backing.kind === "port") {
    node = portNode(backing.port, backing.element, context);
  } else if (backing.kind === "part") {
    if (backing.made?.context === context) return backing.made.node;
    node = slice(nodeOf(backing.whole), backing.low + value.width - 1, backing.low, { source: backing.source });
    backing.made = { node, context };
  } else if (backing.kind === "element") {
    if (backing.context === context) {
      const element = backing.read();
      if (!isWithin(context.scope, value.scope ?? context.rootScope)) reportEscape(element, undefined, context);
      return element;
    }
    reportForeign(context, backing.source.name ?? "an element", backing.context.moduleName, backing.source);
  } else if (backing.context === context) {
    const { scope } = value;
    if (scope && scope !== context.rootScope && !isWithin(context.scope, scope))
      reportEscape(backing.node, backing.target, context);
    return backing.node;
  } else {
    const { node: foreign } = backing;
    const name = backing.target?.name ?? foreign.source?.name ?? "a signal";
    reportForeign(context, name, backing.context.moduleName, backing.target?.source ?? foreign.source);
  }
  return node ?? constant(0n, value.width, value.signed);
}

/** Bits of `value` as something that can be driven; undefined when nothing stands behind it that could be. */
export function partBacking(value: Value, low: number): PartBacking | undefined {
  const { backing } = value;
  if (backing.kind === "element" || (backing.kind === "node" && !backing.target)) return undefined;
  const [whole, base] = backing.kind === "part" ? [backing.whole, backing.low] : [value, 0];
  return { kind: "part", whole, low: base + low, source: captureSource(), made: undefined };
}

/** Whether a value can be driven by `x.value = …`, and whether it can be read, in the module being built. */
export function rolesOf(value: Value): { readonly drivable: boolean; readonly readable: boolean } {
  const context = requireContext("an assignment");
  const { backing } = value;
  if (backing.kind === "part") return rolesOf(backing.whole);
  if (backing.kind === "element") {
    return backing.whole === undefined ? { drivable: true, readable: true } : rolesOf(backing.whole);
  }
  if (backing.kind === "node") {
    const ours = backing.context === context;
    return { drivable: ours && backing.target?.kind === "wire", readable: ours };
  }
  const { port } = backing;
  if (port.inner !== context && port.outer?.context !== context) return { drivable: false, readable: false };
  const drivable = (port.inner === context) === (port.direction === "output");
  return { drivable, readable: !drivable };
}

/** As `targetOf`; of an element that a signal names, the target of the first that it may be. */
export function firstTargetOf(value: Value, property: "value" | "next"): Target | undefined {
  const { backing } = value;
  const among = backing.kind === "element" ? backing.among : undefined;
  return among ? firstTargetOf(among.elements[0]!, property) : targetOf(value, property);
}

/**
 * What `x.value = …` or `x.next = …` drives, as seen from the module being built; undefined after a complaint. For bits of
 * a signal that is the whole signal.
 */
export function targetOf(value: Value, property: "value" | "next"): Target | undefined {
  const context = requireContext("an assignment");
  const { backing } = value;
  if (backing.kind === "part") return targetOf(backing.whole, property);
  let target: Target | undefined;
  let name: string;
  if (backing.kind === "port") {
    const { port, element } = backing;
    name = port.elementName(element);
    const inside = port.inner === context;
    const outside = port.outer?.context === context;
    if (!inside && !outside) {
      reportForeignPort(context, port, name);
      return undefined;
    }
    target = inside ? port.outputTargets?.[element] : port.inputTargets?.[element];
    if (!target) {
      const what = inside
        ? `input \`${name}\` is driven inside its own module`
        : `output \`${name}\` of a child is driven by its parent`;
      context.report(
        "LS0204",
        what,
        inside
          ? "an input is driven by the parent; read it here"
          : "an output is driven by the child itself; read it here",
        {
          signal: name,
          places: [
            { source: captureSource(), note: "driven here" },
            { source: port.source, note: "declared here" },
          ],
        },
      );
      return undefined;
    }
  } else if (backing.kind === "element") {
    reportForeign(context, backing.source.name ?? "an element", backing.context.moduleName, backing.source);
    return undefined;
  } else {
    target = backing.target;
    name = target?.name ?? backing.node.source?.name ?? "the value";
    if (!target) {
      context.report(
        "LS0204",
        `\`${name}\` is an expression, so nothing can be assigned to it`,
        expressionHint(backing.node),
        { signal: name },
      );
      return undefined;
    }
    if (target.context !== context) {
      reportForeign(context, name, target.context.moduleName, target.source);
      return undefined;
    }
  }
  if ((target.kind === "register") !== (property === "next")) {
    context.report(
      "LS0204",
      `\`${name}\` is ${target.kind === "output" ? "an" : "a"} ${target.kind}, which has no \`${property}\``,
      propertyHint(target),
      {
        signal: name,
        places: [
          { source: captureSource(), note: "driven here" },
          { source: target.source, note: "declared here" },
        ],
      },
    );
    return undefined;
  }
  return target;
}
