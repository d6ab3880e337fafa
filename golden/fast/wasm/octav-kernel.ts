import { access, f32x4, f64, i32, lane, loopWhile, op, when } from "./instructions.ts";
import { layout } from "./layout.ts";
import { FunctionBuilder } from "./module.ts";
import { clearTail, joinedCount, joinedSum, setThreshold, tailLocals, tailLoop } from "./tail-code.ts";

/** Set in a vector's rounds when the recursion settled on one value. */
export const convergedBit = 0x10000;

/** The smallest positive double: from here up, every magnitude but the zeros. */
const least = Number.MIN_VALUE;

/**
 * `octav(values, vectors, size, clips, rounds, weight, iterations, mask)`: OCTAV's recursion on each vector of `size`
 * (a multiple of 8) single-precision values, step by step as `octav` does it, in the same order of summation.
 * `mask` clears the sign bits (0x7fffffff) or keeps them (−1, unsigned). `rounds` gets the rounds plus `convergedBit`.
 */
export function octavKernel(): FunctionBuilder {
  const f = new FunctionBuilder("octav");
  const [values, vectors, size] = [f.parameter("i32"), f.parameter("i32"), f.parameter("i32")];
  const [clips, rounds] = [f.parameter("i32"), f.parameter("i32")];
  const [weight, iterations, mask] = [f.parameter("f64"), f.parameter("i32"), f.parameter("i32")];
  const [end, stop, used, scan, going, settled, count, taken] = [
    f.local("i32"),
    f.local("i32"),
    f.local("i32"),
    f.local("i32"),
    f.local("i32"),
    f.local("i32"),
    f.local("i32"),
    f.local("i32"),
  ];
  const [s, next, clip, largest, all] = [
    f.local("f64"),
    f.local("f64"),
    f.local("f64"),
    f.local("f64"),
    f.local("f64"),
  ];
  const rounded = f.local("f32");
  const peak = f.local("v128");
  const tail = tailLocals(f);
  const joined = joinedSum(tail);
  const tailSum = f.local("f64");
  const slot = (index: typeof used) => op("i32.shl", index.get, i32(3));
  const passOverValues = [
    setThreshold(tail.threshold, s, rounded),
    clearTail(tail),
    tail.cursor.set(values.get),
    tailLoop(tail, stop.get),
    joined.before,
    tailSum.set(joined.sum),
    count.set(joinedCount(tail)),
  ];
  const findLargest = [
    peak.set(f32x4(0)),
    tail.cursor.set(values.get),
    loopWhile(
      op("i32.lt_u", tail.cursor.get, stop.get),
      peak.set(op("f32x4.max", peak.get, op("v128.and", access("v128.load", 0, tail.cursor.get), tail.mask.get))),
      tail.cursor.set(op("i32.add", tail.cursor.get, i32(16))),
    ),
    largest.set(
      op(
        "f64.promote_f32",
        op(
          "f32.max",
          op("f32.max", lane("f32x4", 0, peak.get), lane("f32x4", 1, peak.get)),
          op("f32.max", lane("f32x4", 2, peak.get), lane("f32x4", 3, peak.get)),
        ),
      ),
    ),
  ];
  const finish = [going.set(i32(0))];
  const lookForRepeat = [
    access("f64.store", layout.history, slot(used), next.get),
    clip.set(next.get),
    scan.set(used.get),
    loopWhile(
      op("i32.and", going.get, op("i32.lt_u", i32(0), scan.get)),
      scan.set(op("i32.sub", scan.get, i32(1))),
      // The largest of the values from the last back to the one that came again.
      tailSum.set(op("f64.max", tailSum.get, access("f64.load", layout.history, slot(scan)))),
      when(op("f64.eq", access("f64.load", layout.history, slot(scan)), next.get), [clip.set(tailSum.get), ...finish]),
    ),
    used.set(op("i32.add", used.get, i32(1))),
    s.set(next.get),
  ];
  const oneRound = [
    ...passOverValues,
    next.set(
      op(
        "f64.min",
        op(
          "f64.div",
          op("f64.mul", weight.get, tailSum.get),
          op(
            "f64.add",
            op("f64.sub", all.get, op("f64.convert_i32_u", count.get)),
            op("f64.mul", weight.get, op("f64.convert_i32_u", count.get)),
          ),
        ),
        largest.get,
      ),
    ),
    when(
      op("i32.or", op("f64.eq", next.get, s.get), op("f64.eq", next.get, f64(0))),
      [clip.set(s.get), settled.set(i32(convergedBit)), ...finish],
      [tailSum.set(next.get), ...lookForRepeat],
    ),
  ];
  return f.add(
    tail.mask.set(op("i32x4.splat", mask.get)),
    end.set(op("i32.add", clips.get, op("i32.shl", vectors.get, i32(3)))),
    loopWhile(
      op("i32.lt_u", clips.get, end.get),
      stop.set(op("i32.add", values.get, op("i32.shl", size.get, i32(2)))),
      ...findLargest,
      s.set(f64(least)),
      ...passOverValues,
      all.set(op("f64.convert_i32_u", count.get)),
      clip.set(f64(0)),
      taken.set(i32(0)),
      settled.set(i32(convergedBit)),
      when(op("i32.lt_u", i32(0), count.get), [
        settled.set(i32(0)),
        s.set(op("f64.min", op("f64.div", tailSum.get, all.get), largest.get)),
        access("f64.store", layout.history, i32(0), s.get),
        used.set(i32(1)),
        going.set(i32(1)),
        loopWhile(
          going.get,
          ...oneRound,
          taken.set(op("i32.add", taken.get, i32(1))),
          when(op("i32.eqz", op("i32.lt_u", taken.get, iterations.get)), finish),
        ),
      ]),
      access("i32.store", 0, rounds.get, op("i32.or", taken.get, settled.get)),
      access("f64.store", 0, clips.get, clip.get),
      values.set(stop.get),
      clips.set(op("i32.add", clips.get, i32(8))),
      rounds.set(op("i32.add", rounds.get, i32(4))),
    ),
  );
}
