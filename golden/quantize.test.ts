import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FormatName, formatDeclarations, formatNames } from "../spec/index.ts";
import { dequantize } from "./dequantize.ts";
import { tensorValues } from "./formats/testing/arbitrary-values.ts";
import { quantize } from "./quantize.ts";
import { applicableOptions, type QuantizeOptions, resolveOptions } from "./quantize-options.ts";
import { gammaShape, scalesShape } from "./quantized-tensor.ts";
import type { Tensor } from "./tensor.ts";

const anyFormat = fc.constantFrom(...formatNames);

function tensor(values: ArrayLike<number>, shape: readonly number[] = [values.length]): Tensor {
  return { name: "t", shape, data: Float32Array.from(values) };
}

/** Codes as plain numbers, scales and γ. */
const plain = (q: ReturnType<typeof quantize>) => ({
  codes: [...q.codes],
  scales: q.scales && [...q.scales],
  gamma: q.gamma && [...q.gamma],
});

describe("shapes", () => {
  it("any rank is its lines, one after the other", () => {
    fc.assert(
      fc.property(anyFormat, tensorValues(2 * 3 * 40), (format, data) => {
        const flat = quantize(tensor(data, [6, 40]), { format });
        const deep = quantize(tensor(data, [2, 3, 1, 40]), { format });
        expect(plain(deep)).toEqual(plain(flat));
        const { vector } = deep;
        expect(scalesShape(deep)).toEqual([2, 3, 1, vector === undefined ? 1 : Math.ceil(40 / vector)]);
      }),
    );
  });

  it("another axis is the same as the transposed tensor along the last", () => {
    const rows = 37;
    const columns = 5;
    fc.assert(
      fc.property(anyFormat, tensorValues(rows * columns), fc.boolean(), (format, data, byRow) => {
        const transposed = data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
        const more = applicableOptions(format, byRow ? { coarse: "row" } : {});
        const q = quantize(tensor(data, [rows, columns]), { ...more, axis: 0 });
        const r = quantize(tensor(transposed, [columns, rows]), more);
        const vectors = q.vector === undefined ? 1 : Math.ceil(rows / q.vector);
        q.codes.forEach((code, i) => {
          expect(code).toBe(r.codes[(i % columns) * rows + Math.floor(i / columns)]);
        });
        q.scales?.forEach((scale, i) => {
          expect(scale).toBe(r.scales?.[(i % columns) * vectors + Math.floor(i / columns)]);
        });
        expect(q.gamma).toEqual(r.gamma);
        const back = dequantize(q).data;
        const transposedBack = dequantize(r).data;
        back.forEach((value, i) => {
          expect(value).toBe(transposedBack[(i % columns) * rows + Math.floor(i / columns)]);
        });
        expect(gammaShape(q)).toEqual(q.gamma?.length === columns ? [1, columns] : [1]);
      }),
      { numRuns: 60 },
    );
  });

  it("tails: zeros appended up to whole vectors change no code and no scale", () => {
    fc.assert(
      fc.property(anyFormat, tensorValues({ min: 1, max: 100 }), (format, data) => {
        const vector = formatDeclarations[format].vector?.default ?? 64;
        const padded = new Float32Array(Math.ceil(data.length / vector) * vector);
        padded.set(data);
        const q = plain(quantize(tensor(data), { format }));
        const p = plain(quantize(tensor(padded), { format }));
        expect({ ...p, codes: p.codes.slice(0, data.length) }).toEqual(q);
        expect(p.codes.slice(data.length).every((code) => code === 0)).toBe(true);
      }),
    );
  });

  it("does not change its input", () => {
    const values = [1, Number.POSITIVE_INFINITY, -3, 2 ** -130];
    const t = tensor(values, [2, 2]);
    quantize(t, { format: "mxfp4", nonfinite: "saturate", subnormals: "flush", axis: 0 });
    expect(t.data).toEqual(Float32Array.from(values));
  });
});

