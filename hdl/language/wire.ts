import { captureSource } from "../diagnostics/index.ts";
import { wire as wireNode } from "../ir/index.ts";
import type { DataType } from "../types/index.ts";
import { requireContext } from "./context.ts";
import { pathSuffix, pathText } from "./port-handle.ts";
import { checkedLeaves, type SignalOf, signalOf } from "./signal-of.ts";
import type { Target } from "./target.ts";

/** Declares a signal that can be read before it is driven: for feedback, and for values given under conditions. */
export function wire<T extends DataType>(type: T): SignalOf<T> {
  const context = requireContext("wire()");
  const source = captureSource();
  const base = source.name ?? "wire";
  const leaves = checkedLeaves(type, `wire \`${base}\``);
  const group = context.nextGroup();
  return signalOf(type, (leaf, index) => {
    const { type: scalar, path } = leaves[index]!;
    const signed = scalar.kind === "sint";
    const node = wireNode(context.wires.length, scalar.width, signed, { source });
    const target: Target = {
      kind: "wire",
      name: base + pathText(leaf.path),
      width: scalar.width,
      signed,
      context,
      source,
      assignments: [],
    };
    context.wires.push({ node, base, suffix: pathSuffix(path), group, target });
    return { kind: "node", node, context, target };
  });
}
