import { captureSource } from "../diagnostics/index.ts";
import { type DataType, leavesOf, packedParts } from "../types/index.ts";
import type { ClockDomain } from "./clock-domain.ts";
import { PortHandle } from "./port-handle.ts";
import { checkType, type SignalOf, signalOf } from "./signal-of.ts";
import type { Backing } from "./value.ts";

/** Marks the signal type of a port with its direction and type; exists for the type checker alone. */
declare const portDirection: unique symbol;
declare const portType: unique symbol;

/**
 * What the checker knows of any port of a direction. It may be missing, so that what is made of ports goes where they do:
 * `ports.reduce((x, y) => x.and(y))` gives no port back.
 */
export interface PortMark<D extends "input" | "output", T extends DataType = DataType> {
  readonly [portDirection]?: D;
  readonly [portType]?: T;
}

/** The type of a port of direction `D`; undefined for anything else. */
export type PortType<P, D extends "input" | "output"> =
  P extends PortMark<D, infer T> ? (typeof portDirection extends keyof P ? T : undefined) : undefined;

/** The signal of an input port. */
export type Input<T extends DataType> = SignalOf<T> & PortMark<"input", T>;

/** The signal of an output port. */
export type Output<T extends DataType> = SignalOf<T> & PortMark<"output", T>;

/** The names of a module's ports of one direction. */
export type PortNames<M, D extends "input" | "output"> = {
  [K in keyof M]-?: PortType<NonNullable<M[K]>, D> extends DataType ? K : never;
}[keyof M] &
  string;

/** Options of a port. */
export interface PortOptions {
  /** The clock domain whose registers drive or read it; crossings are checked by it (LS0304). */
  readonly domain?: ClockDomain;
}

function port<T extends DataType>(direction: "input" | "output", type: T, { domain }: PortOptions): SignalOf<T> {
  checkType(type, `this ${direction}`);
  const source = captureSource(port);
  const against = direction === "input" ? "output" : "input";
  const backings: Backing[] = [];
  for (const part of packedParts(type)) {
    const handle = new PortHandle(
      part.flipped ? against : direction,
      part.type,
      leavesOf(part.type),
      source,
      part.path,
      domain,
    );
    handle.leaves.forEach((_, element) => {
      backings.push({ kind: "port", port: handle, element });
    });
  }
  return signalOf(type, (_leaf, index) => backings[index]!);
}

/**
 * Declares an input port; the field it is assigned to gives its name. The parent drives it through the instance. A bundle
 * becomes one port per field; its flipped fields are outputs.
 */
export function input<T extends DataType>(type: T, options: PortOptions = {}): Input<T> {
  return port("input", type, options) as Input<T>;
}

/**
 * Declares an output port; the field it is assigned to gives its name. `build()` drives it with `.value =`. A bundle
 * becomes one port per field; its flipped fields are inputs.
 */
export function output<T extends DataType>(type: T, options: PortOptions = {}): Output<T> {
  return port("output", type, options) as Output<T>;
}
