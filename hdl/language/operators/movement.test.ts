import { describe, expect, test } from "vitest";
import { elaborate, inspect } from "../../elaborate.ts";
import { interpret } from "../../ir/testing/interpreter.ts";
import { rangeOf, sint, uint, wrapTo } from "../../types/index.ts";
import { allow, input, Module, muxOneHot, output, type SInt, type UInt } from "../index.ts";

type Operator = (x: never, n: UInt) => UInt | SInt;

/** Applies an operator to a value and an amount. */
class Apply extends Module<{ signed: boolean; width: number; amount: number; op: Operator; result: number }> {
  readonly x = input(this.params.signed ? sint(this.params.width) : uint(this.params.width));
  readonly n = input(uint(this.params.amount));
  readonly y = output(sint(this.params.result));
  build() {
    allow("LS0205", "an amount may be larger than the value is wide");
    allow("LS0207", "most read everything");
    const value = this.params.op(this.x as never, this.n);
    this.y.value = value.signed ? (value as SInt) : (value as UInt).toSint();
  }
}

/** Compares an operator with its definition for every value and amount. */
function exhaust(
  signed: boolean,
  widths: readonly number[],
  amounts: readonly number[],
  op: Operator,
  expected: (x: bigint, n: number, width: number) => bigint,
): void {
  for (const width of widths) {
    for (const amount of amounts) {
      const run = interpret(elaborate(new Apply({ signed, width, amount, op, result: 90 })));
      const { min, max } = rangeOf(width, signed);
      for (let x = min; x <= max; x++) {
        for (let n = 0; n < 2 ** amount; n++) {
          run.setInput("x", [x]);
          run.setInput("n", [BigInt(n)]);
          const found = run.readOutput("y")[0];
          const wanted = expected(x, n, width);
          if (found !== wanted) expect(found, `x=${x} (${width} bits) n=${n}`).toBe(wanted);
        }
      }
    }
  }
}

const u = (op: (x: UInt, n: UInt) => UInt | SInt) => op as Operator;
const s = (op: (x: SInt, n: UInt) => UInt | SInt) => op as Operator;
const bits = (x: bigint, width: number): string => BigInt.asUintN(width, x).toString(2).padStart(width, "0");
const number = (text: string): bigint => (text === "" ? 0n : BigInt(`0b${text}`));
const small = [1, 2, 3, 4, 5];

