import { captureSource } from "../diagnostics/index.ts";
import { register as registerNode } from "../ir/index.ts";
import type { DataType } from "../types/index.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { pathSuffix, pathText } from "./port-handle.ts";
import { checkedLeaves, type SignalOf, signalOf } from "./signal-of.ts";
import type { Target } from "./target.ts";

/** Options of a register. */
export interface RegisterOptions {
  /** The value after reset (synchronous, active high), for every element. Without it the register is not reset. */
  readonly reset?: Literal;
}

/**
 * Declares a register on the rising edge of the clock. Reading it gives what it holds; `.next =` says what it holds
 * after the next edge. Where nothing is assigned it keeps its value.
 */
export function register<T extends DataType>(type: T, options: RegisterOptions = {}): SignalOf<T> {
  const context = requireContext("register()");
  const source = captureSource();
  const base = source.name ?? "register";
  const leaves = checkedLeaves(type, `register \`${base}\``);
  const group = context.nextGroup();
  return signalOf(type, (leaf, index) => {
    const { type: scalar, path } = leaves[index]!;
    const signed = scalar.kind === "sint";
    const node = registerNode(context.registers.length, scalar.width, signed, { source });
    const target: Target = {
      kind: "register",
      name: base + pathText(leaf.path),
      width: scalar.width,
      signed,
      context,
      source,
      assignments: [],
    };
    let reset: bigint | undefined;
    if (options.reset !== undefined) {
      const value = coerceTo(options.reset, scalar.width, signed, `the reset value of \`${target.name}\``);
      reset = value.kind === "constant" ? value.value : 0n;
    }
    context.registers.push({ node, base, suffix: pathSuffix(path), group, reset, target, source });
    return { kind: "node", node, context, target };
  });
}