describe("refusals", () => {
  const bad = (t: Tensor, options: QuantizeOptions) => () => quantize(t, options);
  const ones = tensor(new Array<number>(40).fill(1), [2, 20]);

  it.each<[string, Tensor, QuantizeOptions, RegExp]>([
    ["rank 0", tensor([1], []), { format: "int4" }, /t: the tensor has rank 0/],
    ["an empty axis", tensor([], [0, 4]), { format: "int4" }, /the shape is 0 x 4; every axis needs/],
    ["data that does not fit", tensor([1, 2, 3], [2, 2]), { format: "int4" }, /3 values do not make the shape 2 x 2/],
    ["an unknown format", ones, { format: "int5" as FormatName }, /no format "int5"; nearest: int/],
    ["an axis that is not there", ones, { format: "int4", axis: 2 }, /no axis 2 in the shape 2 x 20/],
    ["half an axis", ones, { format: "int4", axis: 0.5 }, /axis is 0.5/],
    ["NaN", tensor([1, Number.NaN], [2, 1]), { format: "int4" }, /t\[1, 0\] is NaN/],
    ["an infinity in rank 3", tensor([1, 1, 1, -1 / 0], [2, 1, 2]), { format: "nvfp4" }, /t\[1, 0, 1\] is -Infinity/],
    ["a short vector", ones, { format: "mxfp4", tail: "refuse" }, /20 elements along axis 1 .* vectors of 32/],
    ["a vector out of range", ones, { format: "int4-vsq", vector: 4 }, /vector is 4; .* from 8 to 256/],
    ["half a vector", ones, { format: "int4-vsq", vector: 16.5 }, /vector is 16.5/],
    ["a vector where it is fixed", ones, { format: "mxfp4", vector: 16 }, /mxfp4 has 32 elements to a scale/],
    ["a vector where there is none", ones, { format: "int4", vector: 16 }, /int4 has no vectors/],
    ["scale bits out of range", ones, { format: "int4-vsq", scaleBits: 11 }, /scaleBits is 11; .* from 3 to 10/],
    ["scale bits where there are none", ones, { format: "nvfp4", scaleBits: 8 }, /no integer scales/],
    ["clipping a block format", ones, { format: "mxfp4", clip: "octav" }, /clip is "octav"; mxfp4/],
    ["a policy of another format", ones, { format: "int4", scaleRule: "ceil" }, /scaleRule has no effect on int4/],
    ["a choice that is none", ones, { format: "int4", rounding: "up" as "half-up" }, /rounding is "up"; .* half-even/],
    ["NaN that cannot pass", ones, { format: "int4", nonfinite: "propagate" }, /int4 has no code for NaN/],
    ["unsigned full range", ones, { format: "int4", unsigned: true, fullRange: true }, /fullRange is for signed/],
    ["unsigned floats", ones, { format: "fp4-vsq", unsigned: true }, /unsigned has no effect on fp4-vsq/],
  ])("%s", (_, t, options, message) => {
    expect(bad(t, options)).toThrow(message);
    expect(bad(t, options)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe("options", () => {
  it("comparisons keep what has an effect", () => {
    const options = { clip: "octav", vector: 16, scaleBits: 6, scaleRule: "even", axis: 0, coarse: "row" } as const;
    expect(applicableOptions("int4", options)).toEqual({ format: "int4", clip: "octav", axis: 0, coarse: "row" });
    expect(applicableOptions("mxfp4", options)).toEqual({ format: "mxfp4", scaleRule: "even", axis: 0 });
    const vsq = { format: "int4-vsq", clip: "octav", vector: 16, scaleBits: 6, axis: 0, coarse: "row" };
    expect(applicableOptions("int4-vsq", options)).toEqual(vsq);
    for (const format of formatNames) expect(() => resolveOptions(applicableOptions(format, options))).not.toThrow();
  });

  it("defaults", () => {
    expect(resolveOptions({ format: "int4-vsq" })).toMatchObject({
      clip: "max",
      vector: 64,
      scaleBits: 8,
      axis: -1,
      rounding: "half-even",
      coarse: "tensor",
      elementScale: "exact",
      tail: "pad",
    });
    expect(resolveOptions({ format: "nvfp4" }).blockScaleOrder).toBe("multiply-sixth");
    expect(resolveOptions({ format: "nvfp4-46" }).blockScaleOrder).toBe("divide-by-six");
  });
});
