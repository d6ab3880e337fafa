import { captureSource } from "../diagnostics/index.ts";
import { slice } from "../ir/index.ts";
import { bitWidth, type DataType, describeType, type Path, unflipped } from "../types/index.ts";
import { requireContext } from "./context.ts";
import { UInt } from "./integers.ts";
import { asSigned } from "./node-helpers.ts";
import { checkType, type SignalOf, signalOf } from "./signal-of.ts";
import { nodeOf, type Value } from "./value.ts";

/** Where each scalar of a packed type begins, in the order of `leavesOf`. */
export function lowBits(type: DataType): number[] {
  const lows: number[] = [];
  const visit = (inner: DataType, low: number): void => {
    if (inner.kind === "vec") {
      const width = bitWidth(inner.element);
      for (let i = 0; i < inner.length; i++) visit(inner.element, low + i * width);
    } else if (inner.kind === "bundle") {
      let above = low + bitWidth(inner);
      for (const field of Object.values(inner.fields)) {
        above -= bitWidth(unflipped(field));
        visit(unflipped(field), above);
      }
    } else lows.push(low);
  };
  visit(type, 0);
  return lows;
}

/** The reverse of `pack`: the bits of a value read as a type that has exactly as many (else LS0112). */
export function unpack<T extends DataType>(type: T, bits: UInt): SignalOf<T> {
  const context = requireContext("unpack()");
  checkType(type, "the type of unpack()");
  const source = captureSource();
  const width = bitWidth(type);
  let node = nodeOf(bits as Value);
  if (node.width !== width) {
    context.report(
      "LS0112",
      `unpack() reads ${node.width} bits as ${describeType(type)}, which has ${width}`,
      "give it exactly as many bits: slice(), extend() or wrap() before",
    );
    node = nodeOf(new UInt(node.width, { kind: "node", node, context }).resize(width) as Value);
  }
  const lows = lowBits(type);
  return signalOf(type, ({ type: scalar }: { type: { kind: string; width: number }; path: Path }, index) => {
    const low = lows[index]!;
    const part = scalar.width === width ? node : slice(node, low + scalar.width - 1, low, { source });
    return { kind: "node", node: scalar.kind === "sint" ? asSigned(part) : part, context };
  });
}
