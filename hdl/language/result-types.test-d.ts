// Read by the type checker (`npm run typecheck`) and run by nobody: what operators give, to the last bit. The words of the
// errors are in tests/types.test.ts.
import type { Enum, SInt, UInt, Vec } from "../index.ts";
import { cat, match, mux, orTree, risingEdge } from "../index.ts";

/** Whether two types are the same one, and not only assignable. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `gives<T>()(value)`: an error where the value is of another type than T. */
declare function gives<T>(): <V>(
  value: V,
  ...difference: Same<T, V> extends true ? [] : [expected: T, found: V]
) => void;

declare const a: UInt<8>;
declare const b: UInt<9>;
declare const s: SInt<8>;
declare const one: UInt<1>;
declare const any: UInt;
declare const four: Vec<UInt<8>>;
declare const state: Enum<"State", "idle" | "run">;
declare const count: number;

// Arithmetic grows so that no bit is lost, and says by name where it may lose one.
gives<UInt<10>>()(a.add(b));
gives<UInt<17>>()(a.mul(b));
gives<SInt<10>>()(a.sub(b));
gives<SInt<9>>()(s.add(s));
gives<UInt<9>>()(a.addWrap(b));
gives<UInt<8>>()(a.addSat(3));
gives<UInt<8>>()(a.subSat(255));
gives<SInt<9>>()(s.neg());
gives<UInt<8>>()(s.abs());
gives<SInt<9>>()(a.toSint());
gives<SInt<8>>()(a.asSint());
gives<UInt<9>>()(a.add(1));
gives<SInt<11>>()(s.mul(-3));
gives<UInt<4>>()(a.remFloor(10));
gives<UInt<8>>()(a.max(b).wrap(8));
gives<UInt<4>>()(a.saturate(4));
gives<UInt<7>>()(a.roundHalfEven(2));
// A number that the checker does not know, and a width that is only a number.
gives<UInt<number>>()(a.add(count));
gives<UInt<number>>()(any.add(a));

// Comparisons and reductions are one bit.
gives<UInt<1>>()(a.lt(b));
gives<UInt<1>>()(s.ge(0));
gives<UInt<1>>()(a.reduceXor());
gives<UInt<1>>()(state.is("run"));

// Bits, and signals side by side.
gives<UInt<4>>()(a.slice(7, 4));
gives<UInt<1>>()(a.bit(3));
gives<UInt<3>>()(a.sliceAt(b.wrap(3), 3));
gives<UInt<17>>()(cat(a, b));
gives<UInt<24>>()(a.replicate(3));
gives<UInt<9>>()(a.shiftLeft(1));
gives<UInt<5>>()(a.shiftRight(3));
gives<UInt<8>>()(a.shiftRight(b.wrap(3)));
gives<UInt<4>>()(a.countOnes());
gives<UInt<3>>()(a.priorityIndex());
gives<UInt<8>>()(a.wrap(3).toOneHot());

// Choices.
gives<UInt<9>>()(mux(one, a, b));
gives<UInt<8>>()(mux(one, a, 1));
gives<UInt<9>>()(match(state, { idle: a, run: b }));
gives<UInt<8>>()(four.at(0));
gives<UInt<8>>()(four.at(a.wrap(2)));
gives<UInt<8>>()(risingEdge(a));
gives<UInt<9>>()(orTree([a, b]));
