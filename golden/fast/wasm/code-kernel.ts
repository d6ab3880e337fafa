import type { Code } from "./encode.ts";
import { access, f32x4, f64, i32, loopWhile, op, shuffle, storeLow64, when } from "./instructions.ts";
import { FunctionBuilder, type Local } from "./module.ts";

const highHalf = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const lowHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const evenBytes = [0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14];

/** Elements 0 and 1 of four single-precision lanes in double precision. */
export function lowDoubles(vector: Code): Code {
  return op("f64x2.promote_low_f32x4", vector);
}

/** Elements 2 and 3 of four single-precision lanes in double precision. */
export function highDoubles(vector: Local): Code {
  return op("f64x2.promote_low_f32x4", shuffle(vector.get, vector.get, highHalf));
}

/** Two times four 32-bit codes as eight bytes. The last step must not saturate: unsigned codes reach 255. */
export function storeCodes(address: Code, first: Local, second: Code): Code {
  return [
    ...first.set(op("i16x8.narrow_i32x4_s", first.get, second)),
    ...storeLow64(0, address, shuffle(first.get, first.get, evenBytes)),
  ];
}

/**
 * `codes(values, vectors, size, divisors, out, factor, least, most)`: code = nearest(factor·x / divisor), ties to even,
 * clipped to least..most, one byte each. One divisor (a double) per vector of `size` (a multiple of 8). Product,
 * quotient and rounding are those of double precision, as in the plain quantiser; 0 / 0 gives 0.
 *
 * A vector is first tried in single precision, y = x·(factor / divisor). Both roundings together move y by less than
 * (most + 1)·2^−23, so a y further than that from the middle between two codes has the right one. If some y is nearer
 * (a tie is always), the vector is done again in double precision. Divisors so small or large that factor / divisor or
 * a code's own share of it might leave the range of single precision go there at once.
 */
export function codeKernel(): FunctionBuilder {
  const f = new FunctionBuilder("codes");
  const [values, vectors, size] = [f.parameter("i32"), f.parameter("i32"), f.parameter("i32")];
  const [divisors, out] = [f.parameter("i32"), f.parameter("i32")];
  const [factor, least, most] = [f.parameter("f64"), f.parameter("f64"), f.parameter("f64")];
  const integer = () => f.local("i32");
  const [end, stop, from, to, again] = [integer(), integer(), integer(), integer(), integer()];
  const vector = () => f.local("v128");
  const [factors, lowest, highest, divisor, four, first] = [vector(), vector(), vector(), vector(), vector(), vector()];
  const [ratio, lowestSingle, highestSingle, limit, doubt, near] = [
    vector(),
    vector(),
    vector(),
    vector(),
    vector(),
    vector(),
  ];
  const share = f.local("f64");

  const eachEight = (...body: readonly Code[]): Code => [
    ...from.set(values.get),
    ...to.set(out.get),
    ...loopWhile(
      op("i32.lt_u", from.get, stop.get),
      ...body,
      from.set(op("i32.add", from.get, i32(32))),
      to.set(op("i32.add", to.get, i32(8))),
    ),
  ];
  const single = (offset: number): readonly Code[] => [
    four.set(op("f32x4.mul", access("v128.load", offset, from.get), ratio.get)),
    four.set(op("f32x4.max", op("f32x4.min", four.get, highestSingle.get), lowestSingle.get)),
    near.set(op("f32x4.nearest", four.get)),
    doubt.set(
      op("v128.or", doubt.get, op("f32x4.gt", op("f32x4.abs", op("f32x4.sub", four.get, near.get)), limit.get)),
    ),
  ];
  const inSingle = eachEight(
    ...single(0),
    first.set(op("i32x4.trunc_sat_f32x4_s", near.get)),
    ...single(16),
    storeCodes(to.get, first, op("i32x4.trunc_sat_f32x4_s", near.get)),
  );
  const round = (pair: Code): Code => {
    const quotient = op("f64x2.div", op("f64x2.mul", factors.get, pair), divisor.get);
    const clipped = op("f64x2.max", op("f64x2.min", quotient, highest.get), lowest.get);
    return op("i32x4.trunc_sat_f64x2_s_zero", op("f64x2.nearest", clipped));
  };
  const double = (): Code => shuffle(round(lowDoubles(four.get)), round(highDoubles(four)), lowHalves);
  const inDouble = eachEight(
    four.set(access("v128.load", 0, from.get)),
    first.set(double()),
    four.set(access("v128.load", 16, from.get)),
    storeCodes(to.get, first, double()),
  );
  return f.add(
    factors.set(op("f64x2.splat", factor.get)),
    lowest.set(op("f64x2.splat", least.get)),
    highest.set(op("f64x2.splat", most.get)),
    lowestSingle.set(op("f32x4.splat", op("f32.demote_f64", least.get))),
    highestSingle.set(op("f32x4.splat", op("f32.demote_f64", most.get))),
    // Half less twice the bound on the error.
    limit.set(
      op(
        "f32x4.splat",
        op("f32.demote_f64", op("f64.sub", f64(0.5), op("f64.mul", op("f64.add", most.get, f64(2)), f64(2 ** -22)))),
      ),
    ),
    end.set(op("i32.add", divisors.get, op("i32.shl", vectors.get, i32(3)))),
    loopWhile(
      op("i32.lt_u", divisors.get, end.get),
      divisor.set(op("f64x2.splat", access("f64.load", 0, divisors.get))),
      share.set(op("f64.div", factor.get, access("f64.load", 0, divisors.get))),
      stop.set(op("i32.add", values.get, op("i32.shl", size.get, i32(2)))),
      again.set(i32(1)),
      when(op("i32.and", op("f64.lt", f64(2 ** -100), share.get), op("f64.lt", share.get, f64(2 ** 100))), [
        ratio.set(op("f32x4.splat", op("f32.demote_f64", share.get))),
        doubt.set(f32x4(0)),
        inSingle,
        again.set(op("v128.any_true", doubt.get)),
      ]),
      when(again.get, [inDouble]),
      values.set(stop.get),
      out.set(op("i32.add", out.get, size.get)),
      divisors.set(op("i32.add", divisors.get, i32(8))),
    ),
  );
}
