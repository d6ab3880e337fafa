import { type Literal, mux, type RegisterOptions, register, type SInt, type UInt } from "../language/index.ts";
import { sint, uint } from "../types/index.ts";

/** The registers of a delay. */
export type DelayOptions = Pick<RegisterOptions, "noReset"> & {
  /** The value of all of them after reset; without it they are not reset. */
  readonly reset?: Literal;
};

/**
 * The value as it was one clock edge ago, in a register without reset unless told; no `when` around the call holds it back.
 */
export function delayed<T extends UInt | SInt>(value: T, options?: DelayOptions): T;
export function delayed(value: UInt | SInt, options: DelayOptions = {}): UInt | SInt {
  const all = { ...options, gated: false };
  if (value.signed) {
    const kept = register(sint(value.width), all);
    kept.next = value;
    return kept;
  }
  const kept = register(uint(value.width), all);
  kept.next = value;
  return kept;
}

/** The value as it was `cycles` clock edges ago (0: now), through a chain of registers, without reset unless told. */
export function delay<T extends UInt | SInt>(value: T, cycles: number, options: DelayOptions = {}): T {
  let late = value;
  for (let cycle = 0; cycle < cycles; cycle++) late = delayed(late, options);
  return late;
}

/** Operand gating: the value while `enable` is 1, else 0, so that nothing behind it toggles. */
export function gated<T extends UInt | SInt>(value: T, enable: UInt): T;
export function gated(value: UInt | SInt, enable: UInt): UInt | SInt {
  return value.signed ? mux(enable, value, 0) : mux(enable, value, 0);
}
