import { captureSource, type Source } from "../diagnostics/index.ts";
import { bitwise, compare, constant, type Node, not, operandsOf, register } from "../ir/index.ts";
import { Bundle } from "./bundle.ts";
import { type DomainHistory, type ModuleContext, type RegisterDraft, requireContext } from "./context.ts";
import { Enum } from "./enum.ts";
import { UInt } from "./integers.ts";
import { scalarSignal } from "./signal-of.ts";
import type { Target } from "./target.ts";
import { nodeOf, type Value } from "./value.ts";
import { Vec } from "./vec.ts";
import { type Condition, conditionNode } from "./when.ts";

/** More cycles than a property looks back on purpose. */
const mostCycles = 4096;

/** A register of a clock domain beside what the user declared, loaded at every edge. */
function keep(
  context: ModuleContext,
  domain: number,
  base: string,
  next: Node,
  reset?: bigint,
  source: Source = captureSource(),
): Node {
  const { width, signed } = next;
  const node = register(context.registers.length, width, signed, { source });
  const target: Target = {
    kind: "register",
    name: base,
    width,
    signed,
    context,
    source,
    assignments: [{ scope: context.rootScope, value: next, low: 0, source }],
  };
  const group = context.nextGroup();
  const draft: RegisterDraft = {
    node,
    base,
    suffix: "",
    group,
    reset,
    target,
    source,
    domain,
    enable: undefined,
    crossing: undefined,
    enumeration: undefined,
  };
  context.registers.push(draft);
  return node;
}

function nameOf(context: ModuleContext, node: Node): string {
  if (node.kind === "input") return node.port;
  if (node.kind === "register") return context.registers[node.id]?.base ?? "value";
  return node.label ?? node.source?.name ?? "value";
}

function historyOf(context: ModuleContext, domain: number): DomainHistory {
  let history = context.history.domains.get(domain);
  if (!history) {
    history = { chains: new Map(), started: [] };
    context.history.domains.set(domain, history);
  }
  return history;
}

/** The value of a node `cycles` edges ago; one chain of registers per node, however often it is asked for. */
function pastNode(context: ModuleContext, now: Node, cycles: number): Node {
  const chains = historyOf(context, context.domain).chains;
  let chain = chains.get(now);
  if (!chain) {
    chain = [];
    chains.set(now, chain);
  }
  const before = depthOf(context, now);
  for (let i = chain.length; i < cycles; i++) {
    const node = keep(
      context,
      context.domain,
      `past_${nameOf(context, now)}${i === 0 ? "" : `_${i + 1}`}`,
      i === 0 ? now : chain[i - 1]!,
    );
    chain.push(node);
    context.history.depths.set(node, before + i + 1);
  }
  return chain[cycles - 1]!;
}

/** How many cycles back a node looks by way of `past` and its kin: the deepest among all that it is computed from. */
export function depthOf(context: ModuleContext, root: Node): number {
  const { depths } = context.history;
  if (depths.size === 0) return 0;
  const seen = new Set<Node>();
  const waiting = [root];
  let deepest = 0;
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    deepest = Math.max(deepest, depths.get(node) ?? 0);
    if (node.kind === "wire") {
      const target = context.wires[node.id]?.target;
      for (const { value } of target?.assignments ?? []) waiting.push(value);
    }
    for (const operand of operandsOf(node)) waiting.push(operand);
  }
  return deepest;
}

/** 1 when at least `cycles` edges have passed since the last reset, or since the start where there is none. */
export function startedNode(context: ModuleContext, domain: number, cycles: number, source?: Source): Node {
  const { started } = historyOf(context, domain);
  // Without a reset the registers of two-state simulators begin at 0, and an unknown condition does not fail.
  const reset = context.domains[domain]!.resetKind === "none" ? undefined : 0n;
  while (started.length < cycles) {
    const before = started.at(-1) ?? constant(1n, 1, false);
    started.push(keep(context, domain, `started_${started.length + 1}`, before, reset, source));
  }
  return started[cycles - 1]!;
}

/**
 * The value as it was `cycles` clock edges ago, for properties: of a signal, or of every signal in a vector or bundle. A
 * property that looks n cycles back begins to hold n cycles after reset, by itself. Registers without reset keep the values.
 */
export function past<S extends Value | Vec<unknown> | Bundle>(signal: S, cycles?: number): S;
export function past(signal: unknown, cycles = 1): unknown {
  const context = requireContext("past()");
  if (!Number.isInteger(cycles) || cycles < 1 || cycles > mostCycles) {
    context.report("LS0502", `past(…, ${cycles}) looks ${cycles} cycles back`, `look 1 to ${mostCycles} cycles back`);
    return signal;
  }
  if (signal instanceof Vec) return new Vec(signal.elements.map((element) => past(element as Value, cycles)));
  if (signal instanceof Bundle) {
    const fields = Object.entries(signal).map(([name, field]) => [name, past(field as Value, cycles)]);
    return new Bundle(Bundle.typeOf(signal), Object.fromEntries(fields));
  }
  const now = nodeOf(signal as Value);
  const node = pastNode(context, now, cycles);
  const type =
    signal instanceof Enum ? signal.type : ({ kind: now.signed ? "sint" : "uint", width: now.width } as const);
  return scalarSignal(type, { kind: "node", node, context });
}

function flag(context: ModuleContext, node: Node): UInt<1> {
  return new UInt<1>(1, { kind: "node", node, context });
}

/** 1 in the cycle in which a one-bit signal is 1 and was 0 in the cycle before; for properties. */
export function rose(signal: Condition): UInt<1> {
  const context = requireContext("rose()");
  const source = captureSource();
  const now = conditionNode(signal, "rose()");
  return flag(context, bitwise("and", now, not(pastNode(context, now, 1), { source }), { source }));
}

/** 1 in the cycle in which a one-bit signal is 0 and was 1 in the cycle before; for properties. */
export function fell(signal: Condition): UInt<1> {
  const context = requireContext("fell()");
  const source = captureSource();
  const now = conditionNode(signal, "fell()");
  return flag(context, bitwise("and", not(now, { source }), pastNode(context, now, 1), { source }));
}

/** The scalar signals of a signal, a vector or a bundle. */
function scalarsOf(signal: unknown): Value[] {
  if (signal instanceof Vec) return signal.elements.flatMap(scalarsOf);
  if (signal instanceof Bundle) return Object.values(signal).flatMap(scalarsOf);
  return [signal as Value];
}

/** 1 when a signal, or every signal in a vector or bundle, has the value that it had in the cycle before; for properties. */
export function stable(signal: Value | Vec<unknown> | Bundle): UInt<1> {
  const context = requireContext("stable()");
  const source = captureSource();
  const same = scalarsOf(signal).map((scalar): Node => {
    const now = nodeOf(scalar);
    return compare("eq", now, pastNode(context, now, 1), { source });
  });
  const all = same.reduce((joined, each) => bitwise("and", joined, each, { source }));
  return flag(context, all);
}

/** 1 in the first cycle after reset (or of all, where nothing is reset), 0 from then on; for properties. */
export function initially(): UInt<1> {
  const context = requireContext("initially()");
  return flag(context, not(startedNode(context, context.domain, 1), { source: captureSource() }));
}
