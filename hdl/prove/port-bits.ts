import type { Port } from "../ir/index.ts";
import { leavesOf, wrapTo } from "../types/index.ts";

/** Bits of a port, packed. */
export function bitsOf(port: Port): number {
  return leavesOf(port.type).reduce((sum, { type }) => sum + type.width, 0);
}

/** The elements of a packed port value, element 0 from the least significant bits. */
export function elementsOf(port: Port, packed: bigint): bigint[] {
  let low = 0n;
  return leavesOf(port.type).map(({ type }) => {
    const value = wrapTo(packed >> low, type.width, type.kind === "sint");
    low += BigInt(type.width);
    return value;
  });
}
