import { expect, test } from "vitest";
import { elaborate, inspect } from "../elaborate.ts";
import { interpret } from "../ir/testing/interpreter.ts";
import { input, Module, output, type SInt, type UInt } from "../language/index.ts";
import { type DataType, rangeOf, sint, uint, wrapTo } from "../types/index.ts";
import { type OverflowMode, type RoundingMode, requantized, roundingModes } from "./rounding.ts";

const overflows: readonly OverflowMode[] = ["wrap", "saturate"];

interface Params {
  signed: boolean;
  width: number;
  drop: number;
  kept: number;
}

const portName = (rounding: RoundingMode, overflow: OverflowMode): string => `${rounding}_${overflow}`;

/** Every mode of one shape side by side, so that one pass over the inputs serves all. */
class EveryMode extends Module<Params> {
  readonly x = input((this.params.signed ? sint(this.params.width) : uint(this.params.width)) as DataType);
  readonly results = new Map<string, UInt | SInt>();

  constructor(params: Params) {
    super(params);
    const type = params.signed ? sint(params.kept) : uint(params.kept);
    for (const rounding of roundingModes)
      for (const overflow of overflows) {
        const port = output(type as DataType) as UInt | SInt;
        Object.defineProperty(this, portName(rounding, overflow), { value: port, enumerable: true });
        this.results.set(portName(rounding, overflow), port);
      }
  }

  build(): void {
    const { drop, kept: width } = this.params;
    for (const rounding of roundingModes)
      for (const overflow of overflows) {
        const value = requantized(this.x as unknown as SInt, { drop, width, rounding, overflow });
        (this.results.get(portName(rounding, overflow)) as SInt).value = value;
      }
  }
}

/** The nearest value of a range. */
function clamp(value: bigint, { min, max }: { min: bigint; max: bigint }): bigint {
  if (value < min) return min;
  return value > max ? max : value;
}

/** The definition on exact fractions: n / 2^drop with n an integer. */
function rounded(n: bigint, drop: number, mode: RoundingMode): bigint {
  const unit = 1n << BigInt(drop);
  const floor = (n - (((n % unit) + unit) % unit)) / unit;
  const twice = 2n * (n - floor * unit); // twice the distance from the floor, in units of 2^-drop
  if (twice === 0n) return floor;
  const ceil = floor + 1n;
  const nearest = (tie: bigint): bigint => (twice < unit ? floor : twice > unit ? ceil : tie);
  const even = floor % 2n === 0n ? floor : ceil;
  switch (mode) {
    case "floor":
      return floor;
    case "ceil":
      return ceil;
    case "towardZero":
      return n < 0n ? ceil : floor;
    case "awayFromZero":
      return n < 0n ? floor : ceil;
    case "halfDown":
      return nearest(floor);
    case "halfUp":
      return nearest(ceil);
    case "halfTowardZero":
      return nearest(n < 0n ? ceil : floor);
    case "halfAway":
      return nearest(n < 0n ? floor : ceil);
    case "halfEven":
      return nearest(even);
    case "halfOdd":
      return nearest(even === floor ? ceil : floor);
  }
}

function shapes(signed: boolean): Params[] {
  const all: Params[] = [];
  for (let width = 1; width <= 8; width++)
    for (let drop = 0; drop <= width + (width <= 5 ? 4 : 0); drop++) {
      const left = Math.max(1, width - drop);
      // Narrower than needed, as wide as needed, and one bit more.
      for (const kept of new Set([1, Math.max(1, left - 1), left, left + 1])) all.push({ signed, width, drop, kept });
    }
  return all;
}

test.each([
  ["unsigned", false],
  ["signed", true],
])("the ten modes, wrapping and saturating, on every %s value up to 8 bits", (_name, signed) => {
  let compared = 0;
  for (const shape of shapes(signed)) {
    const run = interpret(elaborate(new EveryMode(shape)));
    const { min, max } = rangeOf(shape.width, signed);
    const range = rangeOf(shape.kept, signed);
    for (let n = min; n <= max; n++) {
      run.setInput("x", [n]);
      for (const rounding of roundingModes) {
        const exact = rounded(n, shape.drop, rounding);
        const saturated = clamp(exact, range);
        for (const overflow of overflows) {
          const wanted = overflow === "saturate" ? saturated : wrapTo(exact, shape.kept, signed);
          const found = run.readOutput(portName(rounding, overflow))[0];
          if (found !== wanted) expect(found, `${n} ${rounding} ${overflow} ${JSON.stringify(shape)}`).toBe(wanted);
          compared++;
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(100_000);
});

test.each([-1, 0.5, Number.NaN])("%d bits cannot be dropped", (drop) => {
  expect(() => inspect(new EveryMode({ signed: true, width: 4, drop, kept: 4 }))).toThrow(/fraction bits to drop/);
});
