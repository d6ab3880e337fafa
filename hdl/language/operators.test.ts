import { describe, expect, test } from "vitest";
import { elaborate } from "../elaborate.ts";
import { interpret } from "../ir/testing/interpreter.ts";
import { rangeOf, sint, uint, vec, wrapTo } from "../types/index.ts";
import { allow, cat, input, Module, mux, output, type SInt, type UInt } from "./index.ts";

/** Applies an operator to two inputs, whatever its result. */
class Apply extends Module<{ signed: boolean; wa: number; wb: number; op: (a: never, b: never) => UInt | SInt }> {
  readonly a = input(this.params.signed ? sint(this.params.wa) : uint(this.params.wa));
  readonly b = input(this.params.signed ? sint(this.params.wb) : uint(this.params.wb));
  readonly y = output(vec(1, sint(80)));

  build(): void {
    allow("LS0205", "an operator takes what it takes");
    allow("LS0207", "most take everything");
    const value = this.params.op(this.a as never, this.b as never);
    const wide = value.signed ? (value as SInt) : (value as UInt).toSint();
    this.y.at(0).value = wide.extend(80);
  }
}

function* values(width: number, signed: boolean): Generator<bigint> {
  const { min, max } = rangeOf(width, signed);
  for (let value = min; value <= max; value++) yield value;
}

/** Compares an operator with its definition on every pair of operands of every width up to `most`. */
function exhaust(
  signed: boolean,
  op: (a: never, b: never) => UInt | SInt,
  expected: (a: bigint, b: bigint, wa: number, wb: number) => bigint,
  most = 4,
  least = 1,
): void {
  for (let wa = least; wa <= most; wa++) {
    for (let wb = 1; wb <= (op.length === 1 ? 1 : most); wb++) {
      const run = interpret(elaborate(new Apply({ signed, wa, wb, op })));
      for (const a of values(wa, signed)) {
        for (const b of values(wb, signed)) {
          run.setInput("a", [a]);
          run.setInput("b", [b]);
          const found = run.readOutput("y")[0];
          const wanted = expected(a, b, wa, wb);
          // expect() on each of a hundred thousand pairs would take longer than all else.
          if (found !== wanted) expect(found, `a=${a} (${wa} bits) b=${b} (${wb} bits)`).toBe(wanted);
        }
      }
    }
  }
}

type U2 = (a: UInt, b: UInt) => UInt | SInt;
type S2 = (a: SInt, b: SInt) => UInt | SInt;
const u = (op: U2) => op as (a: never, b: never) => UInt | SInt;
const s = (op: S2) => op as (a: never, b: never) => UInt | SInt;
const clamp = (value: bigint, width: number, signed: boolean): bigint => {
  const { min, max } = rangeOf(width, signed);
  return value < min ? min : value > max ? max : value;
};
const flag = (condition: boolean): bigint => (condition ? 1n : 0n);
const floorDiv = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;

describe("operators that grow are exact", () => {
  test("unsigned", () => {
    exhaust(
      false,
      u((a, b) => a.add(b)),
      (a, b) => a + b,
    );
    exhaust(
      false,
      u((a, b) => a.sub(b)),
      (a, b) => a - b,
    );
    exhaust(
      false,
      u((a, b) => a.mul(b)),
      (a, b) => a * b,
    );
    exhaust(
      false,
      u((a) => a.neg()),
      (a) => -a,
    );
    exhaust(
      false,
      u((a) => a.toSint()),
      (a) => a,
    );
    exhaust(
      false,
      u((a) => a.shiftLeft(3)),
      (a) => a * 8n,
    );
  });
  test("signed", () => {
    exhaust(
      true,
      s((a, b) => a.add(b)),
      (a, b) => a + b,
    );
    exhaust(
      true,
      s((a, b) => a.sub(b)),
      (a, b) => a - b,
    );
    exhaust(
      true,
      s((a, b) => a.mul(b)),
      (a, b) => a * b,
    );
    exhaust(
      true,
      s((a) => a.neg()),
      (a) => -a,
    );
    exhaust(
      true,
      s((a) => a.abs()),
      (a) => (a < 0n ? -a : a),
    );
    exhaust(
      true,
      s((a) => a.shiftLeft(3)),
      (a) => a * 8n,
    );
  });
  test("with a literal on either side of zero", () => {
    exhaust(
      false,
      u((a) => a.add(5)),
      (a) => a + 5n,
    );
    exhaust(
      false,
      u((a) => a.sub(5n)),
      (a) => a - 5n,
    );
    exhaust(
      true,
      s((a) => a.add(-3)),
      (a) => a - 3n,
    );
    exhaust(
      true,
      s((a) => a.mul(-4)),
      (a) => a * -4n,
    );
  });
});

