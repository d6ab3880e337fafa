import { captureSource } from "../diagnostics/index.ts";
import { indexBits, type Node, slice } from "../ir/index.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { asUnsigned } from "./node-helpers.ts";
import { type Backing, firstTargetOf, nodeOf, targetOf, type Value } from "./value.ts";

/** Where the bits begin: a number, or the node of a signal that says it. */
type Place = number | Node;

/** Whether something stands behind a value that can be driven in parts. */
function isDrivable({ backing }: Value): boolean {
  if (backing.kind === "element") return backing.among !== undefined;
  return backing.kind !== "node" || backing.target !== undefined;
}

/** Assigns to the bits of a signal from `place` on; those beyond its end are not driven. */
function driveBits(whole: Value, place: Place, value: Node, property: "value" | "next"): void {
  const { backing } = whole;
  if (backing.kind === "element") {
    backing.among!.forEach((element) => {
      driveBits(element, place, value, property);
    });
    return;
  }
  const target = targetOf(whole, property);
  if (!target) return;
  const base = backing.kind === "part" ? backing.low : 0;
  const where = typeof place === "number" ? { low: base + place } : { low: base, at: place, among: whole.width };
  target.assignments.push({ scope: target.context.scope, value, ...where, source: captureSource() });
}

/**
 * Bits of a signal from a place on that another signal says, or bits of an element that a signal names: what is behind
 * them. Reading takes them, driving drives them and no others; beyond the end they read 0 and nothing is driven.
 * Undefined for a value that cannot be driven.
 */
export function chosenBits(whole: Value, place: Place, width: number): Backing | undefined {
  if (!isDrivable(whole)) return undefined;
  const context = requireContext("bits of a signal");
  const source = captureSource();
  let node: Node | undefined;
  const read = (): Node => {
    node ??=
      typeof place === "number"
        ? slice(nodeOf(whole), place + width - 1, place, { source })
        : indexBits(asUnsigned(nodeOf(whole)), place, 1, width, { source });
    return node;
  };
  const drive = (input: Value | Literal, property: "value" | "next"): void => {
    const target = firstTargetOf(whole, property);
    if (!target) return;
    const what = `${width === 1 ? "a bit" : "a part"} of \`${target.name}\``;
    driveBits(whole, place, coerceTo(input, width, false, what, target), property);
  };
  return { kind: "element", context, source, whole, read, drive };
}
