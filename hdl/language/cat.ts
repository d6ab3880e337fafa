import { captureSource } from "../diagnostics/index.ts";
import { concat } from "../ir/index.ts";
import type { Joined } from "../types/index.ts";
import { Bundle } from "./bundle.ts";
import { requireContext } from "./context.ts";
import { type SInt, type UInt, uintOf } from "./integers.ts";
import { nodeOf } from "./value.ts";
import { Vec } from "./vec.ts";

/** The bits of signals side by side; a `number` when it is not known how many signals there are. */
type CatWidth<P extends readonly unknown[]> = P extends readonly [{ readonly width: infer W extends number }]
  ? W
  : P extends readonly [{ readonly width: infer W extends number }, ...infer Rest]
    ? Joined<W, CatWidth<Rest>>
    : number;

/** The bits of signals side by side, the first argument most significant (as `{a, b}` in Verilog). */
export function cat<P extends readonly (UInt | SInt)[]>(...parts: P): UInt<CatWidth<P>>;
export function cat(...parts: readonly (UInt | SInt)[]): UInt {
  const context = requireContext("cat()");
  if (parts.length === 0) {
    context.report("LS0106", "cat() of nothing has no width", "give it at least one signal");
  }
  return uintOf(concat(parts.map(nodeOf), { source: captureSource(cat) }), context);
}

/** What `pack` takes: a signal, a vector or bundle of them, or an array of scalars. */
type Packable = UInt | SInt | Vec<unknown> | Bundle | readonly (UInt | SInt)[];

function partsOf(signal: unknown): (UInt | SInt)[] {
  if (signal instanceof Bundle) return Object.values(signal).flatMap(partsOf);
  if (signal instanceof Vec || Array.isArray(signal))
    return [...(signal as Iterable<unknown>)].reverse().flatMap(partsOf);
  return [signal as UInt | SInt];
}

/**
 * All bits side by side: element 0 of a vector in the least significant bits, as on a port; the first field of a bundle in
 * the most significant ones, as it is written and as in a packed struct of SystemVerilog.
 */
export function pack(signal: Packable): UInt {
  return cat(...partsOf(signal));
}
