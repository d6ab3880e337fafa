import { defineParameters, type FieldOf, type ParameterCheck, type ParameterSet } from "./parameters.ts";

/** What the OCTAV unit looks at: one vector at once, or a tensor that is streamed once per round. */
export type OctavMode = "vector" | "tensor";

/** How the OCTAV unit makes its final division. */
export type OctavDivider = "restoring" | "newton";

/** What OCTAV needs to know of the quantiser and of the numbers that come in. */
export interface OctavCoreParameters {
  /** Bits of an input value: two's complement, or unsigned with `unsigned`. */
  readonly inputBits: number;
  /** Fraction bits of the clip: it has inputBits + fractionBits bits. */
  readonly fractionBits: number;
  /** Bits of the quantised element, B: decides how much a clipped element weighs. */
  readonly elementBits: number;
  /** Unsigned inputs and an unsigned quantiser: 4^−B/12 in place of 4^−B/3. */
  readonly unsigned: boolean;
  /** Most rounds after the start at the mean. */
  readonly iterations: number;
}

/** The OCTAV unit: the clipping magnitude of a vector or of a tensor. */
export interface OctavUnitParameters extends OctavCoreParameters {
  readonly mode: OctavMode;
  /** Mode vector: elements in a vector. */
  readonly vectorSize: number;
  /** Mode vector: rounds per cycle. */
  readonly unroll: number;
  /** Mode vector: several vectors under way, one accepted every `interval` cycles. */
  readonly pipelined: boolean;
  /** Cycles between vectors when pipelined; 1 takes one every cycle. */
  readonly interval: number;
  /** Mode tensor: elements per cycle. */
  readonly elementsPerBeat: number;
  /** Mode tensor: most elements of a tensor. */
  readonly maxElements: number;
  /** The final division. */
  readonly divider: OctavDivider;
  /** Checks the true quantisation error of the answer, the maximum and their neighbours; the least wins. */
  readonly candidates: boolean;
}

const coreFields: { readonly [K in keyof OctavCoreParameters]: FieldOf<OctavCoreParameters[K]> } = {
  inputBits: { default: 16, min: 2, max: 24, description: "bits of an input value" },
  fractionBits: { default: 4, min: 0, max: 16, description: "fraction bits of the clip, behind inputBits" },
  elementBits: { default: 4, min: 2, max: 8, description: "bits of a quantised element (B)" },
  unsigned: { default: false, description: "unsigned inputs and codes" },
  iterations: { default: 10, min: 1, max: 15, description: "most rounds after the start at the mean" },
};

const unitChecks: readonly ParameterCheck<OctavUnitParameters>[] = [
  {
    reads: ["candidates", "mode", "pipelined", "unroll"],
    refuse: ({ candidates, mode, pipelined, unroll }) =>
      candidates && (mode === "tensor" || pipelined || unroll > 1)
        ? "candidates looks at one vector at a time, a threshold per cycle: it needs mode vector, not pipelined, unroll 1"
        : undefined,
  },
  {
    reads: ["unroll", "iterations", "mode"],
    refuse: ({ unroll, iterations, mode }) =>
      mode === "vector" && unroll > iterations + 1
        ? `unroll ${unroll} is more than the ${iterations + 1} passes that there are: the start and ${iterations} rounds`
        : undefined,
  },
  {
    reads: ["mode", "pipelined"],
    refuse: ({ mode, pipelined }) =>
      mode === "tensor" && pipelined
        ? "mode tensor has one tensor under way at a time; pipelined needs mode vector"
        : undefined,
  },
  {
    reads: ["elementsPerBeat", "maxElements", "mode"],
    refuse: ({ elementsPerBeat, maxElements, mode }) =>
      mode === "tensor" && elementsPerBeat > maxElements
        ? `elementsPerBeat ${elementsPerBeat} is more than maxElements ${maxElements}`
        : undefined,
  },
];

/** The parameters of `octav-unit`: 64 elements of 16 bits for 4-bit codes, iterative. */
export const octavUnitParameters: ParameterSet<OctavUnitParameters> = defineParameters<OctavUnitParameters>({
  subject: "octav-unit",
  fields: {
    mode: { default: "vector", choices: ["vector", "tensor"], description: "a vector at once, or a streamed tensor" },
    vectorSize: { default: 64, min: 1, max: 256, description: "mode vector: elements in a vector" },
    ...coreFields,
    unroll: { default: 1, min: 1, max: 16, description: "mode vector: rounds per cycle" },
    pipelined: { default: false, description: "mode vector: takes a vector every interval cycles" },
    interval: { default: 1, min: 1, max: 16, description: "cycles between vectors when pipelined" },
    elementsPerBeat: { default: 16, min: 1, max: 256, description: "mode tensor: elements per cycle" },
    maxElements: { default: 1_048_576, min: 1, max: 2 ** 24, description: "mode tensor: most elements of a tensor" },
    divider: { default: "restoring", choices: ["restoring", "newton"], description: "the final division" },
    candidates: { default: false, description: "compare true errors of the answer, the maximum and neighbours" },
  },
  checks: unitChecks,
});
