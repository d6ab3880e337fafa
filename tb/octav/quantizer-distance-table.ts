import { dequantize, type Matrix, quantize, quantizeVectorOctav, sqnr, wholeNumberInputs } from "../../golden/index.ts";
import { fittingScaleFraction, vsqOctavParameters } from "../../spec/index.ts";
import { type DistributionName, distributions } from "../distributions.ts";
import { Random } from "../random.ts";

/** How far codes times scales of `vsq-octav-quantizer` are from the real numbers, in dB. */
export interface QuantizerDistance {
  /** Signal to noise of the unit's codes times scales against the real numbers. */
  readonly unit: number;
  /** The same of the ideal `int4-vsq`, which computes in real numbers. */
  readonly ideal: number;
  /** The unit's values against the ideal quantiser's. */
  readonly againstIdeal: number;
}

const vectorSize = 64;

/** `vectors` rows of 64 real numbers, with one coarse scale for all, through the unit's model of 4 bits. */
export function quantizerDistance(name: DistributionName, bypass: boolean, vectors: number): QuantizerDistance {
  const widths = { elementBits: 4, inputBits: 16, scaleBits: 8 };
  const params = vsqOctavParameters.parse({ ...widths, vectorSize, scaleFraction: fittingScaleFraction(widths) });
  const random = new Random(4);
  const data = Float64Array.from({ length: vectors * vectorSize }, () => distributions[name](random));
  const matrix: Matrix = { name, rows: vectors, columns: vectorSize, data };
  const { coarse, values } = wholeNumberInputs(matrix, params);
  const rebuilt = new Float64Array(data.length);
  for (let from = 0; from < data.length; from += vectorSize) {
    const { codes, scale } = quantizeVectorOctav(values.subarray(from, from + vectorSize), params, bypass);
    codes.forEach((code, i) => {
      rebuilt[from + i] = code * scale * coarse;
    });
  }
  const tensor = { name, shape: [vectors, vectorSize], data };
  const clip = bypass ? "max" : "octav";
  const ideal = dequantize(quantize(tensor, { format: "int4-vsq", clip, vector: vectorSize, scaleBits: 8 })).data;
  return { unit: sqnr(data, rebuilt), ideal: sqnr(data, ideal), againstIdeal: sqnr(ideal, rebuilt) };
}

/** The table of `docs/octav.md`, as Markdown. */
export function quantizerDistanceTable(vectors = 240): string {
  const lines = [
    "| distribution | clip | unit, dB | ideal, dB | unit against ideal, dB |",
    "| --- | --- | ---: | ---: | ---: |",
  ];
  for (const name of Object.keys(distributions) as DistributionName[]) {
    for (const bypass of [false, true]) {
      const { againstIdeal, ideal, unit } = quantizerDistance(name, bypass, vectors);
      const figures = [unit, ideal, againstIdeal].map((figure) => figure.toFixed(2));
      lines.push(`| ${[name, bypass ? "maximum" : "octav", ...figures].join(" | ")} |`);
    }
  }
  return lines.join("\n");
}
