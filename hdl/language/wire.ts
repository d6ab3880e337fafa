import { wire as wireNode } from "../ir/index.ts";
import type { DataType } from "../types/index.ts";
import { declare } from "./declare.ts";
import type { SignalOf } from "./signal-of.ts";

/** Options of a wire. */
export interface WireOptions {
  /** For helpers that declare several signals: what this one is, put behind the name that the caller gives the result. */
  readonly part?: string;
}

/** Declares a signal that can be read before it is driven: for feedback, and for values given under conditions. */
export function wire<T extends DataType>(type: T, options: WireOptions = {}): SignalOf<T> {
  return declare(
    "wire",
    type,
    ({ context, target, source, path: _path, ...names }) => {
      const node = wireNode(context.wires.length, target.width, target.signed, { source });
      context.wires.push({ node, target, ...names });
      return node;
    },
    { part: options.part },
  );
}