describe("operators that lose bits do what their name says", () => {
  const wider = (wa: number, wb: number): number => Math.max(wa, wb);
  test("wrap around", () => {
    exhaust(
      false,
      u((a, b) => a.addWrap(b)),
      (a, b, wa, wb) => wrapTo(a + b, wider(wa, wb), false),
    );
    exhaust(
      false,
      u((a, b) => a.subWrap(b)),
      (a, b, wa, wb) => wrapTo(a - b, wider(wa, wb), false),
    );
    exhaust(
      true,
      s((a, b) => a.addWrap(b)),
      (a, b, wa, wb) => wrapTo(a + b, wider(wa, wb), true),
    );
    exhaust(
      true,
      s((a, b) => a.subWrap(b)),
      (a, b, wa, wb) => wrapTo(a - b, wider(wa, wb), true),
    );
    exhaust(
      false,
      u((a) => a.wrap(2)),
      (a) => wrapTo(a, 2, false),
      4,
      2,
    );
    exhaust(
      true,
      s((a) => a.truncate(2)),
      (a) => wrapTo(a, 2, true),
      4,
      2,
    );
    exhaust(
      false,
      u((a) => a.resize(3)),
      (a) => wrapTo(a, 3, false),
    );
    exhaust(
      true,
      s((a) => a.resize(3)),
      (a) => wrapTo(a, 3, true),
    );
  });
  test("saturate", () => {
    exhaust(
      false,
      u((a, b) => a.addSat(b)),
      (a, b, wa, wb) => clamp(a + b, wider(wa, wb), false),
    );
    exhaust(
      true,
      s((a, b) => a.addSat(b)),
      (a, b, wa, wb) => clamp(a + b, wider(wa, wb), true),
    );
    exhaust(
      false,
      u((a, b) => a.subSat(b)),
      (a, b, wa, wb) => clamp(a - b, wider(wa, wb), false),
    );
    exhaust(
      true,
      s((a, b) => a.subSat(b)),
      (a, b, wa, wb) => clamp(a - b, wider(wa, wb), true),
    );
    for (let to = 1; to <= 6; to++) {
      exhaust(
        false,
        u((a) => a.saturate(to)),
        (a) => clamp(a, to, false),
        6,
        to,
      );
      exhaust(
        true,
        s((a) => a.saturate(to)),
        (a) => clamp(a, to, true),
        6,
        to,
      );
    }
  });
  test("round", () => {
    for (let drop = 0; drop <= 4; drop++) {
      const unit = 1n << BigInt(drop);
      const half = drop === 0 ? 0n : unit / 2n;
      const up = (a: bigint) => floorDiv(a + half, unit);
      const away = (a: bigint) => (a < 0n ? -up(-a) : up(a));
      const even = (a: bigint) => {
        const floor = floorDiv(a, unit);
        const rest = a - floor * unit;
        if (drop === 0 || rest < half) return floor;
        return rest > half || floor % 2n !== 0n ? floor + 1n : floor;
      };
      exhaust(
        false,
        u((a) => a.roundHalfUp(drop)),
        up,
        6,
        drop + 1,
      );
      exhaust(
        false,
        u((a) => a.roundHalfEven(drop)),
        even,
        6,
        drop + 1,
      );
      exhaust(
        false,
        u((a) => a.roundHalfAway(drop)),
        away,
        6,
        drop + 1,
      );
      exhaust(
        true,
        s((a) => a.roundHalfUp(drop)),
        up,
        6,
        drop + 1,
      );
      exhaust(
        true,
        s((a) => a.roundHalfEven(drop)),
        even,
        6,
        drop + 1,
      );
      exhaust(
        true,
        s((a) => a.roundHalfAway(drop)),
        away,
        6,
        drop + 1,
      );
      exhaust(
        true,
        s((a) => a.shiftRight(drop)),
        (a) => floorDiv(a, unit),
        6,
        drop + 1,
      );
    }
  });
});

