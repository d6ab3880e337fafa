import { assert, cat, mux, muxOneHot, pack, register, type UInt, unpack, when } from "../../language/index.ts";
import { bit, type DataType, uint } from "../../types/index.ts";
import { type Handshake, handshake } from "./handshake.ts";

/** Who goes first when several ask: the first of the list, or each in turn. */
export type ArbitrationPolicy = "priority" | "round-robin";

/**
 * Takes items from several streams of one type, one at a time. Once an item is offered its stream keeps the way until the
 * item is taken, so that the rules of streams hold behind the arbiter too. `grant` has a bit per source.
 */
export function arbitrate<T extends DataType>(
  sources: readonly Handshake<T>[],
  policy: ArbitrationPolicy,
): Handshake<T> & { readonly grant: UInt } {
  const [first] = sources;
  if (first === undefined) throw new RangeError("arbitrate() of no streams");
  const requests = cat(...sources.map(({ valid }) => valid).reverse());
  const count = sources.length;
  const locked = register(bit, { reset: 0, part: "locked", gated: false });
  const last = register(uint(count), { reset: 0, part: "last", gated: false });
  const fresh = policy === "priority" ? requests.lowestOne() : afterLast(requests, last);
  const grant = mux(locked, last, fresh).truncate(count);
  const items = sources.map(({ data }) => pack(data as never));
  const next = handshake(first.type, requests.ne(0), unpack(first.type, muxOneHot(grant, items)));
  sources.forEach((source, i) => {
    source.ready.value = next.ready.and(grant.bit(i));
  });
  // What makes the rules of the streams behind the arbiter provable for runs of any length.
  when(locked, () => {
    assert(requests.and(last).ne(0), "an arbiter waits for a source that offers an item");
    assert(last.and(last.subWrap(1)).eq(0), "an arbiter waits for one source alone");
  });
  when(next.valid, () => {
    last.next = grant;
    locked.next = next.ready.not();
  });
  return { ...next, grant };
}

/** The first request above the one served last, else the first of all: each waits at most one round. */
function afterLast(requests: UInt, last: UInt): UInt {
  // Bits above the only 1 of `last`; all bits before anything was served.
  const above = last.subWrap(1).or(last).not();
  const later = requests.and(above);
  return mux(later.ne(0), later.lowestOne(), requests.lowestOne());
}
