import type { Code } from "./encode.ts";
import { access, i32, loopWhile, op, shuffle, storeLow64 } from "./instructions.ts";
import { FunctionBuilder, type Local } from "./module.ts";

const highHalf = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const lowHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

/** Elements 0 and 1 of four single-precision lanes in double precision. */
export function lowDoubles(vector: Code): Code {
  return op("f64x2.promote_low_f32x4", vector);
}

/** Elements 2 and 3 of four single-precision lanes in double precision. */
export function highDoubles(vector: Local): Code {
  return op("f64x2.promote_low_f32x4", shuffle(vector.get, vector.get, highHalf));
}

/**
 * `codes(values, vectors, size, divisors, out, factor, least, most)`: code = nearest(factor·x / divisor), ties to even,
 * clipped to least..most, one byte each. One divisor (a double above 0) per vector of `size` (a multiple of 8). Product,
 * quotient and rounding are those of double precision, as in the plain quantiser.
 */
export function codeKernel(): FunctionBuilder {
  const f = new FunctionBuilder("codes");
  const [values, vectors, size, divisors, out] = [
    f.parameter("i32"),
    f.parameter("i32"),
    f.parameter("i32"),
    f.parameter("i32"),
    f.parameter("i32"),
  ];
  const [factor, least, most] = [f.parameter("f64"), f.parameter("f64"), f.parameter("f64")];
  const [end, stop] = [f.local("i32"), f.local("i32")];
  const [factors, lowest, highest, divisor] = [f.local("v128"), f.local("v128"), f.local("v128"), f.local("v128")];
  const [four, first] = [f.local("v128"), f.local("v128")];
  const round = (pair: Code): Code =>
    op(
      "i32x4.trunc_sat_f64x2_s_zero",
      op(
        "f64x2.nearest",
        op(
          "f64x2.max",
          op("f64x2.min", op("f64x2.div", op("f64x2.mul", factors.get, pair), divisor.get), highest.get),
          lowest.get,
        ),
      ),
    );
  const codesOf = (): Code => shuffle(round(lowDoubles(four.get)), round(highDoubles(four)), lowHalves);
  return f.add(
    factors.set(op("f64x2.splat", factor.get)),
    lowest.set(op("f64x2.splat", least.get)),
    highest.set(op("f64x2.splat", most.get)),
    end.set(op("i32.add", divisors.get, op("i32.shl", vectors.get, i32(3)))),
    loopWhile(
      op("i32.lt_u", divisors.get, end.get),
      divisor.set(op("f64x2.splat", access("f64.load", 0, divisors.get))),
      stop.set(op("i32.add", values.get, op("i32.shl", size.get, i32(2)))),
      loopWhile(
        op("i32.lt_u", values.get, stop.get),
        four.set(access("v128.load", 0, values.get)),
        first.set(codesOf()),
        four.set(access("v128.load", 16, values.get)),
        // 32 to 16 bits keeps every code; 16 to 8 must not saturate, as unsigned codes reach 255.
        first.set(op("i16x8.narrow_i32x4_s", first.get, codesOf())),
        storeLow64(0, out.get, shuffle(first.get, first.get, evenBytes)),
        values.set(op("i32.add", values.get, i32(32))),
        out.set(op("i32.add", out.get, i32(8))),
      ),
      divisors.set(op("i32.add", divisors.get, i32(8))),
    ),
  );
}

/** The low byte of each of eight 16-bit lanes. */
const evenBytes = [0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14];
