import { mux, register, type SInt, type UInt } from "../language/index.ts";
import { sint, uint } from "../types/index.ts";

/** The value as it was one clock edge ago, in a register without reset; no `when` around the call holds it back. */
export function delayed<T extends UInt | SInt>(value: T): T;
export function delayed(value: UInt | SInt): UInt | SInt {
  if (value.signed) {
    const kept = register(sint(value.width), { gated: false });
    kept.next = value;
    return kept;
  }
  const kept = register(uint(value.width), { gated: false });
  kept.next = value;
  return kept;
}

/** The value as it was `cycles` clock edges ago (0: now), through a chain of registers without reset. */
export function delay<T extends UInt | SInt>(value: T, cycles: number): T {
  let late = value;
  for (let cycle = 0; cycle < cycles; cycle++) late = delayed(late);
  return late;
}

/** Operand gating: the value while `enable` is 1, else 0, so that nothing behind it toggles. */
export function gated<T extends UInt | SInt>(value: T, enable: UInt): T;
export function gated(value: UInt | SInt, enable: UInt): UInt | SInt {
  return value.signed ? mux(enable, value, 0) : mux(enable, value, 0);
}
