import type { ProofTask } from "../../hdl/index.ts";
import { type VsqOctavParameters, vsqOctavLatency, vsqOctavParameters } from "../../spec/index.ts";
import { VsqOctavContract } from "./vsq-octav-contract.ts";

function parse(parameters: Partial<VsqOctavParameters>): VsqOctavParameters {
  const small = { vectorSize: 2, inputBits: 5, elementBits: 3, scaleBits: 3, scaleFraction: 0, iterations: 2 };
  return vsqOctavParameters.parse({ ...small, ...parameters });
}

function task(bypass: boolean, cycles: number, parameters: Partial<VsqOctavParameters>): ProofTask {
  const params = parse(parameters);
  const { beats, inputBits, iterations, pipelined, vectorSize } = params;
  const form = `${pipelined ? "pipelined" : "iterative"}, ${beats === 1 ? "1 beat" : `${beats} beats`}`;
  const size = `${vectorSize} elements of ${inputBits} bits, ${iterations === 1 ? "1 round" : `${iterations} rounds`}`;
  const moments = `out_valid exactly ${vsqOctavLatency(params)} cycles after each accepted last beat`;
  const shown = bypass ? `${moments}, and bypassed codes and scale are those of the maximum` : moments;
  return {
    name: `${bypass ? "bypass" : "timing"}-${beats}${pipelined ? "-pipelined" : ""}`,
    summary: `${shown}, in every run of ${cycles} cycles: ${form}, ${size}`,
    create: () => new VsqOctavContract({ ...params, bypass }),
    claim: { cycles },
    induction: 0,
  };
}

/** What is proven of `vsq-octav-quantizer`. */
export function vsqOctavProofs(): readonly ProofTask[] {
  return [
    task(false, 24, { beats: 1 }),
    task(false, 24, { beats: 2 }),
    task(false, 24, { beats: 1, pipelined: true }),
    task(false, 24, { beats: 2, pipelined: true }),
    task(true, 11, { vectorSize: 3, beats: 1, iterations: 1 }),
    task(true, 12, { vectorSize: 4, beats: 2, iterations: 1 }),
    task(true, 11, { vectorSize: 3, beats: 1, iterations: 1, pipelined: true }),
    task(true, 12, { vectorSize: 4, beats: 2, iterations: 1, pipelined: true }),
  ];
}
