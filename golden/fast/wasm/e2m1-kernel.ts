import { storeCodes } from "./code-kernel.ts";
import type { Code } from "./encode.ts";
import { access, f32x4, i32, loopWhile, op } from "./instructions.ts";
import { layout } from "./layout.ts";
import { FunctionBuilder } from "./module.ts";

/** Halfway between neighbouring magnitudes of E2M1, and whether the tie goes to the upper one (the even code). */
const middles: readonly (readonly [number, boolean])[] = [
  [0.25, false],
  [0.75, true],
  [1.25, false],
  [1.75, true],
  [2.5, false],
  [3.5, true],
  [5, false],
];

/**
 * `e2m1(values, vectors, size, factors, out)`: code = E2M1(x · factor), the product in single precision, ties to the
 * even code, saturating at 6, the sign bit kept; one byte each. One single-precision factor per vector of `size` (a
 * multiple of 8). Adds the number of products beyond 6 to the four counts at `layout.sums` + 64.
 */
export function e2m1Kernel(): FunctionBuilder {
  const f = new FunctionBuilder("e2m1");
  const [values, vectors, size, factors, out] = [
    f.parameter("i32"),
    f.parameter("i32"),
    f.parameter("i32"),
    f.parameter("i32"),
    f.parameter("i32"),
  ];
  const [end, stop] = [f.local("i32"), f.local("i32")];
  const [factor, x, magnitude, code, first, clipped] = [
    f.local("v128"),
    f.local("v128"),
    f.local("v128"),
    f.local("v128"),
    f.local("v128"),
    f.local("v128"),
  ];
  const codesAt = (offset: number): readonly Code[] => [
    x.set(access("v128.load", offset, values.get)),
    magnitude.set(op("f32x4.abs", op("f32x4.mul", x.get, factor.get))),
    clipped.set(op("i32x4.sub", clipped.get, op("f32x4.gt", magnitude.get, f32x4(6)))),
    // The sign bit to bit 3; a comparison that holds is −1 in its lane.
    code.set(op("v128.and", op("i32x4.shr_u", x.get, i32(28)), op("i32x4.splat", i32(8)))),
    ...middles.map(([middle, up]) =>
      code.set(op("i32x4.sub", code.get, op(up ? "f32x4.ge" : "f32x4.gt", magnitude.get, f32x4(middle)))),
    ),
  ];
  return f.add(
    clipped.set(access("v128.load", layout.sums + 64, i32(0))),
    end.set(op("i32.add", factors.get, op("i32.shl", vectors.get, i32(2)))),
    loopWhile(
      op("i32.lt_u", factors.get, end.get),
      factor.set(op("f32x4.splat", access("f32.load", 0, factors.get))),
      stop.set(op("i32.add", values.get, op("i32.shl", size.get, i32(2)))),
      loopWhile(
        op("i32.lt_u", values.get, stop.get),
        ...codesAt(0),
        first.set(code.get),
        ...codesAt(16),
        storeCodes(out.get, first, code.get),
        values.set(op("i32.add", values.get, i32(32))),
        out.set(op("i32.add", out.get, i32(8))),
      ),
      factors.set(op("i32.add", factors.get, i32(4))),
    ),
    access("v128.store", layout.sums + 64, i32(0), clipped.get),
  );
}
