import { arrayOrder, type GemmResult, gemm, type NumberFormat, type QuantizedMatrix } from "../golden/index.ts";
import type { Engine, EngineValues } from "../hdl/simulate/engine.ts";
import { formatShape, type MacArrayParameters, macArrayLatency } from "../spec/index.ts";
import { portElements } from "./mac/lane-stimulus.ts";
import type { Mismatch } from "./run-bench.ts";

/** A product run on a simulated array, every partial sum held against the golden model. */
export interface ArrayGemm {
  /** Final sums as the array gave them, rows × columns. */
  readonly sums: Float64Array;
  readonly golden: GemmResult;
  /** Cycles with a valid vector; the chip's count of a product. */
  readonly cycles: number;
  /** Partial sums compared (lanes past the last row of A not counted). */
  readonly compared: number;
  readonly mismatched: number;
  readonly mismatches: readonly Mismatch[];
}

/** What to multiply, on what. */
export interface ArrayGemmRequest {
  readonly format: NumberFormat;
  readonly parameters: MacArrayParameters;
  readonly a: QuantizedMatrix;
  readonly b: QuantizedMatrix;
  /** Called now and then with the cycles simulated so far and the cycles in all. */
  readonly onProgress?: (cycles: number, of: number) => void;
}

const mismatchesKept = 8;
const progressEvery = 1024;

/** Every vector of a matrix as the narrow elements of a port; `undefined` is filled with zeros by the caller. */
function vectorsOf(matrix: QuantizedMatrix, mode: number, parameters: MacArrayParameters): ArrayLike<number>[] {
  const { codes, rows, vectors, vectorSize } = matrix;
  return Array.from({ length: rows * vectors }, (_, i) =>
    portElements(codes.subarray(i * vectorSize, (i + 1) * vectorSize), mode, parameters),
  );
}

/**
 * Runs A (rows × K) times B (columns × K) transposed on the array behind `engine`, in the chip's order. `in_last` is
 * set in every cycle, so that every partial sum comes out and is compared, not the final ones alone.
 */
export function gemmOnArray(engine: Engine, request: ArrayGemmRequest): ArrayGemm {
  const { a, b, format, parameters } = request;
  const golden = gemm({ format, parameters, a, b, partialSums: true });
  const partialSums = golden.partialSums!;
  const { mode } = formatShape(format, parameters)!;
  const { lanes, vectorSize, elementBits, accumulatorBits } = parameters;
  const shape = { rows: a.rows, columns: b.rows, vectors: a.vectors };
  const aVectors = vectorsOf(a, mode, parameters);
  const bVectors = vectorsOf(b, mode, parameters);
  const latency = macArrayLatency(parameters);
  const order = new Map(engine.inputs.map((port, i) => [port.name, i]));
  // Engines take narrow elements fastest from narrow arrays.
  const Elements = elementBits <= 8 ? Int8Array : Int16Array;
  const laneVectors = new Elements(lanes * vectorSize);
  const laneScales = new Uint16Array(lanes);
  const bElements = bVectors.map((vector) => Elements.from(vector));
  const frame: EngineValues[] = engine.inputs.map(({ elements }) => new Uint16Array(elements));
  frame[order.get("in_a")!] = laneVectors;
  frame[order.get("in_a_scale")!] = laneScales;
  const bFrame = order.get("in_b")!;
  const set = (port: string, value: number): void => {
    (frame[order.get(port)!] as Uint16Array)[0] = value;
  };

  function loadA(row: number, vector: number): void {
    for (let lane = 0; lane < lanes; lane++) {
      const own = row + lane < a.rows ? (row + lane) * a.vectors + vector : -1;
      if (own < 0) laneVectors.fill(0, lane * vectorSize, (lane + 1) * vectorSize);
      else laneVectors.set(aVectors[own]!, lane * vectorSize);
      laneScales[lane] = own < 0 ? 0 : (a.scales?.[own] ?? 0);
    }
  }

  const places: { row: number; column: number; last: boolean }[] = [];
  function* frames(): Generator<readonly EngineValues[]> {
    set("in_valid", 1);
    set("in_mode", mode);
    set("in_last", 1);
    let loaded = "";
    for (const { row, column, vector, entry, first, last } of arrayOrder(shape, parameters)) {
      const held = `${row}/${vector}`;
      if (held !== loaded) loadA(row, vector);
      loaded = held;
      frame[bFrame] = bElements[column * b.vectors + vector]!;
      set("in_b_scale", b.scales?.[column * b.vectors + vector] ?? 0);
      set("in_index", entry);
      set("in_first", first ? 1 : 0);
      places.push({ row, column, last });
      yield frame;
    }
    set("in_valid", 0);
    for (let i = 0; i < latency; i++) yield frame;
  }

  const sums = new Float64Array(a.rows * b.rows);
  const mismatches: Mismatch[] = [];
  let compared = 0;
  let mismatched = 0;
  const validPort = engine.outputs.findIndex(({ name }) => name === "out_valid");
  const sumPort = engine.outputs.findIndex(({ name }) => name === "out_sum");
  const miss = (cycle: number, signal: string, expected: number, found: number): void => {
    mismatched++;
    if (mismatches.length < mismatchesKept) mismatches.push({ cycle, signal, expected, found });
  };
  const wide = accumulatorBits > 32;

  engine.step(2, true);
  engine.replay(frames(), (cycle, outputs) => {
    const step = cycle - latency;
    if (step < 0) return;
    const valid = Number(outputs[validPort]![0]);
    if (valid !== 1) miss(cycle, "out_valid", 1, valid);
    const { row, column, last } = places[step]!;
    const found = outputs[sumPort]!;
    const live = Math.min(lanes, a.rows - row);
    compared += live;
    for (let lane = 0; lane < live; lane++) {
      const value = wide ? Number(found[lane]) : (found[lane] as number);
      const expected = partialSums[step * lanes + lane]!;
      if (value !== expected) miss(cycle, `out_sum[${lane}]`, expected, value);
      if (last) sums[(row + lane) * b.rows + column] = value;
    }
    if (step % progressEvery === 0) request.onProgress?.(step, golden.cycles);
  });
  return { sums, golden, cycles: golden.cycles, compared, mismatched, mismatches };
}