describe("shifts by a signal", () => {
  test("left without loss", () => {
    exhaust(
      false,
      small,
      [1, 2, 3],
      u((x, n) => x.shiftLeft(n)),
      (x, n) => x << BigInt(n),
    );
    exhaust(
      true,
      small,
      [1, 2, 3],
      s((x, n) => x.shiftLeft(n)),
      (x, n) => x << BigInt(n),
    );
  });

  test("right by a number, the width kept", () => {
    for (const by of [0, 1, 2, 3]) {
      const wide = [4, 5];
      exhaust(
        false,
        wide,
        [1],
        u((x) => x.shiftRightKeep(by)),
        (x) => x >> BigInt(by),
      );
      exhaust(
        true,
        wide,
        [1],
        s((x) => x.shiftRightKeep(by)),
        (x) => x >> BigInt(by),
      );
    }
  });

  test("left modulo the width", () => {
    const wrap = (signed: boolean) => (x: bigint, n: number, width: number) => wrapTo(x << BigInt(n), width, signed);
    exhaust(
      false,
      small,
      [1, 3, 4],
      u((x, n) => x.shiftLeftWrap(n)),
      wrap(false),
    );
    exhaust(
      true,
      small,
      [1, 3, 4],
      s((x, n) => x.shiftLeftWrap(n)),
      wrap(true),
    );
    for (let count = 0; count < 7; count++) {
      exhaust(
        true,
        small,
        [1],
        s((x) => (count < x.width ? x.shiftLeftWrap(count) : allow("LS0123", "on purpose", x.shiftLeftWrap(count)))),
        (x, _n, width) => wrapTo(x << BigInt(count), width, true),
      );
    }
  });

  test("the width kept, beyond the width or backward", () => {
    class Keep extends Module<{ count: number }> {
      readonly x = input(sint(4));
      readonly y = output(sint(4));
      build() {
        this.y.value = this.x.shiftRightKeep(this.params.count);
      }
    }
    const told = (count: number) => inspect(new Keep({ count })).diagnostics.map(({ code, hint }) => `${code} ${hint}`);
    expect(told(4)).toEqual(["LS0122 shift by at most 3, which leaves the sign: beyond that nothing changes"]);
    expect(told(-1)).toEqual(["LS0105 give a whole number; the other way goes shiftLeft()"]);
  });

  test("beyond the width by a number: zeros are told, and that no bit is left", () => {
    class Beyond extends Module<{ left: number; right: number; allowed: boolean }> {
      readonly x = input(uint(4));
      readonly y = output(uint(4));
      readonly z = output(uint(4));
      build() {
        const shifted = this.x.shiftLeftWrap(this.params.left);
        this.y.value = this.params.allowed ? allow("LS0123", "the last stage of a shifter", shifted) : shifted;
        this.z.value = this.x.shiftRight(this.params.right);
      }
    }
    const told = (left: number, right: number, allowed = false): string[] =>
      inspect(new Beyond({ left, right, allowed })).diagnostics.map(({ code, message }) => `${code} ${message}`);
    expect(told(3, 0)).toEqual([]);
    expect(told(4, 0)).toEqual(["LS0123 shiftLeftWrap(4) of a value with 4 bits is always 0"]);
    expect(told(9, 0, true)).toEqual([]);
    expect(told(0, 3)).toEqual([]);
    expect(told(0, 4)).toEqual(["LS0122 shiftRight(4) of a value with 4 bits leaves none"]);
    expect(told(-1, 0)).toEqual(["LS0105 shiftLeftWrap(-1) on a value of 4 bits: the argument must be 0 or more"]);
  });

  test("right, with the sign", () => {
    exhaust(
      false,
      small,
      [1, 3, 4],
      u((x, n) => x.shiftRight(n)),
      (x, n) => x >> BigInt(n),
    );
    exhaust(
      true,
      small,
      [1, 3, 4],
      s((x, n) => x.shiftRight(n)),
      (x, n) => x >> BigInt(n),
    );
  });

  test("rotations, by a signal and by a number, modulo the width", () => {
    const right = (x: bigint, n: number, width: number): bigint => {
      const text = bits(x, width);
      const places = n % width;
      return number(text.slice(width - places) + text.slice(0, width - places));
    };
    const left = (x: bigint, n: number, width: number) => right(x, width - (n % width), width);
    exhaust(
      false,
      [1, 2, 3, 4, 5, 8],
      [1, 2, 4],
      u((x, n) => x.rotateRight(n)),
      right,
    );
    exhaust(
      false,
      [1, 2, 3, 4, 5, 8],
      [1, 2, 4],
      u((x, n) => x.rotateLeft(n)),
      left,
    );
    exhaust(
      true,
      [3, 4],
      [3],
      s((x, n) => x.rotateLeft(n)),
      (x, n, width) => wrapTo(left(x, n, width), width, true),
    );
    for (const count of [0, 1, 3, 4, 9]) {
      exhaust(
        false,
        [1, 4, 5],
        [1],
        u((x) => x.rotateLeft(count)),
        (x, _n, width) => left(x, count, width),
      );
    }
  });
});

describe("bits by a signal", () => {
  test("one bit, 0 beyond the value", () => {
    exhaust(
      false,
      [5, 8],
      [1, 3],
      u((x, n) => x.bit(n)),
      (x, n) => (x >> BigInt(n)) & 1n,
    );
    exhaust(
      true,
      [5],
      [3],
      s((x, n) => x.bit(n)),
      (x, n) => (BigInt.asUintN(5, x) >> BigInt(n)) & 1n,
    );
  });

  test("several bits, 0 beyond the value", () => {
    exhaust(
      false,
      [7, 8],
      [1, 3],
      u((x, n) => x.sliceAt(n, 3)),
      (x, n) => (x >> BigInt(n)) & 7n,
    );
    exhaust(
      false,
      [6],
      [1],
      u((x) => x.sliceAt(2, 3)),
      (x) => (x >> 2n) & 7n,
    );
  });
});

