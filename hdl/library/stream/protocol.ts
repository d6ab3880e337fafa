import { assert, assume, pack, past, type SignalOf, stable, type UInt, when } from "../../language/index.ts";
import type { DataType } from "../../types/index.ts";

/** The three parts of a stream where both ends are seen. */
interface StreamSignals {
  readonly valid: UInt<1>;
  readonly ready: UInt<1>;
  readonly data: SignalOf<DataType>;
}

function state(name: string, { valid, ready, data }: StreamSignals, property: typeof assert): void {
  when(past(valid.and(ready.not())), () => {
    property(valid, `${name}: valid stays until the item is taken`);
    property(stable(pack(data as never)), `${name}: data stays until the item is taken`);
  });
}

/** States the rules that the sender of a stream keeps: an item that is offered stays until it is taken. */
export function assertStream(name: string, signals: StreamSignals): void {
  state(name, signals, assert);
}

/** Relies on the sender of a stream to keep those rules. Simulation checks it, a proof of this module assumes it. */
export function assumeStream(name: string, signals: StreamSignals): void {
  state(name, signals, assume);
}
