import type { Node } from "../ir/index.ts";
import { ceilLog2 } from "../types/index.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import type { Value } from "./value.ts";

/** What selects one of `entries`, in exactly the bits that takes. `what` is its place, as `coerceTo` says. */
export function indexNode(index: Value | Literal, entries: number, what: string): Node {
  const width = Math.max(1, ceilLog2(entries));
  const bits = `${width} bit${width === 1 ? "" : "s"}`;
  const hint = `one of ${entries} takes ${bits}: give it those, or .wrap(${width}) where the upper bits mean nothing`;
  return coerceTo(index, width, false, what, undefined, hint);
}
