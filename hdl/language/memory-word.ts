import { cast, concat, type Node } from "../ir/index.ts";
import { type DataType, type EnumType, enumerationOf, leavesOf, type ScalarType } from "../types/index.ts";
import { Bundle } from "./bundle.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { enumSignal } from "./enum.ts";
import type { UInt } from "./integers.ts";
import type { MemoryContents, WordValue } from "./memory-options.ts";
import { checkResetFields, resetAt } from "./reset-value.ts";
import { lowBits } from "./unpack.ts";
import { nodeOf, Value } from "./value.ts";
import { Vec } from "./vec.ts";

/** A scalar made to fit its type. An enumeration takes its members and, in contents, their numbers. */
function scalarNode(type: ScalarType, data: unknown, what: string): Node {
  if (enumerationOf(type) && (typeof data === "string" || data instanceof Value)) {
    return nodeOf(enumSignal(type as EnumType, data as string, what));
  }
  return coerceTo(data as UInt | Literal, type.width, type.kind === "sint", what);
}

/** A word to be written as one scalar: a value of the word's type, or the bits of a vector or bundle. */
export function packedNode(type: DataType, data: unknown, what: string): Node {
  if (type.kind === "uint" || type.kind === "sint") return scalarNode(type, data, what);
  const parts = leavesOf(type).map(({ path, type: scalar }) => {
    let value: unknown = data;
    for (const step of path) {
      if (value instanceof Bundle) value = Bundle.fieldOf(value, String(step));
      else if (value instanceof Vec) value = value.elements[Number(step)];
      else if (typeof value === "object" && value !== null && !(value instanceof Value)) {
        value = (value as Record<string | number, unknown>)[step];
      }
    }
    const place = `${what} ${path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("")}`;
    if (value === undefined) {
      requireContext("write()").report(
        "LS0112",
        `a word for ${what} has no \`${path.join(".")}\``,
        "give every field and element",
      );
    }
    const node = scalarNode(scalar, value ?? 0, place);
    return node.signed ? cast(node, false) : node;
  });
  const lows = lowBits(type);
  const order = parts.map((_, i) => i).sort((a, b) => lows[b]! - lows[a]!);
  return parts.length === 1 ? parts[0]! : concat(order.map((i) => parts[i]!));
}

/** The first words of a memory as numbers of its word; complains (LS0103, LS0112) about those that do not fit. */
export function contentsOf(type: DataType, given: MemoryContents, depth: number, what: string): bigint[] {
  const leaves = leavesOf(type);
  const lows = lowBits(type);
  return Array.from({ length: Math.min(given.length, depth) }, (_, index) => {
    const value = (given as ArrayLike<WordValue>)[index]!;
    const place = `word ${index} of ${what}`;
    checkResetFields(type, value, place);
    let word = 0n;
    leaves.forEach(({ path, type: scalar }, i) => {
      const literal = resetAt(value, path) ?? 0;
      const node = scalarNode(scalar, literal, place);
      const bits = node.kind === "constant" ? node.value : 0n;
      word |= (leaves.length === 1 ? bits : BigInt.asUintN(scalar.width, bits)) << BigInt(lows[i]!);
    });
    return word;
  });
}
