import type { ProofTask } from "../../hdl/index.ts";
import {
  type PostProcessParameters,
  postProcessLatency,
  postProcessParameters,
  type VsqQuantizerParameters,
  vsqQuantizerParameters,
} from "../../spec/index.ts";
import { PostProcessContract, PostProcessTiming } from "./post-process-contract.ts";
import { QuantizerContract, QuantizerTiming } from "./quantizer-contract.ts";

/** Widths that a solver finishes with. */
const small = { inputBits: 6, scaleBits: 3, scaleFraction: 0 };

function contract(name: string, size: string, parameters: Partial<VsqQuantizerParameters>): ProofTask {
  return {
    name,
    summary: `exact: every code and scale is the nearest whole number or at its limit; ${size}`,
    create: () => new QuantizerContract(vsqQuantizerParameters.parse({ ...small, ...parameters })),
    induction: 4,
  };
}

/** A count with its noun: `1 beat`, `2 beats`, `0 beats`. */
function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

function timing(beats: number, pipelineStages: number): ProofTask {
  const cycles = 24;
  const runs = beats === 1 ? "in every run" : `in every run of ${cycles} cycles`;
  return {
    name: `timing-${beats}-${pipelineStages}`,
    summary: `out_valid exactly ${1 + beats + pipelineStages} cycles after each last beat, ${runs}: ${counted(beats, "beat")}, ${counted(pipelineStages, "pipeline stage")}`,
    create: () =>
      new QuantizerTiming(
        vsqQuantizerParameters.parse({ vectorSize: 8, inputBits: 5, scaleFraction: 0, beats, pipelineStages }),
      ),
    // With several beats the harness counts beside the unit, which induction cannot know to be equal.
    ...(beats === 1 ? { induction: 6 } : { claim: { cycles }, induction: 0 }),
  };
}

/** What is proven of `vsq-quantizer`. */
export function vsqQuantizerProofs(): readonly ProofTask[] {
  return [
    contract("formula", "4 elements of 6 bits, codes of 4", { vectorSize: 4 }),
    contract("formula-clip", "a clip, 2 elements of 6 bits, codes of 3, scales at their limit", {
      vectorSize: 2,
      elementBits: 3,
      clip: true,
    }),
    contract("formula-division", "2 elements of 7 bits, codes of 6", {
      vectorSize: 2,
      elementBits: 6,
      inputBits: 7,
      scaleFraction: 1,
    }),
    timing(1, 0),
    timing(1, 2),
    timing(2, 0),
    timing(4, 2),
    timing(8, 1),
  ];
}

/** Widths that a solver finishes with; every rounding has ties in them, and sums that saturate. */
const smallSums: Partial<PostProcessParameters> = {
  lanes: 2,
  vectorSize: 2,
  sumBits: 5,
  matrixScaleBits: 3,
  biasBits: 3,
  biasShift: 2,
  shift: 3,
  outputBits: 4,
  depth: 2,
};

function postProcessFormula(name: string, how: string, parameters: Partial<PostProcessParameters>): ProofTask {
  return {
    name,
    summary: `every value is the scaled sum ${how}, or at its limit; 2 lanes, sums of 5 bits, scales of 3`,
    create: () => new PostProcessContract(postProcessParameters.parse({ ...smallSums, ...parameters })),
    induction: 5,
  };
}

function postProcessTiming(pipelineStages: number): ProofTask {
  const sizes = { lanes: 2, vectorSize: 8, sumBits: 4, matrixScaleBits: 1, biasBits: 0, shift: 0, outputBits: 4 };
  const parameters = postProcessParameters.parse({ ...sizes, depth: 2, pipelineStages });
  const latency = postProcessLatency(parameters);
  return {
    name: `timing-${pipelineStages}`,
    summary: `out_valid exactly ${counted(latency, "cycle")} after each last tile, with its index, and at no other time, in every run: 4 tiles, ${counted(pipelineStages, "pipeline stage")}`,
    create: () => new PostProcessTiming(parameters),
    induction: 6,
  };
}

/** What is proven of `post-process`. */
export function postProcessProofs(): readonly ProofTask[] {
  const cycles = 10;
  return [
    postProcessFormula("half-up", "with its bias, rounded to nearest with ties up", {}),
    postProcessFormula("half-even", "with its bias, rounded to nearest with ties to even", {
      rounding: "half-even",
      pipelineStages: 1,
    }),
    postProcessFormula("half-away", "with its bias, rounded to nearest with ties away from zero", {
      rounding: "half-away",
      pipelineStages: 2,
    }),
    postProcessFormula("down", "without a bias, rounded down", { rounding: "down", biasBits: 0 }),
    {
      name: "tiles",
      summary: `the values of both tiles of a vector are right, however the tiles of 2 vectors come, in every run of ${cycles} cycles; 2 lanes, sums of 4 bits, scales of 2`,
      create: () =>
        new PostProcessContract(
          postProcessParameters.parse({ ...smallSums, vectorSize: 4, sumBits: 4, matrixScaleBits: 2, shift: 2 }),
        ),
      claim: { cycles },
      induction: 0,
    },
    postProcessTiming(0),
    postProcessTiming(1),
    postProcessTiming(2),
  ];
}
