import { access, f32x4, i32, lane, loopWhile, op } from "./instructions.ts";
import { FunctionBuilder } from "./module.ts";

/**
 * `peaks(values, vectors, size, out, mask)`: the largest magnitude of each vector of `size` (a multiple of 8)
 * single-precision values, as doubles. `mask` clears the sign bits (0x7fffffff) or keeps them (−1: the largest value,
 * at least 0). A NaN in the vector comes through as NaN, an infinity as infinity.
 */
export function peakKernel(): FunctionBuilder {
  const f = new FunctionBuilder("peaks");
  const [values, vectors, size, out] = [f.parameter("i32"), f.parameter("i32"), f.parameter("i32"), f.parameter("i32")];
  const mask = f.parameter("i32");
  const [end, stop] = [f.local("i32"), f.local("i32")];
  const [a, b, masks] = [f.local("v128"), f.local("v128"), f.local("v128")];
  const larger = (i: number) =>
    op("f32.max", lane("f32x4", i, a.get), i === 3 ? lane("f32x4", 3, a.get) : lane("f32x4", i + 1, a.get));
  const magnitude = (offset: number) => op("v128.and", access("v128.load", offset, values.get), masks.get);
  return f.add(
    masks.set(op("i32x4.splat", mask.get)),
    end.set(op("i32.add", out.get, op("i32.shl", vectors.get, i32(3)))),
    loopWhile(
      op("i32.lt_u", out.get, end.get),
      a.set(f32x4(0)),
      b.set(f32x4(0)),
      stop.set(op("i32.add", values.get, op("i32.shl", size.get, i32(2)))),
      loopWhile(
        op("i32.lt_u", values.get, stop.get),
        a.set(op("f32x4.max", a.get, magnitude(0))),
        b.set(op("f32x4.max", b.get, magnitude(16))),
        values.set(op("i32.add", values.get, i32(32))),
      ),
      a.set(op("f32x4.max", a.get, b.get)),
      access("f64.store", 0, out.get, op("f64.promote_f32", op("f32.max", larger(0), larger(2)))),
      out.set(op("i32.add", out.get, i32(8))),
    ),
  );
}
