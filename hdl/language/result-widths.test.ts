import { expect, test } from "vitest";
import { inspect } from "../elaborate.ts";
import { bit, bundle, sint, uint, vec } from "../types/index.ts";
import {
  cat,
  constant,
  input,
  Module,
  match,
  memory,
  mux,
  muxOneHot,
  output,
  past,
  register,
  type SInt,
  typeOf,
  type UInt,
  wire,
} from "./index.ts";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Checks a width twice: the type checker must know exactly this one, and the operator must make it. */
function expectUnsigned<A extends number, B extends number>(
  signal: UInt<A>,
  width: B & (Same<A, B> extends true ? unknown : never),
): void {
  expect([signal.signed, signal.width]).toEqual([false, width]);
}

function expectSigned<A extends number, B extends number>(
  signal: SInt<A>,
  width: B & (Same<A, B> extends true ? unknown : never),
): void {
  expect([signal.signed, signal.width]).toEqual([true, width]);
}

/** A number that the checker does not know. */
const some = (value: number): number => value;

/** For operators whose width the checker leaves open: it must, and the operator makes this one. */
function expectOpen<A extends number>(signal: UInt<A> | SInt<A>, width: number extends A ? number : never): void {
  expect(signal.width).toBe(width);
}

/** Elaborates a module with the inputs that the tests use; it may complain of nothing but unused parts. */
function withInputs(statements: (inputs: Inputs) => void): void {
  class Probe extends Inputs {
    build() {
      statements(this);
      this.done.value = 1;
    }
  }
  const errors = inspect(new Probe({})).diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
}

abstract class Inputs extends Module {
  readonly a8 = input(uint(8));
  readonly b3 = input(uint(3));
  readonly c9 = input(uint(9));
  readonly s8 = input(sint(8));
  readonly t5 = input(sint(5));
  readonly flag = input(bit);
  readonly wide = input(uint(100));
  readonly four = input(vec(4, uint(8)));
  readonly pair = input(bundle({ valid: bit, data: sint(4) }));
  readonly done = output(bit);
}

test("a number beside an unsigned signal takes the fewest bits", () => {
  withInputs(({ a8, b3, wide }) => {
    expectUnsigned(a8.add(1), 9);
    expectUnsigned(a8.add(0), 9);
    expectUnsigned(a8.add(256), 10);
    expectUnsigned(a8.add(1n), 9);
    expectUnsigned(a8.mul(3), 10);
    expectUnsigned(a8.mul(0), 9);
    expectUnsigned(a8.addWrap(1), 8);
    expectUnsigned(b3.addWrap(200), 8);
    expectUnsigned(a8.subWrap(1), 8);
    expectUnsigned(a8.and(0xff), 8);
    expectUnsigned(b3.or(0xff), 8);
    expectUnsigned(a8.xor(0x1ff), 9);
    expectUnsigned(a8.min(200), 8);
    expectUnsigned(b3.max(1023), 10);
    expectUnsigned(a8.addSat(255), 8);
    expectUnsigned(a8.subSat(1), 8);
    expectUnsigned(b3.subSat(100), 7);
    expectSigned(a8.sub(1), 9);
    expectSigned(b3.sub(100), 8);
    expectUnsigned(a8.or(0xffff), 16);
    expectUnsigned(a8.add(0x8000_0000), 33);
    expectUnsigned(wide.and(0xffff_ffff_ffff_ffffn), 100);
    expectUnsigned(a8.or(0xffff_ffff_ffff_ffffn), 64);
    expectOpen(a8.add(some(1)), 9);
    expectOpen(a8.add(5000), 14);
  });
});

test("a number beside a signed signal takes the fewest bits with its sign", () => {
  withInputs(({ s8, t5 }) => {
    expectSigned(s8.add(1), 9);
    expectSigned(s8.add(-1), 9);
    expectSigned(s8.sub(-128), 9);
    expectSigned(s8.sub(128), 10);
    expectSigned(s8.mul(-1), 9);
    expectSigned(s8.mul(0), 9);
    expectSigned(s8.mul(-3), 11);
    expectSigned(s8.mul(3), 11);
    expectSigned(t5.addWrap(-100), 8);
    expectSigned(t5.subWrap(15), 5);
    expectSigned(s8.and(0xff), 9);
    expectSigned(t5.or(-17), 6);
    expectSigned(t5.xor(-16), 5);
    expectSigned(s8.min(-129), 9);
    expectSigned(s8.max(127), 8);
    expectSigned(s8.addSat(1), 8);
    expectSigned(s8.subSat(-1), 8);
    expectSigned(t5.add(-1024), 12);
    expectSigned(t5.max(-32768), 16);
    expectSigned(t5.max(32767), 16);
    expectOpen(t5.max(-32767), 16);
    expectOpen(s8.add(some(-1)), 9);
  });
});

