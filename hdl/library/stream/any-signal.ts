import { type Condition, mux, type RegisterOptions, register, type SignalOf } from "../../language/index.ts";
import type { DataType } from "../../types/index.ts";

/** What every signal offers, whatever its type. */
interface Assignable {
  next: unknown;
  value: unknown;
}

/** `mux` of two signals of one type that is not known here. */
export function choose<T extends DataType>(
  condition: Condition,
  whenTrue: SignalOf<T>,
  whenFalse: SignalOf<T>,
): SignalOf<T> {
  return mux(condition, whenTrue as never, whenFalse as never) as SignalOf<T>;
}

/** Drives a signal whose type is not known here. */
export function drive<T extends DataType>(signal: SignalOf<T>, value: SignalOf<T>): void {
  (signal as Assignable).value = value;
}

/** A register that takes `value` at every edge at which `enable` is 1. */
export function held<T extends DataType>(type: T, value: SignalOf<T>, options: RegisterOptions): SignalOf<T> {
  const kept = register(type, { ...options, gated: false });
  (kept as Assignable).next = value;
  return kept;
}
