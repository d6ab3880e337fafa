import type { ProofTask } from "../../hdl/index.ts";
import { type VsqQuantizerParameters, vsqQuantizerParameters } from "../../spec/index.ts";
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

function timing(beats: number, pipelineStages: number): ProofTask {
  const cycles = 24;
  const runs = beats === 1 ? "in every run" : `in every run of ${cycles} cycles`;
  return {
    name: `timing-${beats}-${pipelineStages}`,
    summary: `out_valid exactly ${1 + beats + pipelineStages} cycles after each last beat, ${runs}: ${beats === 1 ? "1 beat" : `${beats} beats`}, ${pipelineStages} stages`,
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
