import { captureSource } from "../diagnostics/index.ts";
import { bitwise, compare, constant, type Node, not } from "../ir/index.ts";
import { requireContext } from "./context.ts";
import { enableNode } from "./when.ts";

/** What an index beyond the end does. */
export interface IndexOptions {
  /** `zero` says that reading 0 and driving nothing there is meant: simulation does not check the index. */
  readonly beyond?: "zero";
}

/**
 * Lets simulation check at every clock edge that an index is below `count`, where its bits allow another value; inside
 * `when` only where that block is reached. `what` names what is indexed.
 */
export function checkRange(index: Node, count: number, what: string, { beyond }: IndexOptions): void {
  // An extension adds no values: what its bits cannot say needs no check.
  let inner = index;
  while (inner.kind === "extend") inner = inner.operand;
  if (beyond === "zero" || inner.kind === "constant" || 2 ** inner.width <= count) return;
  const context = requireContext(what);
  const source = captureSource();
  let condition: Node = compare("lt", index, constant(BigInt(count), index.width, false), { source });
  const enable = enableNode(context);
  if (enable) condition = bitwise("or", not(enable, { source }), condition, { source });
  context.properties.push({
    kind: "assert",
    base: `${source.name ?? "index"}_in_range`,
    group: context.nextGroup(),
    message: `the index of ${what} is at most ${count - 1}`,
    condition,
    domain: context.domain,
    duringReset: false,
    rangeCheck: true,
    source,
  });
}
