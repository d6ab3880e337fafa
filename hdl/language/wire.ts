import { wire as wireNode } from "../ir/index.ts";
import type { DataType } from "../types/index.ts";
import { declare } from "./declare.ts";
import type { SignalOf } from "./signal-of.ts";
import type { TargetWords } from "./target.ts";

/** Options of a wire. */
export interface WireOptions {
  /** Its name, in place of the one in the code. */
  readonly name?: string;
  /** For helpers that declare several signals: what this one is, put behind the name that the caller gives the result. */
  readonly part?: string;
  /** For components that give their caller something else than this wire: what complaints say of it, by its name. @internal */
  readonly words?: (name: string | undefined) => TargetWords;
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
    options,
  );
}
