import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../../spec/index.ts";
import { quantize } from "../quantize.ts";
import type { Tensor } from "../tensor.ts";
import { bellShaped } from "../testing/samples.ts";
import { QuantizePool, quantizeParallel } from "./quantize-pool.ts";

const pool = new QuantizePool(2);
afterAll(() => pool.close());

const tensor = (name: string, rows: number, columns: number, seed: number): Tensor => ({
  name,
  shape: [rows, columns],
  data: bellShaped(rows * columns, seed),
});
const some = [tensor("a", 4, 128, 1), tensor("b", 40, 700, 2), tensor("c", 1, 5, 3), tensor("d", 70, 640, 4)];

describe("a pool of threads", () => {
  test("gives the results of quantize, in order", async () => {
    for (const options of [{ format: "int4-vsq", clip: "octav" }, { format: "nvfp4" }, { format: "int8" }] as const) {
      const results = await Promise.all(some.map((each) => pool.quantize(each, options)));
      expect(results).toEqual(some.map((each) => quantize(each, options)));
    }
  });

  test("leaves the tensor to its owner", async () => {
    const [first] = some;
    const before = first?.data.slice();
    await pool.quantize(first!, { format: "int4" });
    expect(first?.data).toEqual(before);
    const whole = bellShaped(1000, 5);
    const part = { name: "part", shape: [500], data: whole.subarray(100, 600) };
    expect(await pool.quantize(part, { format: "int4" })).toEqual(quantize(part, { format: "int4" }));
    expect(whole).toEqual(bellShaped(1000, 5));
  });

  test("reads shared memory in place", async () => {
    const data = new Float32Array(new SharedArrayBuffer(4 * 512));
    data.set(bellShaped(512, 6));
    const shared = { name: "shared", shape: [512], data };
    const copy = { ...shared, data: data.slice() };
    expect(await pool.quantize(shared, { format: "int4-vsq" })).toEqual(quantize(copy, { format: "int4-vsq" }));
  });

  test("refuses as quantize does, and goes on", async () => {
    const broken = { name: "weights", shape: [2], data: Float32Array.from([1, Number.NaN]) };
    const refusal = pool.quantize(broken, { format: "int4" });
    await expect(refusal).rejects.toThrow(InputError);
    await expect(refusal).rejects.toThrow("weights[1] is NaN");
    await expect(pool.quantize(some[0]!, { format: "int4", vector: 9 })).rejects.toMatchObject({ exitCode: 2 });
    expect(await pool.quantize(some[0]!, { format: "int4" })).toEqual(quantize(some[0]!, { format: "int4" }));
  });
});

test("closing rejects what is not finished", async () => {
  const short = new QuantizePool(1);
  const jobs = [1, 2, 3].map(() => short.quantize(some[1]!, { format: "int4" }));
  const settled = Promise.allSettled(jobs);
  await short.close();
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  await expect(short.quantize(some[1]!, { format: "int4" })).rejects.toThrow("closed");
});

test("all at once, and one bad tensor among them", async () => {
  const results = await quantizeParallel(some, { format: "mxfp4" }, 2);
  expect(results).toEqual(some.map((each) => quantize(each, { format: "mxfp4" })));
  const broken = { name: "broken", shape: [1], data: Float32Array.from([Number.POSITIVE_INFINITY]) };
  await expect(quantizeParallel([...some, broken], { format: "int4" }, 2)).rejects.toThrow("broken[0] is Infinity");
  expect(await quantizeParallel([], { format: "int4" })).toEqual([]);
});

test("a number of threads that makes no sense is refused", () => {
  for (const threads of [0, 1.5, 257]) expect(() => new QuantizePool(threads)).toThrow(`threads is ${threads}`);
});
