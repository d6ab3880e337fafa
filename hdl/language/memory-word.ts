import { cast, concat, type Node } from "../ir/index.ts";
import { type DataType, leavesOf, type ScalarType } from "../types/index.ts";
import { Bundle } from "./bundle.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { requireContext } from "./context.ts";
import type { UInt } from "./integers.ts";
import type { MemoryContents, WordValue } from "./memory-options.ts";
import { checkResetFields, resetAt } from "./reset-value.ts";
import { lowBits } from "./unpack.ts";
import { Value } from "./value.ts";
import { Vec } from "./vec.ts";

/** A word to be written as one scalar: a value of the word's type, or the bits of a vector or bundle. */
export function packedNode(type: DataType, word: ScalarType, data: unknown, what: string): Node {
  if (type.kind === word.kind) return coerceTo(data as UInt | Literal, word.width, word.kind === "sint", what);
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
    const node = coerceTo((value ?? 0) as UInt | Literal, scalar.width, scalar.kind === "sint", place);
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
      const node = coerceTo(literal, scalar.width, scalar.kind === "sint", place);
      const bits = node.kind === "constant" ? node.value : 0n;
      word |= (leaves.length === 1 ? bits : BigInt.asUintN(scalar.width, bits)) << BigInt(lows[i]!);
    });
    return word;
  });
}
