import type { ClipRule } from "../golden/clipping/index.ts";
import { measure } from "../golden/metrics/measure.ts";
import type { QuantizePool } from "../golden/parallel/index.ts";
import { quantize } from "../golden/quantize.ts";
import { applicableOptions, type QuantizeOptions, resolveOptions } from "../golden/quantize-options.ts";
import type { Tensor } from "../golden/tensor.ts";
import { type FormatName, formatDeclaration, InputError } from "../spec/index.ts";
import { measuredResult, resultOf } from "./quantize-and-measure.ts";
import { withStrictVector } from "./quantize-arguments.ts";
import { worthThreads } from "./quantize-in-order.ts";
import { resultLabel, type TensorReport, type TensorResult } from "./quantize-report.ts";
import type { TensorInput } from "./tensor-inputs.ts";
import { profileTensor } from "./tensor-profile.ts";

/** SQNR of one format and rule at several vector sizes; a format of one size has one point. */
export interface SizeSeries {
  readonly label: string;
  readonly format: FormatName;
  readonly clip: ClipRule;
  /** `size` 0 stands for formats without vectors. */
  readonly points: readonly { readonly size: number; readonly sqnr: number }[];
}

/** A tensor's results, and how they depend on the vector size where that was asked for. */
export interface ComparedTensor extends TensorReport {
  readonly sizes: readonly SizeSeries[];
  /** Elements on which `sizes` was measured. */
  readonly sizesElements: number;
}

/** Vector sizes that VS-Quant hardware is built for. */
export const comparedSizes: readonly number[] = Object.freeze([8, 16, 32, 64, 128, 256]);

/** Enough to tell an SQNR to a hundredth of a decibel; six sizes times all formats of a large tensor take minutes. */
const mostElements = 2_000_000;

/**
 * Every format with every clipping rule that applies to it: formats that take the maximum by definition come once.
 * @throws InputError when an option is out of range for a format
 */
export function combinations(
  formats: readonly FormatName[],
  clips: readonly ClipRule[],
  options: Omit<QuantizeOptions, "format" | "clip">,
): QuantizeOptions[] {
  return formats.flatMap((format) => {
    const possible = clips.filter((clip) => clipApplies(format, clip));
    // A format that none of the rules applies to takes its scales from the maximum.
    return (possible.length > 0 ? possible : (["max"] as const)).map((clip) => {
      const combined = { ...applicableOptions(format, { ...options, clip }), clip };
      resolveOptions(combined);
      return withStrictVector(combined);
    });
  });
}

function clipApplies(format: FormatName, clip: ClipRule): boolean {
  try {
    resolveOptions({ format, clip });
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/**
 * Reads a tensor and quantises it in every way.
 * @param withSizes also at every vector size, for the formats that let it be chosen
 * @param progress called with the quantisations done and all
 * @param pool the threads, started when first needed
 */
export async function compareTensor(
  input: TensorInput,
  ways: readonly QuantizeOptions[],
  withSizes: boolean,
  progress: (done: number, total: number) => void,
  pool: () => Promise<QuantizePool>,
): Promise<ComparedTensor> {
  const tensor = sharedTensor(input.read(), ways.length);
  const total = ways.length * (withSizes ? 2 : 1);
  let done = 0;
  const step = (): void => progress(++done, total);
  progress(0, total);
  const resultsOf = async (way: QuantizeOptions): Promise<TensorResult> => {
    const result = shared(tensor)
      ? await (await pool()).measured(tensor, way).then(({ metrics, quantized }) => measuredResult(quantized, metrics))
      : resultOf(tensor, quantize(tensor, way));
    step();
    return result;
  };
  const results = await Promise.all(ways.map(resultsOf));
  const part = withSizes ? firstLines(tensor) : tensor;
  const seriesOf = async (way: QuantizeOptions): Promise<SizeSeries> => {
    const series = await sizeSeries(part, way, pool);
    step();
    return series;
  };
  const sizes = withSizes ? await Promise.all(ways.map(seriesOf)) : [];
  const { name, shape } = tensor;
  const report = { name, file: input.file, shape, profile: profileTensor(tensor), results };
  return { ...report, sizes, sizesElements: part.data.length };
}

async function sizeSeries(
  tensor: Tensor,
  way: QuantizeOptions,
  pool: () => Promise<QuantizePool>,
): Promise<SizeSeries> {
  const { clip, format, vector } = resolveOptions(way);
  const range = formatDeclaration(format).vector;
  const sizes = range && range.min < range.max ? comparedSizes : [vector ?? 0];
  const points = sizes.map(async (size) => {
    const options = sizes.length > 1 ? { ...way, vector: size, tail: "pad" as const } : way;
    const { sqnr } = shared(tensor)
      ? (await (await pool()).measured(tensor, options)).metrics
      : measure(tensor, quantize(tensor, options));
    return { size, sqnr };
  });
  return { label: resultLabel({ format, clip }), format, clip, points: await Promise.all(points) };
}

/** A tensor that is worth threads, in memory that they share; a small one as it is. */
function sharedTensor(tensor: Tensor, ways: number): Tensor {
  const { data } = tensor;
  if (!worthThreads(data.length, ways)) return tensor;
  const memory = new SharedArrayBuffer(data.byteLength);
  const copy = data instanceof Float32Array ? new Float32Array(memory) : new Float64Array(memory);
  copy.set(data);
  return { ...tensor, data: copy };
}

function shared({ data }: Tensor): boolean {
  return data.buffer instanceof SharedArrayBuffer;
}

/** The first part of a large tensor, cut along its first axis. */
function firstLines(tensor: Tensor): Tensor {
  const { data, name, shape } = tensor;
  const [first = 1, ...rest] = shape;
  if (data.length <= mostElements || rest.length === 0) return tensor;
  const inner = data.length / first;
  const kept = Math.max(1, Math.min(first, Math.floor(mostElements / inner)));
  return { name, shape: [kept, ...rest], data: data.subarray(0, kept * inner) };
}
