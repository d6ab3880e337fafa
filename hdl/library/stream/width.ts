import { type SignalOf, Vec } from "../../language/index.ts";
import { type DataType, type VecType, vec } from "../../types/index.ts";
import { counter } from "../counter.ts";
import { held } from "./any-signal.ts";
import { fires, type Handshake, handshake } from "./handshake.ts";

function checkCount(what: string, count: number): void {
  if (!Number.isInteger(count) || count < 2) throw new RangeError(`${what}(${count}): give 2 items or more`);
}

/**
 * Gathers `count` items into one vector, the first as element 0. The vector leaves with its last item, so the first
 * `count` − 1 are stored and nothing is lost in speed.
 */
export function widen<T extends DataType>(source: Handshake<T>, count: number): Handshake<VecType<T>> {
  checkCount("widen", count);
  const at = counter({ modulus: count, enable: fires(source) }).value;
  const last = at.eq(count - 1);
  const kept = Array.from({ length: count - 1 }, (_, i) =>
    held(source.type, source.data, {
      enable: fires(source).and(at.eq(i)),
      part: "item",
      noReset: "read when all are there",
    }),
  );
  const items = new Vec([...kept, source.data]);
  const next = handshake(vec(count, source.type), source.valid.and(last), items as unknown as SignalOf<VecType<T>>);
  source.ready.value = next.ready.or(last.not());
  return next;
}

/** Sends the elements of each vector one after the other, element 0 first. */
export function narrow<T extends DataType>(source: Handshake<VecType<T>>): Handshake<T> {
  const { length, element } = source.type;
  checkCount("narrow", length);
  const next = handshake(element, source.valid, undefined as never);
  const at = counter({ modulus: length, enable: fires(next) }).value;
  const items = source.data as unknown as Vec<SignalOf<T>>;
  source.ready.value = next.ready.and(at.eq(length - 1));
  return { ...next, data: (items.at as (index: unknown) => unknown).call(items, at) as SignalOf<T> };
}
