import { formatShape, InputError, type MacArrayParameters, macWidths, type NumberFormat } from "../spec/index.ts";
import { arrayCycleCount } from "./array-order.ts";
import { signedRange } from "./datapath/saturate.ts";
import type { QuantizedMatrix } from "./quantized-matrix.ts";

/** The operands of a product: A is rows × K, B is columns × K, vectors along K. */
export interface GemmRequest {
  readonly format: NumberFormat;
  readonly parameters: MacArrayParameters;
  readonly a: QuantizedMatrix;
  readonly b: QuantizedMatrix;
  /** Keep every partial sum, not the final ones alone (false). */
  readonly partialSums?: boolean;
}

/** What the array computes. */
export interface GemmResult {
  /** Rows of A and of the product. */
  readonly rows: number;
  /** Rows of B, columns of the product. */
  readonly columns: number;
  /** Vectors along K. */
  readonly vectors: number;
  /** Array cycles, one vector of B each. */
  readonly cycles: number;
  /** The final sums, rows × columns, whole numbers. */
  readonly sums: Float64Array;
  /** cycles × lanes in the order of `arrayOrder`: the sums stored in each cycle; 0 in lanes past the last row. */
  readonly partialSums: Float64Array | undefined;
  /** How many partial sums were clipped. */
  readonly saturations: number;
}

/** Dot product of two runs of codes whose sum fits 31 bits: integer arithmetic, four at a time. */
function smallDot(a: Int16Array, aStart: number, b: Int16Array, bStart: number, count: number): number {
  let even = 0;
  let odd = 0;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    even += Math.imul(a[aStart + i] as number, b[bStart + i] as number);
    odd += Math.imul(a[aStart + i + 1] as number, b[bStart + i + 1] as number);
    even += Math.imul(a[aStart + i + 2] as number, b[bStart + i + 2] as number);
    odd += Math.imul(a[aStart + i + 3] as number, b[bStart + i + 3] as number);
    even |= 0;
    odd |= 0;
  }
  for (; i < count; i++) even = (even + Math.imul(a[aStart + i] as number, b[bStart + i] as number)) | 0;
  return (even + odd) | 0;
}

/** The same where the sum may need up to 42 bits. */
function wideDot(a: Int16Array, aStart: number, b: Int16Array, bStart: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (a[aStart + i] as number) * (b[bStart + i] as number);
  return sum;
}

function checkOperand(role: string, matrix: QuantizedMatrix, request: GemmRequest): void {
  const { format, parameters } = request;
  const shape = formatShape(format, parameters);
  if (!shape) throw new InputError(`${format} needs the wide path; wideBits is 0 on this array, set it to 8`);
  const { elementBits, scaled, vectorSize } = shape;
  const has = `${role} (${matrix.name}) has vectors of ${matrix.vectorSize} ${matrix.elementBits}-bit codes`;
  if (matrix.vectorSize !== vectorSize || matrix.elementBits !== elementBits) {
    throw new InputError(
      `${has}; ${format} on this array takes ${vectorSize} of ${elementBits} bits, quantise it for that`,
    );
  }
  if (scaled !== (matrix.scales !== undefined)) {
    throw new InputError(
      `${has} ${scaled ? "without" : "with"} scales; ${format} takes them ${scaled ? "with" : "without"}`,
    );
  }
  if (matrix.codes.length !== matrix.rows * matrix.vectors * vectorSize) {
    throw new InputError(`${has}, but ${matrix.codes.length} codes in all; ${matrix.rows} rows need more or fewer`);
  }
  const { min, max } = signedRange(elementBits);
  for (const code of matrix.codes) {
    if (code < min || code > max)
      throw new InputError(`${has}; the code ${code} is none, they go from ${min} to ${max}`);
  }
  const scaleLimit = 2 ** parameters.scaleBits - 1;
  for (const scale of matrix.scales ?? []) {
    if (scale > scaleLimit)
      throw new InputError(`${has}; the scale ${scale} is above ${scaleLimit}, quantise it for this array`);
  }
}

/**
 * The integer product as the array computes it: tile by tile in the order of `arrayOrder`, each vector's addend joined
 * to the partial sum and clipped at once. C ≈ sums · γA · γB · 2^(2M−R) for INT4-VSQ (see `rescaleProduct`).
 * Exact for every legal parameter, by the argument given at `laneStep`.
 * @throws InputError when operands do not fit the format, the array or each other.
 */
export function gemm(request: GemmRequest): GemmResult {
  const { a, b, parameters } = request;
  checkOperand("a", a, request);
  checkOperand("b", b, request);
  if (a.columns !== b.columns) {
    throw new InputError(
      `a (${a.name}) is ${a.rows} x ${a.columns} and b (${b.name}) is ${b.rows} x ${b.columns}; ` +
        `both need the same number of columns (K), b is given transposed`,
    );
  }
  const { accumulatorBits, collectorDepth, lanes, scaleProductBits } = parameters;
  const { rows, vectors, vectorSize } = a;
  const columns = b.rows;
  const cycles = arrayCycleCount({ rows, columns, vectors }, parameters);
  const { dotBits, scaleShift, wideDotBits } = macWidths(parameters);
  const dot = (request.format === "int8" ? wideDotBits : dotBits) <= 31 ? smallDot : wideDot;
  const { min, max } = signedRange(accumulatorBits);
  const half = scaleShift === 0 ? 0 : 2 ** (scaleShift - 1);
  const down = 2 ** -scaleShift;
  const largestProduct = 2 ** scaleProductBits - 1;

  const sums = new Float64Array(rows * columns);
  const partialSums = request.partialSums ? new Float64Array(cycles * lanes) : undefined;
  const { codes: aCodes, scales: aScales } = a;
  const { codes: bCodes, scales: bScales } = b;
  let saturations = 0;
  let cycle = 0;
  for (let row = 0; row < rows; row += lanes) {
    const liveLanes = Math.min(lanes, rows - row);
    for (let tile = 0; tile < columns; tile += collectorDepth) {
      const tileEnd = Math.min(tile + collectorDepth, columns);
      for (let vector = 0; vector < vectors; vector++) {
        for (let column = tile; column < tileEnd; column++, cycle++) {
          const bVector = column * vectors + vector;
          const bScale = bScales ? (bScales[bVector] as number) : 0;
          for (let lane = 0; lane < liveLanes; lane++) {
            const aVector = (row + lane) * vectors + vector;
            let addend = dot(aCodes, aVector * vectorSize, bCodes, bVector * vectorSize, vectorSize);
            if (aScales) {
              const product = Math.floor(((aScales[aVector] as number) * bScale + half) * down);
              addend *= Math.min(product, largestProduct);
            }
            const place = (row + lane) * columns + column;
            let sum = (sums[place] as number) + addend;
            if (sum > max || sum < min) {
              sum = sum > max ? max : min;
              saturations++;
            }
            sums[place] = sum;
            if (partialSums) partialSums[cycle * lanes + lane] = sum;
          }
        }
      }
    }
  }
  return { rows, columns, vectors, cycles, sums, partialSums, saturations };
}
