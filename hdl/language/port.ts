import { captureSource } from "../diagnostics/index.ts";
import type { DataType } from "../types/index.ts";
import { PortHandle } from "./port-handle.ts";
import { checkedLeaves, type SignalOf, signalOf } from "./signal-of.ts";

/** Marks the signal type of a port with its direction; exists for the type checker alone. */
declare const portDirection: unique symbol;

/** The signal of an input port. */
export type Input<T extends DataType> = SignalOf<T> & { readonly [portDirection]: "input" };

/** The signal of an output port. */
export type Output<T extends DataType> = SignalOf<T> & { readonly [portDirection]: "output" };

/** The names of a module's ports of one direction. */
export type PortNames<M, D extends "input" | "output"> = {
  [K in keyof M]-?: NonNullable<M[K]> extends { readonly [portDirection]: D } ? K : never;
}[keyof M] &
  string;

function port<T extends DataType>(direction: "input" | "output", type: T): SignalOf<T> {
  const handle = new PortHandle(direction, type, checkedLeaves(type, `this ${direction}`), captureSource());
  return signalOf(type, (_leaf, element) => ({ kind: "port", port: handle, element }));
}

/** Declares an input port; the field it is assigned to gives its name. The parent drives it through the instance. */
export function input<T extends DataType>(type: T): Input<T> {
  return port("input", type) as Input<T>;
}

/** Declares an output port; the field it is assigned to gives its name. `build()` drives it with `.value =`. */
export function output<T extends DataType>(type: T): Output<T> {
  return port("output", type) as Output<T>;
}