test("parts, shifts and roundings", () => {
  withInputs(({ a8, b3, c9, s8, t5, flag, wide }) => {
    expectUnsigned(a8.bit(3), 1);
    expectUnsigned(a8.slice(7, 4), 4);
    expectUnsigned(a8.slice(3, 3), 1);
    expectUnsigned(a8.slice(7, 0), 8);
    expectUnsigned(s8.slice(0, 0), 1);
    expectUnsigned(wide.slice(99, 0), 100);
    expectUnsigned(a8.sliceAt(b3, 1), 1);
    expectUnsigned(a8.replicate(3), 24);
    expectUnsigned(flag.replicate(64), 64);
    expectUnsigned(t5.replicate(1), 5);
    expectUnsigned(a8.shiftRight(2), 6);
    expectUnsigned(a8.shiftRight(0), 8);
    expectUnsigned(a8.shiftRight(b3), 8);
    expectUnsigned(a8.shiftRightKeep(2), 8);
    expectSigned(s8.shiftRightKeep(b3), 8);
    expectSigned(s8.shiftRight(7), 1);
    expectSigned(s8.shiftRight(c9), 8);
    expectUnsigned(a8.shiftLeft(2), 10);
    expectUnsigned(a8.shiftLeft(0), 8);
    expectUnsigned(a8.roundHalfUp(3), 6);
    expectUnsigned(a8.roundHalfUp(0), 8);
    expectUnsigned(a8.roundHalfEven(1), 8);
    expectSigned(s8.roundHalfEven(7), 2);
    expectSigned(s8.roundHalfAway(0), 8);
    expectSigned(s8.roundHalfAway(2), 7);
    expectUnsigned(s8.asUint(), 8);
    expectSigned(c9.asSint(), 9);
    expectUnsigned(b3.toOneHot(), 8);
    expectUnsigned(a8.countOnes(), 4);
    expectUnsigned(a8.lt(200), 1);
    expectOpen(a8.slice(some(7), 4), 4);
    expectOpen(a8.shiftRight(some(2)), 6);
    expectOpen(a8.shiftLeft(b3), 15);
  });
});

test("division by a number", () => {
  withInputs(({ a8, c9, s8 }) => {
    expectUnsigned(a8.divFloor(1), 8);
    expectUnsigned(a8.divFloor(3), 7);
    expectUnsigned(a8.divFloor(10), 5);
    expectUnsigned(a8.divTrunc(8), 5);
    expectUnsigned(a8.divFloor(128), 1);
    expectUnsigned(a8.divFloor(129), 1);
    expectUnsigned(c9.divFloor(511), 1);
    expectUnsigned(a8.remFloor(1), 1);
    expectUnsigned(a8.remFloor(2), 1);
    expectUnsigned(a8.remFloor(10), 4);
    expectUnsigned(a8.remTrunc(8), 3);
    expectUnsigned(a8.remTrunc(9), 4);
    expectUnsigned(a8.remFloor(1000), 8);
    expectUnsigned(a8.remFloor(1024), 8);
    expectOpen(a8.divFloor(1000), 1);
    expectOpen(s8.divFloor(3), 7);
  });
});

test("several signals, and what is declared", () => {
  withInputs(({ a8, b3, c9, s8, flag, four, pair }) => {
    expectUnsigned(cat(a8), 8);
    expectUnsigned(cat(a8, s8, flag), 17);
    expectUnsigned(cat(a8.slice(3, 0), constant(uint(2), 1), b3), 9);
    expectUnsigned(mux(flag, c9, a8), 9);
    expectUnsigned(mux(flag, 255, a8), 8);
    expectSigned(mux(flag, s8, -1), 8);
    expectUnsigned(match(b3, { 0: a8, 1: c9, otherwise: 3 }), 9);
    expectUnsigned(muxOneHot(b3.slice(1, 0), [a8, c9]), 9);
    expectUnsigned(muxOneHot(a8.slice(3, 0), four), 8);
    expectUnsigned(past(a8), 8);
    expectUnsigned(four.at(1).add(1), 9);
    expectUnsigned(four.at(b3.slice(1, 0)), 8);
    expectSigned(pair.data.add(1), 5);
    expectUnsigned(constant(uint(4), 5), 4);
    expectOpen(cat(...four), 32);
    const kept = register(typeOf(a8));
    expectUnsigned(kept.add(1), 9);
    kept.next = kept.addWrap(1);
    const through = wire(sint(5));
    through.value = s8.shiftRight(3);
    expectSigned(through.sub(1), 6);
    const words = memory(uint(12), 8);
    words.write(b3, 1);
    expectUnsigned(words.read(b3), 12);
  });
});
