import { dequantizeMatrix, quantizeVector, quantizeVsq, sqnr, wholeNumberInputs } from "../golden/index.ts";
import { fittingReciprocalBits, fittingScaleFraction, vsqQuantizerParameters } from "../spec/index.ts";
import { type DistributionName, distributionNames, sampled } from "./distributions.ts";

/** How far the two architectures of the per-vector scaler are from the quantiser in real numbers, and from each other. */
export interface QuantizerDistance {
  readonly distribution: DistributionName;
  readonly elementBits: number;
  readonly vectorSize: number;
  readonly reciprocalBits: number;
  /** SQNR of VS-Quant in real numbers, scales of M bits, dB. */
  readonly ideal: number;
  /** What `exact` loses against it, dB; negative where it gains. */
  readonly exactLoss: number;
  /** What `reciprocal` loses against `exact`, dB. */
  readonly reciprocalLoss: number;
  /** Share of codes in which `reciprocal` differs from `exact`. */
  readonly codesDiffer: number;
}

/** Elements per row of the table. */
export const elementsMeasured = 1 << 15;

/** Measures one combination on `elementsMeasured` numbers. */
export function quantizerDistance(
  distribution: DistributionName,
  elementBits: number,
  vectorSize: number,
): QuantizerDistance {
  const rows = elementsMeasured / vectorSize;
  const seed = distributionNames.indexOf(distribution) + 1;
  const matrix = { name: distribution, rows, columns: vectorSize, data: sampled(distribution, elementsMeasured, seed) };
  const reciprocalBits = fittingReciprocalBits({ elementBits });
  const { inputBits, scaleBits } = vsqQuantizerParameters.defaults;
  const scaleFraction = fittingScaleFraction({ elementBits, inputBits, scaleBits });
  const params = vsqQuantizerParameters.parse({ elementBits, vectorSize, reciprocalBits, scaleFraction });
  const { coarse, values } = wholeNumberInputs(matrix, params);
  const run = (architecture: "exact" | "reciprocal") => {
    const codes = new Int16Array(values.length);
    const rebuilt = new Float64Array(values.length);
    for (let from = 0; from < values.length; from += vectorSize) {
      const vector = quantizeVector(values.subarray(from, from + vectorSize), { ...params, architecture });
      codes.set(vector.codes, from);
      for (let i = 0; i < vectorSize; i++) rebuilt[from + i] = vector.codes[i]! * vector.scale * coarse;
    }
    return { codes, sqnr: sqnr(matrix.data, rebuilt) };
  };
  const exact = run("exact");
  const reciprocal = run("reciprocal");
  const ideal = sqnr(matrix.data, dequantizeMatrix(quantizeVsq(matrix, { elementBits, vectorSize })));
  return {
    distribution,
    elementBits,
    vectorSize,
    reciprocalBits,
    ideal,
    exactLoss: ideal - exact.sqnr,
    reciprocalLoss: exact.sqnr - reciprocal.sqnr,
    codesDiffer: exact.codes.reduce((sum, code, i) => sum + (code === reciprocal.codes[i] ? 0 : 1), 0) / values.length,
  };
}

/** The combinations of the table: every width at 64 elements, other sizes at four bits. */
const combinations: readonly (readonly [elementBits: number, vectorSize: number])[] = [
  [3, 64],
  [4, 16],
  [4, 64],
  [4, 128],
  [5, 64],
  [6, 64],
  [8, 64],
];

/** Every row of the table, or those of some widths and distributions. */
export function quantizerDistances(wanted: (row: { elementBits: number; vectorSize: number }) => boolean = () => true) {
  return distributionNames.flatMap((distribution) =>
    combinations
      .filter(([elementBits, vectorSize]) => wanted({ elementBits, vectorSize }))
      .map(([elementBits, vectorSize]) => quantizerDistance(distribution, elementBits, vectorSize)),
  );
}

/** Rows of the table as docs/quantizer.md has them. */
export function distanceTable(rows: readonly QuantizerDistance[]): string {
  const signed = (value: number): string => (Math.abs(value) < 0.00005 ? "0.0000" : value.toFixed(4));
  return [
    "| distribution | N | vector | in real numbers | `exact` loses | P | `reciprocal` loses more | codes that differ |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map(
      (row) =>
        `| ${row.distribution} | ${row.elementBits} | ${row.vectorSize} | ${row.ideal.toFixed(2)} dB | ` +
        `${signed(row.exactLoss)} dB | ${row.reciprocalBits} | ${signed(row.reciprocalLoss)} dB | ` +
        `${(100 * row.codesDiffer).toFixed(2)} % |`,
    ),
  ].join("\n");
}
