import { type Node, register as registerNode, wire as wireNode } from "../ir/index.ts";
import type { DataType } from "../types/index.ts";
import { declare } from "./declare.ts";
import type { SignalOf } from "./signal-of.ts";
import { type Condition, conditionNode } from "./when.ts";

/** Options of a latch. */
export interface LatchOptions {
  /** Its name, in place of the one in the code. */
  readonly name?: string;
  /** While this is 1 the latch shows what drives it; while it is 0, what it showed last. */
  readonly transparent: Condition;
}

/**
 * Declares a latch, driven by `.value =` on every path: a value that goes through while `transparent` is 1 and is held
 * while it is 0. Unknown until it has been transparent once. For clock gates and small buffers; most designs want a
 * `register`.
 */
export function latch<T extends DataType>(type: T, options: LatchOptions): SignalOf<T> {
  let transparent: Node | undefined;
  return declare(
    "wire",
    type,
    ({ context, target, source, path: _path, ...names }) => {
      const { width, signed } = target;
      transparent ??= conditionNode(options.transparent, "a latch");
      const held = registerNode(context.registers.length, width, signed, { source });
      const node = wireNode(context.wires.length, width, signed, { source });
      const none = { reset: undefined, enable: undefined, crossing: undefined, domain: context.domain };
      context.registers.push({
        node: held,
        latch: context.wires.length,
        ...none,
        target,
        source,
        ...names,
        base: `${names.base}_latch`,
      });
      context.wires.push({ node, target, latch: { held, transparent }, ...names });
      return node;
    },
    options,
  );
}
