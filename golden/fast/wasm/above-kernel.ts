import { access, i32, loopWhile, op } from "./instructions.ts";
import { layout } from "./layout.ts";
import { FunctionBuilder } from "./module.ts";
import { setThreshold } from "./tail-code.ts";

/**
 * `above(values, vectors, size, limits)`: adds the number of values whose magnitude is above their vector's limit (a
 * double, at least 0) to the four counts at `layout.sums` + 64. Vectors of `size` (a multiple of 8).
 */
export function aboveKernel(): FunctionBuilder {
  const f = new FunctionBuilder("above");
  const [values, vectors, size] = [f.parameter("i32"), f.parameter("i32"), f.parameter("i32")];
  const limits = f.parameter("i32");
  const [end, stop] = [f.local("i32"), f.local("i32")];
  const [threshold, counts, limit, rounded] = [f.local("v128"), f.local("v128"), f.local("f64"), f.local("f32")];
  const isAbove = (offset: number) =>
    op("f32x4.ge", op("f32x4.abs", access("v128.load", offset, values.get)), threshold.get);
  return f.add(
    counts.set(access("v128.load", layout.sums + 64, i32(0))),
    end.set(op("i32.add", limits.get, op("i32.shl", vectors.get, i32(3)))),
    loopWhile(
      op("i32.lt_u", limits.get, end.get),
      limit.set(access("f64.load", 0, limits.get)),
      setThreshold(threshold, limit, rounded, true),
      stop.set(op("i32.add", values.get, op("i32.shl", size.get, i32(2)))),
      loopWhile(
        op("i32.lt_u", values.get, stop.get),
        counts.set(op("i32x4.sub", op("i32x4.sub", counts.get, isAbove(0)), isAbove(16))),
        values.set(op("i32.add", values.get, i32(32))),
      ),
      limits.set(op("i32.add", limits.get, i32(8))),
    ),
    access("v128.store", layout.sums + 64, i32(0), counts.get),
  );
}
