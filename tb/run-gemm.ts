import { generatorNamed } from "../generators/index.ts";
import {
  finiteValues,
  floatProduct,
  type LaneQuantizeOptions,
  type Matrix,
  type NumberFormat,
  quantizeForLane,
  rescaleProduct,
  sqnr,
} from "../golden/index.ts";
import { compile, type EngineName, startEngine } from "../hdl/index.ts";
import { InputError, macArrayParameters, type ParameterValue } from "../spec/index.ts";
import { gemmOnArray } from "./gemm-on-array.ts";
import type { Mismatch } from "./run-bench.ts";

/** A product of two real matrices on the simulated array. */
export interface GemmRunRequest {
  /** M × K. */
  readonly a: Matrix;
  /** N × K: the product is A times B transposed. */
  readonly b: Matrix;
  readonly format: NumberFormat;
  /** Parameters of the array, as given; defaults are filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly engine: EngineName;
  readonly quantize?: LaneQuantizeOptions | undefined;
  /** Called now and then with the cycles simulated so far and the cycles in all. */
  readonly onProgress?: ((cycles: number, of: number) => void) | undefined;
}

/** What came of it. */
export interface GemmReport {
  readonly format: NumberFormat;
  readonly shape: { readonly m: number; readonly n: number; readonly k: number };
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly engine: EngineName;
  readonly simulator: string;
  /** Array cycles with a vector. */
  readonly cycles: number;
  /** Real multiplications per multiplier and cycle, 0..1: below 1 where M, N or K leaves lanes or elements empty. */
  readonly utilization: number;
  /** Partial sums compared with the golden model, and how many differed. */
  readonly compared: number;
  readonly mismatched: number;
  readonly mismatches: readonly Mismatch[];
  /** Partial sums that the accumulator clipped. */
  readonly saturations: number;
  /** Signal to quantisation noise of the product against the float product, dB. */
  readonly sqnr: number;
  /** Seconds: all of the simulation, the golden model included. */
  readonly seconds: number;
  /** M × N, row by row. */
  readonly product: Float64Array;
}

/**
 * Quantises two matrices as the hardware would, runs their product on the simulated array, compares every partial sum
 * with the golden model, and measures the error against the float product.
 * @throws InputError for matrices or parameters that do not fit; ToolError when the simulator is missing or fails.
 */
export async function runGemm(request: GemmRunRequest): Promise<GemmReport> {
  const { a, b, format } = request;
  if (a.columns !== b.columns) {
    throw new InputError(
      `${a.name} is ${a.rows} x ${a.columns} and ${b.name} is ${b.rows} x ${b.columns}; ` +
        "a is M x K and b is N x K, so both need the same number of columns",
    );
  }
  const configured = generatorNamed("mac-array").configure(request.parameters);
  const parameters = macArrayParameters.parse(configured.params);
  const quantizedA = quantizeForLane(a, format, parameters, request.quantize);
  const quantizedB = quantizeForLane(b, format, parameters, request.quantize);
  // Where NaN and infinities were replaced, the product is measured against that of the numbers put in their place.
  const policy = request.quantize?.nonfinite ?? "refuse";
  const finite = (matrix: Matrix): Matrix => ({ ...matrix, data: finiteValues(matrix, policy).data });
  const started = performance.now();
  const engine = await startEngine(compile(configured.create()), { engine: request.engine });
  try {
    const run = gemmOnArray(engine, {
      format,
      parameters,
      a: quantizedA,
      b: quantizedB,
      ...(request.onProgress ? { onProgress: request.onProgress } : {}),
    });
    const seconds = (performance.now() - started) / 1000;
    const product = rescaleProduct(
      { rows: a.rows, columns: b.rows, sums: run.sums },
      quantizedA,
      quantizedB,
      parameters,
    );
    const macsPerCycle = parameters.lanes * quantizedA.vectorSize;
    return {
      format,
      shape: { m: a.rows, n: b.rows, k: a.columns },
      parameters: configured.params,
      engine: request.engine,
      simulator: engine.version,
      cycles: run.cycles,
      utilization: (a.rows * b.rows * a.columns) / (run.cycles * macsPerCycle),
      compared: run.compared,
      mismatched: run.mismatched,
      mismatches: run.mismatches,
      saturations: run.golden.saturations,
      sqnr: sqnr(floatProduct(finite(a), finite(b)), product),
      seconds,
      product,
    };
  } finally {
    engine.dispose();
  }
}
