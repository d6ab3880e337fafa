import { captureSource } from "../diagnostics/index.ts";
import { concat } from "../ir/index.ts";
import { requireContext } from "./context.ts";
import { type SInt, type UInt, uintOf } from "./integers.ts";
import { nodeOf } from "./value.ts";
import { Vec } from "./vec.ts";

/** The bits of signals side by side, the first argument most significant (as `{a, b}` in Verilog). */
export function cat(...parts: readonly (UInt | SInt)[]): UInt {
  const context = requireContext("cat()");
  if (parts.length === 0) {
    context.report("LS0106", "cat() of nothing has no width", "give it at least one signal");
  }
  return uintOf(concat(parts.map(nodeOf), { source: captureSource() }), context);
}

/** The bits of a vector as on a port: element 0 in the least significant bits. */
export function pack(vector: Vec<UInt> | Vec<SInt> | readonly (UInt | SInt)[]): UInt {
  const elements: readonly (UInt | SInt)[] = vector instanceof Vec ? vector.elements : vector;
  return cat(...[...elements].reverse());
}
