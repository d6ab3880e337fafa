import { register, when } from "../../language/index.ts";
import { bit, type DataType } from "../../types/index.ts";
import { choose, held } from "./any-signal.ts";
import { fires, type Handshake, handshake } from "./handshake.ts";

/**
 * One register in the way of `valid` and `data`; `ready` goes through. Full throughput, a latency of one cycle.
 */
export function forwardSlice<T extends DataType>(source: Handshake<T>): Handshake<T> {
  const valid = register(bit, { reset: 0, part: "valid", gated: false });
  const enable = fires(source);
  const data = held(source.type, source.data, { enable, part: "data", noReset: "means something while valid is 1" });
  const next = handshake(source.type, valid, data);
  const ready = next.ready.or(valid.not());
  source.ready.value = ready;
  when(ready, () => {
    valid.next = source.valid;
  });
  return next;
}

/**
 * A skid buffer: one register in the way of `ready`; `valid` and `data` go through while nothing waits. Full throughput,
 * no latency.
 */
export function backwardSlice<T extends DataType>(source: Handshake<T>): Handshake<T> {
  const waiting = register(bit, { reset: 0, part: "waiting", gated: false });
  const free = waiting.not();
  const enable = fires(source);
  const skid = held(source.type, source.data, { enable, part: "skid", noReset: "means something while an item waits" });
  const next = handshake(source.type, source.valid.or(waiting), choose(waiting, skid, source.data));
  source.ready.value = free;
  when(free, () => {
    waiting.next = source.valid.and(next.ready.not());
  }).elsewhen(next.ready, () => {
    waiting.next = 0;
  });
  return next;
}

/** Registers in both ways: no path leads from one side to the other. Full throughput, a latency of one cycle. */
export function fullSlice<T extends DataType>(source: Handshake<T>): Handshake<T> {
  return forwardSlice(backwardSlice(source));
}
