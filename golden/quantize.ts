import { formatDeclarations, InputError } from "../spec/index.ts";
import { encodeLinesFast } from "./fast/encode-lines-fast.ts";
import type { EncodedLines, Lines } from "./formats/encoded-lines.ts";
import { quantizeInteger } from "./formats/integer/quantize-integer.ts";
import { quantizeMx } from "./formats/mx/quantize-mx.ts";
import { quantizeNvfp4 } from "./formats/nvfp4/quantize-nvfp4.ts";
import { quantizeVsqLines } from "./formats/vsq/quantize-vsq-lines.ts";
import { type FiniteValues, finiteData } from "./matrix.ts";
import { axisBack, axisLast, splitAtAxis } from "./move-axis.ts";
import { type QuantizeOptions, type ResolvedOptions, resolveAxis, resolveOptions } from "./quantize-options.ts";
import type { QuantizedTensor } from "./quantized-tensor.ts";
import { checkTensor, indexText, type Tensor } from "./tensor.ts";

const smallestNormal = 2 ** -126;

/** A copy with float32's subnormals as zeros that keep their sign. */
function flushSubnormals(data: Float32Array | Float64Array): Float32Array | Float64Array {
  const copy = data.slice();
  for (let i = 0; i < copy.length; i++) {
    const value = copy[i] ?? 0;
    if (Math.abs(value) < smallestNormal) copy[i] = value * 0;
  }
  return copy;
}

/** The values that a family quantises: finite unless NaN may pass, without subnormals if so asked, float32 for NVFP4. */
function preparedValues({ name, shape, data }: Tensor, options: ResolvedOptions): FiniteValues {
  const { format, nonfinite, subnormals, unsigned, negative } = options;
  const nameOf = (i: number) => `${name}${indexText(shape, i)}`;
  const finite = nonfinite === "propagate" ? { data, replaced: 0 } : finiteData(data, nonfinite, nameOf);
  let values = finite.data;
  if (formatDeclarations[format].coarse === "float32" && values instanceof Float64Array) {
    const beyond = values.findIndex((value) => !Number.isFinite(Math.fround(value)));
    if (beyond >= 0) {
      throw new InputError(`${nameOf(beyond)} is ${values[beyond]}, beyond float32, which ${format} starts from`);
    }
    values = Float32Array.from(values);
  }
  if (subnormals === "flush") values = flushSubnormals(values);
  if (unsigned && negative === "refuse") {
    const below = values.findIndex((value) => value < 0);
    if (below >= 0) {
      throw new InputError(
        `${nameOf(below)} is ${values[below]}; unsigned codes have no negative numbers (negative "clip" makes them 0)`,
      );
    }
  }
  return { data: values, replaced: finite.replaced };
}

/** Quantises lines in a family's way: by the kernels where there are some, which agree with the family in every bit. */
function encodeLines(lines: Lines, options: ResolvedOptions): EncodedLines {
  const { clips, family } = formatDeclarations[options.format];
  // Where not every clipping rule applies, the kernels know the maximum alone.
  const fast = clips || options.clip === "max" ? encodeLinesFast(lines, options) : undefined;
  if (fast) return fast;
  switch (family) {
    case "integer":
      return quantizeInteger(lines, options);
    case "vsq":
      return quantizeVsqLines(lines, options);
    case "mx":
      return quantizeMx(lines, options);
    case "nvfp4":
      return quantizeNvfp4(lines, options);
  }
}

/**
 * A tensor in a format. Vectors lie along the last axis or `axis`; a line that is no whole number of vectors ends in a
 * shorter one, as if filled up with zeros (or is refused, `tail`). The tensor is not changed.
 *
 * Equations of docs/numerics.md: integers (3) to (5), VS-Quant (6) to (10), MX (11) to (16), NVFP4 (17) to (23), OCTAV (24).
 *
 * @param tensor values in any unit, magnitudes up to 1e290 (NVFP4: float32), at least one axis and one element per axis.
 * @param options format, clipping rule (`max`), policies; ranges are those of `QuantizeOptions`.
 * @returns codes in the shape of the tensor (Int8Array for signed integers, else Uint8Array), scales with ⌈length /
 * vector⌉ along the axis (undefined for int8 to int3), gamma of one number, or one per line with `coarse: "row"`, in the
 * values' unit (undefined for MX), the options with every default, and what happened on the way.
 * @throws InputError for rank 0, an empty axis, NaN or infinities (with tensor, index and value), options out of range or
 * without effect on the format.
 */
export function quantize(tensor: Tensor, options: QuantizeOptions): QuantizedTensor {
  const resolved = resolveOptions(options);
  checkTensor(tensor);
  const { name, shape } = tensor;
  const { format, tail, vector } = resolved;
  const axis = resolveAxis(tensor, resolved.axis);
  const split = splitAtAxis(shape, axis);
  const { outer, length, inner } = split;
  if (tail === "refuse" && vector !== undefined && length % vector !== 0) {
    throw new InputError(
      `${name}: ${length} elements along axis ${axis} are no whole number of vectors of ${vector}; take a size that divides, or fill up with zeros: --policy tail=pad, or tail: "pad"`,
    );
  }
  const { data, replaced } = preparedValues(tensor, resolved);
  const lines = { data: axisLast(data, split), rows: outer * inner, columns: length };
  const { codes, scales, gamma, statistics } = encodeLines(lines, resolved);
  const vectors = vector === undefined ? 1 : Math.ceil(length / vector);
  return {
    name,
    shape,
    format,
    axis,
    vector,
    codes: axisBack(codes, split),
    scales: scales && axisBack(scales, { outer, length: vectors, inner }),
    gamma,
    options: resolved,
    statistics: { ...statistics, replaced },
  };
}
