import { cat, mux, type UInt } from "../../hdl/index.ts";

/** The powers of two by which a value of `width` bits is shifted in turn, largest first: together up to width − 1. */
function steps(width: number): number[] {
  const list: number[] = [];
  for (let step = 1; step < width; step *= 2) list.unshift(step);
  return list;
}

/** Bits of the shift that brings the leading one of a value to the top. */
export function shiftBits(width: number): number {
  return steps(width).length;
}

/** A value shifted to the left until its top bit is 1, and by how much; a value of 0 is shifted by the most. */
export function normalized(value: UInt): { value: UInt; shift: UInt } {
  const { width } = value;
  let shifted = value;
  const bits: UInt<1>[] = [];
  for (const step of steps(width)) {
    const occupied = shifted.slice(width - 1, width - step).reduceOr();
    shifted = mux(occupied, shifted, shifted.shiftLeft(step).wrap(width));
    bits.push(occupied.not());
  }
  return { value: shifted, shift: cat(...bits) };
}

/** A value shifted to the left by a signal, its width kept, and whether a 1 has left it at the top. */
export function shiftedLeft(value: UInt, shift: UInt): { value: UInt; lost: UInt<1> } {
  const { width } = value;
  let shifted = value;
  let lost: UInt<1> | undefined;
  steps(width).forEach((step, i) => {
    const shifts = shift.bit(shift.width - 1 - i);
    const leaving = shifts.and(shifted.slice(width - 1, width - step).reduceOr());
    lost = lost === undefined ? leaving : lost.or(leaving);
    shifted = mux(shifts, shifted.shiftLeft(step).wrap(width), shifted);
  });
  return { value: shifted, lost: lost! };
}
