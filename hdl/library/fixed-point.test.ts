import { describe, expect, test } from "vitest";
import { inspect } from "../elaborate.ts";
import { interpret } from "../ir/testing/interpreter.ts";
import { input, Module, output, type SInt, UInt } from "../language/index.ts";
import { type DataType, rangeOf, sint, uint, wrapTo } from "../types/index.ts";
import { Fixed, type FixedShape, fixed, fixedLiteral } from "./fixed-point.ts";

interface Operand {
  signed: boolean;
  width: number;
  fraction: number;
}

const typeOf = ({ signed, width }: Operand): DataType => (signed ? sint(width) : uint(width));

/** One operation on two operands; the result widened to a port that fits every case here. */
class Operation extends Module<{ a: Operand; b: Operand; op: (a: Fixed, b: Fixed) => Fixed | UInt<1> }> {
  readonly a = input(typeOf(this.params.a));
  readonly b = input(typeOf(this.params.b));
  readonly y = output(sint(40));
  fraction = 0;

  build(): void {
    const { a, b, op } = this.params;
    const result = op(fixed(this.a as unknown as SInt, a.fraction), fixed(this.b as unknown as SInt, b.fraction));
    if (result instanceof Fixed) this.fraction = result.fraction;
    const bits = result instanceof Fixed ? result.bits : result;
    this.y.value = (bits instanceof UInt ? bits.toSint() : bits).extend(40);
  }
}

/** Compares with the exact value, a fraction over 2^shared, on every pair of operands. */
function exhaust(
  a: Operand,
  b: Operand,
  op: (a: Fixed, b: Fixed) => Fixed | UInt<1>,
  exact: (a: number, b: number) => number,
) {
  const module = new Operation({ a, b, op });
  const run = interpret(inspect(module).design!);
  const ra = rangeOf(a.width, a.signed);
  const rb = rangeOf(b.width, b.signed);
  for (let x = ra.min; x <= ra.max; x++)
    for (let y = rb.min; y <= rb.max; y++) {
      run.setInput("a", [x]);
      run.setInput("b", [y]);
      // Products of such short numbers are exact in double precision.
      const wanted = exact(Number(x) * 2 ** -a.fraction, Number(y) * 2 ** -b.fraction);
      const found = Number(run.readOutput("y")[0]) * 2 ** -module.fraction;
      if (found !== wanted) expect(found, `${x}, ${y} of ${JSON.stringify([a, b])}`).toBe(wanted);
    }
}

const operands: readonly Operand[] = [
  { signed: false, width: 3, fraction: 1 },
  { signed: false, width: 4, fraction: 6 },
  { signed: true, width: 4, fraction: 0 },
  { signed: true, width: 5, fraction: 3 },
  { signed: true, width: 3, fraction: -2 },
];

describe("arithmetic is exact", () => {
  for (const a of operands)
    for (const b of operands)
      test(`${JSON.stringify(a)} with ${JSON.stringify(b)}`, () => {
        exhaust(
          a,
          b,
          (x, y) => x.add(y),
          (x, y) => x + y,
        );
        exhaust(
          a,
          b,
          (x, y) => x.sub(y),
          (x, y) => x - y,
        );
        exhaust(
          a,
          b,
          (x, y) => x.mul(y),
          (x, y) => x * y,
        );
        exhaust(
          a,
          b,
          (x, y) => x.lt(y),
          (x, y) => Number(x < y),
        );
        exhaust(
          a,
          b,
          (x, y) => x.le(y),
          (x, y) => Number(x <= y),
        );
        exhaust(
          a,
          b,
          (x, y) => x.eq(y),
          (x, y) => Number(x === y),
        );
        exhaust(
          a,
          b,
          (x) => x.neg().scaled(3),
          (x) => (x === 0 ? 0 : -8 * x),
        );
      });
});

const shapes: readonly FixedShape[] = [
  { width: 4, fraction: 0, rounding: "halfEven", overflow: "saturate" },
  { width: 4, fraction: -3, rounding: "halfEven", overflow: "wrap" },
  { width: 9, fraction: 5, overflow: "wrap" },
  { width: 3, fraction: 5, overflow: "saturate" },
  { width: 2, fraction: -9, rounding: "halfEven", overflow: "saturate" },
];

test.each(shapes)("conversion to %o rounds and limits", (shape) => {
  for (const a of [
    { signed: true, width: 6, fraction: 3 },
    { signed: false, width: 6, fraction: 2 },
  ]) {
    const { min, max } = rangeOf(shape.width, a.signed);
    exhaust(
      a,
      { signed: false, width: 1, fraction: 0 },
      (x) => x.convert(shape),
      (x) => {
        const scaled = x * 2 ** shape.fraction;
        const floor = Math.floor(scaled);
        const tie = scaled - floor === 0.5;
        const whole = BigInt(tie ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(scaled));
        const limited = whole < min ? min : whole > max ? max : whole;
        const kept = shape.overflow === "saturate" ? limited : wrapTo(whole, shape.width, a.signed);
        return Number(kept) * 2 ** -shape.fraction;
      },
    );
  }
});

test("nothing is lost without a name", () => {
  const drop = new Operation({
    a: { signed: true, width: 6, fraction: 3 },
    b: { signed: true, width: 6, fraction: 3 },
    op: (x) => x.convert({ width: 6, fraction: 0 }),
  });
  expect(() => inspect(drop)).toThrow(
    'convert() drops 3 fraction bits: say how with rounding, for instance "halfEven"',
  );
  const shrink = new Operation({
    a: { signed: true, width: 6, fraction: 0 },
    b: { signed: true, width: 6, fraction: 3 },
    op: (x) => x.convert({ width: 5, fraction: 0 }),
  });
  expect(() => inspect(shrink)).toThrow("convert() needs 6 bits to keep every value, but gets 5");
  expect(fixedLiteral(0.75, 4)).toBe(12);
  expect(() => fixedLiteral(0.1, 4)).toThrow("0.1 is not a multiple of 2^-4");
});