describe("counting and finding ones", () => {
  const widths = [1, 2, 3, 4, 5, 6, 7, 8];
  const ones = (x: bigint, width: number) =>
    [...bits(x, width)].flatMap((bit, i) => (bit === "1" ? [width - 1 - i] : []));

  test("counts", () => {
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.countOnes()),
      (x, _n, width) => BigInt(ones(x, width).length),
    );
    exhaust(
      true,
      widths,
      [1],
      s((x) => x.countOnes()),
      (x, _n, width) => BigInt(ones(x, width).length),
    );
    const leading = (x: bigint, _n: number, width: number) => BigInt(width - 1 - (ones(x, width)[0] ?? -1));
    const trailing = (x: bigint, _n: number, width: number) => BigInt(ones(x, width).at(-1) ?? width);
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.leadingZeros()),
      leading,
    );
    exhaust(
      true,
      widths,
      [1],
      s((x) => x.leadingZeros()),
      leading,
    );
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.trailingZeros()),
      trailing,
    );
  });

  test("priority and one-hot", () => {
    const only = (place: number | undefined) => (place === undefined ? 0n : 1n << BigInt(place));
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.lowestOne()),
      (x, _n, width) => only(ones(x, width).at(-1)),
    );
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.highestOne()),
      (x, _n, width) => only(ones(x, width)[0]),
    );
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.priorityIndex()),
      (x, _n, width) => BigInt(ones(x, width).at(-1) ?? 0),
    );
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.highestIndex()),
      (x, _n, width) => BigInt(ones(x, width).at(0) ?? 0),
    );
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.lowestOne().oneHotToIndex()),
      (x, _n, width) => BigInt(ones(x, width).at(-1) ?? 0),
    );
    exhaust(
      false,
      [1, 2, 3],
      [1],
      u((x) => x.toOneHot()),
      (x) => 1n << x,
    );
    exhaust(
      false,
      [3],
      [1],
      u((x) => x.toOneHot(5)),
      (x) => (x < 5n ? 1n << x : 0n),
    );
  });

  test("reversed bits", () => {
    exhaust(
      false,
      widths,
      [1],
      u((x) => x.reverseBits()),
      (x, _n, width) => number([...bits(x, width)].reverse().join("")),
    );
  });

  test("a value chosen by a bit of its own", () => {
    const choose = u((x, n) => muxOneHot(x, [n, n.xor(3), n.not()]));
    exhaust(false, [3], [2], choose, (x, n) => {
      const values = [n, n ^ 3, ~n & 3];
      return BigInt(values.reduce((or, value, i) => ((x >> BigInt(i)) & 1n ? or | value : or), 0));
    });
    const signed = s((x, n) => muxOneHot(n.wrap(2), [x, x.neg()]));
    exhaust(true, [3], [2], signed, (x, n) => [0n, x, -x, wrapTo(x | -x, 4, true)][n]!);
  });

  test("the smaller and the larger", () => {
    exhaust(
      false,
      [3],
      [2],
      u((x, n) => x.min(n)),
      (x, n) => (x < BigInt(n) ? x : BigInt(n)),
    );
    exhaust(
      false,
      [2],
      [3],
      u((x, n) => x.max(n)),
      (x, n) => (x > BigInt(n) ? x : BigInt(n)),
    );
    exhaust(
      true,
      [4],
      [1],
      s((x) => x.max(-2)),
      (x) => (x > -2n ? x : -2n),
    );
    exhaust(
      true,
      [4],
      [1],
      s((x) => x.min(3)),
      (x) => (x < 3n ? x : 3n),
    );
  });
});
