import { captureSource } from "../diagnostics/index.ts";
import type { DataType } from "../types/index.ts";
import { PortHandle } from "./port-handle.ts";
import { checkedLeaves, type SignalOf, signalOf } from "./signal-of.ts";

function port<T extends DataType>(direction: "input" | "output", type: T): SignalOf<T> {
  const handle = new PortHandle(direction, type, checkedLeaves(type, `this ${direction}`), captureSource());
  return signalOf(type, (_leaf, element) => ({ kind: "port", port: handle, element }));
}

/** Declares an input port; the field it is assigned to gives its name. The parent drives it through the instance. */
export function input<T extends DataType>(type: T): SignalOf<T> {
  return port("input", type);
}

/** Declares an output port; the field it is assigned to gives its name. `build()` drives it with `.value =`. */
export function output<T extends DataType>(type: T): SignalOf<T> {
  return port("output", type);
}