describe("bits", () => {
  const bits = (a: bigint, w: number): bigint => BigInt.asUintN(w, a);
  test("bitwise, comparison, reduction", () => {
    exhaust(
      false,
      u((a, b) => a.and(b)),
      (a, b) => a & b,
    );
    exhaust(
      false,
      u((a, b) => a.or(b)),
      (a, b) => a | b,
    );
    exhaust(
      true,
      s((a, b) => a.xor(b)),
      (a, b) => a ^ b,
    );
    exhaust(
      true,
      s((a) => a.not()),
      (a) => ~a,
    );
    exhaust(
      false,
      u((a) => a.not()),
      (a, _b, wa) => bits(~a, wa),
    );
    exhaust(
      true,
      s((a, b) => a.lt(b)),
      (a, b) => flag(a < b),
    );
    exhaust(
      false,
      u((a, b) => a.ge(b)),
      (a, b) => flag(a >= b),
    );
    exhaust(
      true,
      s((a, b) => a.eq(b)),
      (a, b) => flag(a === b),
    );
    exhaust(
      true,
      s((a, b) => a.ne(b)),
      (a, b) => flag(a !== b),
    );
    exhaust(
      false,
      u((a, b) => a.le(b)),
      (a, b) => flag(a <= b),
    );
    exhaust(
      true,
      s((a, b) => a.gt(b)),
      (a, b) => flag(a > b),
    );
    exhaust(
      true,
      s((a) => a.reduceAnd()),
      (a) => flag(a === -1n),
    );
    exhaust(
      true,
      s((a) => a.reduceOr()),
      (a) => flag(a !== 0n),
    );
    exhaust(
      false,
      u((a) => a.reduceXor()),
      (a) => BigInt(a.toString(2).replaceAll("0", "").length % 2),
    );
  });
  test("slices, concatenation, conversion", () => {
    exhaust(
      true,
      s((a) => a.slice(2, 1)),
      (a) => (bits(a, 4) >> 1n) & 3n,
      4,
      4,
    );
    exhaust(
      true,
      s((a) => a.bit(0)),
      (a) => bits(a, 1),
    );
    exhaust(
      false,
      u((a, b) => cat(a, b)),
      (a, b, _wa, wb) => (a << BigInt(wb)) | b,
    );
    exhaust(
      true,
      s((a, b) => cat(a, b)),
      (a, b, wa, wb) => (bits(a, wa) << BigInt(wb)) | bits(b, wb),
    );
    exhaust(
      true,
      s((a) => a.asUint()),
      (a, _b, wa) => bits(a, wa),
    );
    exhaust(
      false,
      u((a) => a.asSint()),
      (a, _b, wa) => BigInt.asIntN(wa, a),
    );
    exhaust(
      false,
      u((a) => a.replicate(3)),
      (a, _b, wa) => BigInt(`0b${a.toString(2).padStart(wa, "0").repeat(3)}`),
    );
  });
  test("mux extends the narrower arm and types a literal by the other", () => {
    exhaust(
      true,
      s((a, b) => mux(a.lt(0), a, b)),
      (a, b) => (a < 0n ? a : b),
    );
    exhaust(
      false,
      u((a, b) => mux(a.gt(b), 1, b)),
      (a, b) => (a > b ? 1n : b),
    );
  });
});

describe("operands that are wider than the value", () => {
  test("a literal widens a bitwise operator, saturation to more bits loses nothing", () => {
    exhaust(
      false,
      u((a) => a.or(0x13)),
      (a) => a | 0x13n,
    );
    exhaust(
      true,
      s((a) => a.and(-20)),
      (a) => a & -20n,
    );
    exhaust(
      false,
      u((a) => a.saturate(9)),
      (a) => a,
    );
    exhaust(
      true,
      s((a) => a.saturate(9)),
      (a) => a,
    );
  });
});
