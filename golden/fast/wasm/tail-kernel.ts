import { access, i32, op } from "./instructions.ts";
import { layout } from "./layout.ts";
import { FunctionBuilder } from "./module.ts";
import { setThreshold, tailLocals, tailLoop } from "./tail-code.ts";

/**
 * `tail(values, stop, s, mask)`: adds the tail from s > 0 up of the values in memory from `values` to `stop` (a multiple
 * of 8 values) to the eight partial sums and four counts at `layout.sums`. A long tensor goes through in chunks.
 */
export function tailKernel(): FunctionBuilder {
  const f = new FunctionBuilder("tail");
  const [values, stop, s, mask] = [f.parameter("i32"), f.parameter("i32"), f.parameter("f64"), f.parameter("i32")];
  const rounded = f.local("f32");
  const tail = tailLocals(f);
  const places = [...tail.sums, tail.counts];
  return f.add(
    tail.mask.set(op("i32x4.splat", mask.get)),
    ...places.map((local, i) => local.set(access("v128.load", layout.sums + 16 * i, i32(0)))),
    setThreshold(tail.threshold, s, rounded),
    tail.cursor.set(values.get),
    tailLoop(tail, stop.get),
    ...places.map((local, i) => access("v128.store", layout.sums + 16 * i, i32(0), local.get)),
  );
}
