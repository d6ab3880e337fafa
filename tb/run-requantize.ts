import { type ConfiguredDesign, generatorNamed } from "../generators/index.ts";
import {
  dequantize,
  type Matrix,
  type NonfinitePolicy,
  type QuantizedVector,
  quantize,
  quantizeVector,
  quantizeVectorExact,
  quantizeVectorOctav,
  sqnr,
  wholeNumberInputs,
} from "../golden/index.ts";
import { compile, type EngineName, startEngine } from "../hdl/index.ts";
import type { Engine, EngineValues } from "../hdl/simulate/engine.ts";
import {
  type FormatName,
  fittingReciprocalBits,
  fittingScaleFraction,
  formatNames,
  InputError,
  type ParameterValue,
  vsqOctavInterval,
  vsqOctavParameters,
  vsqQuantizerParameters,
} from "../spec/index.ts";
import type { Mismatch } from "./run-bench.ts";
import { simulateCheckedClips } from "./simulate-checked-clips.ts";

/** Where the clipping magnitude of a vector comes from. */
export type RequantizeClip = "max" | "octav" | "octav+";

/** A real matrix for the simulated per-vector scaler. */
export interface RequantizeRequest {
  /** Vectors lie along the columns. */
  readonly matrix: Matrix;
  /** Parameters of the unit, as given; defaults are filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly clip: RequantizeClip;
  readonly engine: EngineName;
  readonly nonfinite?: NonfinitePolicy | undefined;
  /** Called now and then with the vectors that have arrived and their number in all. */
  readonly onProgress?: ((vectors: number, of: number) => void) | undefined;
}

/** What came of it. */
export interface RequantizeReport {
  readonly design: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly engine: EngineName;
  readonly simulator: string;
  readonly clip: RequantizeClip;
  readonly shape: { readonly rows: number; readonly columns: number };
  readonly vectors: number;
  readonly cycles: number;
  /** Codes and scales compared with the golden model, and how many differed. */
  readonly compared: number;
  readonly mismatched: number;
  readonly mismatches: readonly Mismatch[];
  /** Codes that are not what the formula gives for the same whole numbers; 0 for `exact` with the maximum. */
  readonly codesOffFormula: number;
  /** Signal to quantisation noise of the unit's codes against the float input, dB. */
  readonly sqnr: number;
  /** The same of the ideal quantiser, which computes in real numbers; null where there is no format of that width. */
  readonly idealSqnr: number | null;
  /** The unit's values against the ideal quantiser's, dB. */
  readonly sqnrAgainstIdeal: number | null;
  readonly seconds: number;
}

interface Unit {
  readonly configured: ConfiguredDesign;
  readonly vectorSize: number;
  readonly beats: number;
  /** Least cycles from one vector to the next. */
  readonly interval: number;
  /** What the unit should make of a vector; `clip` is the golden model's where one goes in from outside. */
  golden(values: ArrayLike<number>, clip: number | undefined): QuantizedVector;
  formula(values: ArrayLike<number>, clip: number | undefined): QuantizedVector;
}

/**
 * The parameters asked for. Left out, scaleFraction is the one that uses the range of the inputs best, and reciprocalBits
 * as many as the bits of a code need: the defaults of the design fit codes of 4 bits.
 */
function withFittingWidths(
  design: string,
  asked: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  // The bits of a code are read before those of the reciprocal are known: 16 are enough for any.
  const { elementBits, inputBits, scaleBits } = generatorNamed(design).configure({
    reciprocalBits: 16,
    ...asked,
  }).params;
  const widths = { elementBits: Number(elementBits), inputBits: Number(inputBits), scaleBits: Number(scaleBits) };
  return { scaleFraction: fittingScaleFraction(widths), reciprocalBits: fittingReciprocalBits(widths), ...asked };
}

function unitFor(clip: RequantizeClip, asked: Readonly<Record<string, unknown>>): Unit {
  const given = withFittingWidths(clip === "octav" ? "vsq-octav-quantizer" : "vsq-quantizer", asked);
  if (clip !== "octav") {
    const configured = generatorNamed("vsq-quantizer").configure(clip === "max" ? given : { ...given, clip: true });
    const params = vsqQuantizerParameters.parse(configured.params);
    if (params.clip && clip === "max")
      throw new InputError("clip is true, but nothing drives in_clip here; ask for --clip octav or octav+ instead");
    return {
      configured,
      vectorSize: params.vectorSize,
      beats: params.beats,
      interval: params.beats,
      golden: (values, clipAt) => quantizeVector(values, params, clipAt),
      formula: (values, clipAt) => quantizeVectorExact(values, params, clipAt),
    };
  }
  const configured = generatorNamed("vsq-octav-quantizer").configure(given);
  const params = vsqOctavParameters.parse(configured.params);
  return {
    configured,
    vectorSize: params.vectorSize,
    beats: params.beats,
    interval: vsqOctavInterval(params),
    golden: (values) => quantizeVectorOctav(values, params),
    formula: (values) => quantizeVectorOctav(values, { ...params, architecture: "exact" }),
  };
}

