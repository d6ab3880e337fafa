import { register, type SignalOf, type UInt, when } from "../../language/index.ts";
import { bit, type DataType } from "../../types/index.ts";
import { andTree } from "../logic-trees.ts";
import { fires, type Handshake, handshake } from "./handshake.ts";

/**
 * Sends every item to each of `count` receivers, which may take it in different cycles: a bit per receiver remembers who
 * has it already. The item leaves the source when all have it.
 */
export function fork<T extends DataType>(source: Handshake<T>, count: number): Handshake<T>[] {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`fork(${count}): a stream is split into 1 or more`);
  const ends = Array.from({ length: count }, () => {
    const taken = register(bit, { reset: 0, part: "taken", gated: false });
    return { taken, end: handshake(source.type, source.valid.and(taken.not()), source.data) };
  });
  const done = andTree(ends.map(({ taken, end }) => taken.or(end.ready)));
  source.ready.value = done;
  for (const { taken, end } of ends) {
    when(source.valid.and(done), () => {
      taken.next = 0;
    }).elsewhen(fires(end), () => {
      taken.next = 1;
    });
  }
  return ends.map(({ end }) => end);
}

/** Waits for an item of each source and takes them together; `merge` makes one item of theirs. */
export function join<T extends DataType>(
  sources: readonly Handshake[],
  type: T,
  merge: (items: readonly SignalOf<DataType>[]) => SignalOf<T>,
): Handshake<T> {
  if (sources.length === 0) throw new RangeError("join() of no streams");
  const next = handshake(type, andTree(sources.map(({ valid }) => valid)), merge(sources.map(({ data }) => data)));
  sources.forEach((source, i) => {
    const others = sources.filter((_, other) => other !== i).map(({ valid }) => valid);
    source.ready.value = others.length === 0 ? next.ready : next.ready.and(andTree(others));
  });
  return next;
}

/** Sends every item to the receiver that `select` names; an item for a receiver that does not exist is dropped. */
export function route<T extends DataType>(source: Handshake<T>, select: UInt, count: number): Handshake<T>[] {
  const chosen = Array.from({ length: count }, (_, i) => select.eq(i));
  const ends = chosen.map((here) => handshake(source.type, source.valid.and(here), source.data));
  const nowhere = chosen.map((here) => here.not());
  const ready = ends.map((end, i) => end.ready.or(nowhere[i]!));
  source.ready.value = andTree(ready);
  return ends;
}
