import { captureSource, type Source } from "../diagnostics/index.ts";
import { compare, concat, constant, extend, indexBits, type Node } from "../ir/index.ts";
import { assign } from "./bits.ts";
import { coerceTo, type Literal, operandNode } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { Enum } from "./enum.ts";
import { indexNode } from "./index-node.ts";
import { SInt, UInt } from "./integers.ts";
import { asSigned, asUnsigned } from "./node-helpers.ts";
import { checkRange, type IndexOptions } from "./range-check.ts";
import type { Chain } from "./scope.ts";
import { type Backing, firstTargetOf, type Value } from "./value.ts";
import { branch } from "./when.ts";

/** The place of something that has no name. */
function withoutName(source: Source): Source {
  return {
    get location() {
      return source.location;
    },
    name: undefined,
  };
}

/** The name of the vector that an element is the first of, where it has one. */
function nameOf({ backing }: Value): string | undefined {
  const name =
    backing.kind === "port"
      ? backing.port.elementName(backing.element)
      : backing.kind === "node"
        ? backing.target?.name
        : undefined;
  return name === undefined ? undefined : `\`${name.replace(/\[0\].*$/, "")}\``;
}

/**
 * The element of a vector that a signal names. Reading it chooses among all elements and gives 0 beyond the last;
 * driving it drives the element named and no other. The index has as many bits as the number of the last element.
 */
export function dynamicElement(
  elements: readonly (UInt | SInt | Enum)[],
  index: UInt,
  options: IndexOptions = {},
): UInt | SInt | Enum {
  const context = requireContext("at()");
  const place = indexNode(index, elements.length, "the index of at()");
  checkRange(place, elements.length, nameOf(elements[0]!) ?? "at()", options);
  const source = captureSource();
  // What the code names is the element, and not what finds it.
  const unnamed = withoutName(source);
  const { signed } = elements[0]!;
  const width = elements.reduce((most, element) => Math.max(most, element.width), 1);
  let node: Node | undefined;
  const read = (): Node => {
    if (node === undefined) {
      const parts = elements.map((element) => {
        const part = operandNode(element, signed, "at()");
        return asUnsigned(part.width < width ? extend(part, width, { source: unnamed }) : part);
      });
      const found = indexBits(concat(parts.reverse(), { source: unnamed }), place, width, width, { source });
      node = signed ? asSigned(found) : found;
    }
    return node;
  };
  const forEach = (use: (element: Value) => void): void => {
    elements.forEach((element, i) => {
      const isThis = compare("eq", place, constant(BigInt(i), place.width, false), { source: unnamed });
      const { scope: outer } = context;
      const chain: Chain = { conditions: [isThis], outer, hasOtherwise: false, branches: 0, selects: true };
      branch(context, chain, () => use(element));
    });
  };
  const drive = (input: Value | Literal, property: "value" | "next"): void => {
    const first = firstTargetOf(elements[0]!, property);
    if (!first) return;
    const what = `an element of \`${first.name.replace(/(\[0\])+$/, "")}\``;
    const value = coerceTo(input, first.width, first.signed, what, first);
    const given = new (signed ? SInt : UInt)(first.width, { kind: "node", node: value, context });
    forEach((element) => assign(element, given, property));
  };
  const backing: Backing = { kind: "element", context, source, among: { elements, forEach }, read, drive };
  const first = elements[0]!;
  if (first instanceof Enum) return new Enum(first.type, backing);
  return signed ? new SInt(width, backing) : new UInt(width, backing);
}