/** The vectors through the unit, in order: codes of all, scales of all. */
function simulate(
  engine: Engine,
  unit: Unit,
  values: Int32Array,
  clips: Int32Array | undefined,
  onProgress?: RequantizeRequest["onProgress"],
) {
  const { beats, configured, interval, vectorSize } = unit;
  const vectors = values.length / vectorSize;
  const lanes = vectorSize / beats;
  const codes = new Int16Array(values.length);
  const scales = new Uint16Array(vectors);
  const idle = engine.inputs.map(({ elements }): EngineValues => new Int32Array(elements));
  const validPort = engine.inputs.findIndex(({ name }) => name === "in_valid");
  const valuePort = engine.inputs.findIndex(({ name }) => name === "in_values");
  const clipPort = engine.inputs.findIndex(({ name }) => name === "in_clip");
  const one = Int32Array.of(1);
  function* frames(): Generator<readonly EngineValues[]> {
    for (let vector = 0; vector < vectors; vector++) {
      for (let beat = 0; beat < beats; beat++) {
        const frame = [...idle];
        const from = vector * vectorSize + beat * lanes;
        frame[validPort] = one;
        frame[valuePort] = values.subarray(from, from + lanes);
        if (clips !== undefined) frame[clipPort] = clips.subarray(vector, vector + 1);
        // A last beat may have to wait for the unit: it is offered when it will be taken.
        if (beat === beats - 1 && vector > 0) for (let i = beats; i < interval; i++) yield idle;
        yield frame;
      }
    }
    for (let i = 0; i < configured.latency + interval; i++) yield idle;
  }
  const output = (name: string): number => engine.outputs.findIndex((port) => port.name === name);
  const [outValid, outCodes, outScale] = [output("out_valid"), output("out_codes"), output("out_scale")];
  let arrived = 0;
  let cycles = 0;
  engine.step(2, true);
  engine.replay(frames(), (_cycle, outputs) => {
    cycles++;
    if (Number(outputs[outValid]![0]) !== 1) return;
    if (arrived < vectors) {
      codes.set(outputs[outCodes] as ArrayLike<number>, arrived * vectorSize);
      scales[arrived] = Number(outputs[outScale]![0]);
    }
    arrived++;
    if (arrived % 256 === 0) onProgress?.(arrived, vectors);
  });
  return { codes, scales, arrived, cycles };
}

const mismatchesKept = 8;

/**
 * Runs a float matrix through the simulated per-vector scaler: into whole numbers as the post-process would hand them
 * over, vector by vector through the unit, every code and scale compared with the golden model, the error measured
 * against the float input and against the quantiser in real numbers.
 * @throws InputError for parameters or a matrix that do not fit; ToolError when the simulator is missing or fails.
 */
export async function runRequantize(request: RequantizeRequest): Promise<RequantizeReport> {
  const { clip, engine: engineName, matrix } = request;
  const unit = unitFor(clip, request.parameters);
  const { configured, vectorSize } = unit;
  const arithmetic = vsqQuantizerParameters.parse(
    Object.fromEntries(vsqQuantizerParameters.names.map((name) => [name, configured.params[name]])),
  );
  const { coarse, finite, values, vectors } = wholeNumberInputs(matrix, arithmetic, request.nonfinite);
  const started = performance.now();
  const checked = clip === "octav+" ? await simulateCheckedClips(values, arithmetic, engineName) : undefined;
  const engine = await startEngine(compile(configured.create()), { engine: engineName });
  let run: ReturnType<typeof simulate>;
  try {
    run = simulate(engine, unit, values, checked?.simulated, request.onProgress);
  } finally {
    engine.dispose();
  }
  const seconds = (performance.now() - started) / 1000;

  const mismatches: Mismatch[] = [];
  let mismatched = 0;
  let codesOffFormula = 0;
  const count = matrix.rows * vectors;
  const compare = (vector: number, signal: string, expected: number, found: number): void => {
    if (found === expected) return;
    mismatched++;
    if (mismatches.length < mismatchesKept) mismatches.push({ cycle: vector, signal, expected, found });
  };
  if (run.arrived !== count) compare(0, "vectors", count, run.arrived);
  for (let vector = 0; vector < count; vector++) {
    const own = values.subarray(vector * vectorSize, (vector + 1) * vectorSize);
    const clipAt = checked?.golden[vector];
    if (checked !== undefined) compare(vector, "out_clip", checked.golden[vector]!, checked.simulated[vector]!);
    const golden = unit.golden(own, clipAt);
    const formula = unit.formula(own, clipAt);
    compare(vector, "out_scale", golden.scale, run.scales[vector]!);
    golden.codes.forEach((code, i) => {
      const found = run.codes[vector * vectorSize + i]!;
      compare(vector, `out_codes[${i}]`, code, found);
      if (found !== formula.codes[i]) codesOffFormula++;
    });
  }

  const { columns, rows } = matrix;
  const rebuilt = new Float64Array(rows * columns);
  for (let i = 0; i < rebuilt.length; i++) {
    const at = Math.floor(i / columns) * vectors * vectorSize + (i % columns);
    rebuilt[i] = run.codes[at]! * run.scales[Math.floor(at / vectorSize)]! * coarse;
  }
  const format = `int${arithmetic.elementBits}-vsq` as FormatName;
  let ideal: ArrayLike<number> | null = null;
  if (formatNames.includes(format)) {
    const tensor = { name: matrix.name, shape: [rows, columns], data: finite.data };
    const vector = Math.max(8, vectorSize);
    ideal = dequantize(quantize(tensor, { format, clip, vector, scaleBits: arithmetic.scaleBits })).data;
  }
  return {
    design: configured.generator,
    parameters: configured.params,
    engine: engineName,
    simulator: engine.version,
    clip,
    shape: { rows, columns },
    vectors: count,
    cycles: run.cycles + (checked?.cycles ?? 0),
    compared: count * (vectorSize + (checked === undefined ? 1 : 2)),
    mismatched,
    mismatches,
    codesOffFormula,
    sqnr: sqnr(finite.data, rebuilt),
    idealSqnr: ideal && sqnr(finite.data, ideal),
    sqnrAgainstIdeal: ideal && sqnr(ideal, rebuilt),
    seconds,
  };
}
