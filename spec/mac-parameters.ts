import { macWidths } from "./mac-widths.ts";
import { defineParameters, type IntegerField, type ParameterCheck, type ParameterSet } from "./parameters.ts";

/** One lane of the MAC array: a dot product per cycle, its scale product, and the saturating addition. */
export interface VectorMacParameters {
  /** Narrow elements in a vector. */
  readonly vectorSize: number;
  /** Bits of a narrow element, signed: the INT4 and INT4-VSQ paths. */
  readonly elementBits: number;
  /** Bits of a wide element, signed: the INT8 path, vectorSize·elementBits/wideBits elements. 0 leaves it out. */
  readonly wideBits: number;
  /** Bits of a per-vector scale, unsigned: M. */
  readonly scaleBits: number;
  /** Bits kept of the scale product, unsigned: R. R = 2M keeps it whole. */
  readonly scaleProductBits: number;
  /** Bits of a partial sum, signed, saturating. */
  readonly accumulatorBits: number;
  /** Register ranks between the inputs and `sum_out`. */
  readonly pipelineStages: number;
}

/** The lanes in lockstep, and the accumulation collector behind them. */
export interface MacArrayParameters extends VectorMacParameters {
  /** Lanes, each with its own vector of A; B is broadcast. */
  readonly lanes: number;
  /** Entries of the accumulation collector, each one partial sum per lane. */
  readonly collectorDepth: number;
}

const vectorMacFields: { readonly [K in keyof VectorMacParameters]: IntegerField } = {
  vectorSize: { default: 64, min: 1, max: 1024, description: "narrow elements in a vector" },
  elementBits: { default: 4, min: 2, max: 16, description: "bits of a narrow element, signed (INT4, INT4-VSQ)" },
  wideBits: {
    default: 8,
    min: 0,
    max: 16,
    description: "bits of a wide element, signed (INT8); 0 leaves the path out",
  },
  scaleBits: { default: 8, min: 1, max: 16, description: "bits of a per-vector scale, unsigned (M)" },
  scaleProductBits: { default: 8, min: 1, max: 32, description: "bits kept of the scale product (R), at most 2M" },
  accumulatorBits: { default: 24, min: 4, max: 48, description: "bits of a partial sum, signed, saturating" },
  pipelineStages: {
    default: 0,
    min: 0,
    max: 4,
    description: "register ranks inside a lane; 0 is the chip's single cycle",
  },
};

const vectorMacChecks: readonly ParameterCheck<VectorMacParameters>[] = [
  {
    reads: ["elementBits", "wideBits"],
    refuse: ({ elementBits, wideBits }) =>
      wideBits === 0 || wideBits > elementBits
        ? undefined
        : `wideBits ${wideBits} is not above elementBits ${elementBits}, so the wide path would add nothing; ` +
          (elementBits < 16 ? `set wideBits to ${elementBits + 1}..16, or to 0 to leave it out` : "set it to 0"),
  },
  {
    reads: ["vectorSize", "elementBits", "wideBits"],
    refuse({ vectorSize, elementBits, wideBits }) {
      const bits = vectorSize * elementBits;
      if (wideBits === 0 || bits % wideBits === 0) return undefined;
      return (
        `a vector of ${vectorSize} x ${elementBits} = ${bits} bits does not divide into wide elements of ${wideBits} bits; ` +
        `change vectorSize or wideBits, or set wideBits to 0`
      );
    },
  },
  {
    reads: ["scaleBits", "scaleProductBits"],
    refuse: ({ scaleBits, scaleProductBits }) =>
      scaleProductBits <= 2 * scaleBits
        ? undefined
        : `scaleProductBits ${scaleProductBits} is more than the product of two ${scaleBits}-bit scales has; ` +
          `the most is ${2 * scaleBits}`,
  },
  {
    reads: ["vectorSize", "elementBits", "accumulatorBits"],
    refuse(parameters) {
      const { dotBits } = macWidths(parameters);
      if (parameters.accumulatorBits >= dotBits) return undefined;
      return (
        `accumulatorBits ${parameters.accumulatorBits} cannot hold one dot product of ${parameters.vectorSize} elements of ` +
        `${parameters.elementBits} bits, so a first addition could already be clipped; it needs ${dotBits} bits`
      );
    },
  },
  {
    reads: ["vectorSize", "elementBits", "wideBits", "accumulatorBits"],
    refuse(parameters) {
      const { dotBits, wideCount, wideDotBits } = macWidths(parameters);
      const { accumulatorBits, wideBits } = parameters;
      // A sum too narrow for the narrow path has been refused above; one that does not divide, too.
      if (wideBits === 0 || !Number.isInteger(wideCount)) return undefined;
      if (accumulatorBits < dotBits || accumulatorBits >= wideDotBits) return undefined;
      return (
        `accumulatorBits ${accumulatorBits} cannot hold one wide dot product of ${wideCount} elements of ${wideBits} bits, ` +
        `so a first addition could already be clipped; it needs ${wideDotBits} bits, or wideBits 0`
      );
    },
  },
];

/** The parameters of `vector-mac`: defaults of the published chip, single-cycle. */
export const vectorMacParameters: ParameterSet<VectorMacParameters> = defineParameters<VectorMacParameters>({
  subject: "vector-mac",
  fields: vectorMacFields,
  checks: vectorMacChecks,
});

/** The parameters of `mac-array`: those of `vector-mac`, the lanes and the collector. */
export const macArrayParameters: ParameterSet<MacArrayParameters> = defineParameters<MacArrayParameters>({
  subject: "mac-array",
  fields: {
    ...vectorMacFields,
    lanes: { default: 16, min: 1, max: 256, description: "lanes in lockstep, B broadcast to all" },
    collectorDepth: { default: 16, min: 1, max: 256, description: "entries of the accumulation collector" },
  },
  checks: vectorMacChecks,
});
