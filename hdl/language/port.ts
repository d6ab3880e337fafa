import { captureSource } from "../diagnostics/index.ts";
import type { DataType } from "../types/index.ts";
import type { ClockDomain } from "./clock-domain.ts";
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

/** Options of a port. */
export interface PortOptions {
  /** The clock domain whose registers drive or read it; crossings are checked by it (LS0304). */
  readonly domain?: ClockDomain;
}

function port<T extends DataType>(direction: "input" | "output", type: T, { domain }: PortOptions): SignalOf<T> {
  const handle = new PortHandle(direction, type, checkedLeaves(type, `this ${direction}`), captureSource(), domain);
  return signalOf(type, (_leaf, element) => ({ kind: "port", port: handle, element }));
}

/** Declares an input port; the field it is assigned to gives its name. The parent drives it through the instance. */
export function input<T extends DataType>(type: T, options: PortOptions = {}): Input<T> {
  return port("input", type, options) as Input<T>;
}

/** Declares an output port; the field it is assigned to gives its name. `build()` drives it with `.value =`. */
export function output<T extends DataType>(type: T, options: PortOptions = {}): Output<T> {
  return port("output", type, options) as Output<T>;
}
