import type { ProofTask } from "../../hdl/index.ts";
import { type OctavUnitParameters, octavUnitParameters, octavVectorLatency } from "../../spec/index.ts";
import { OctavDivisionContract, OctavPassContract, OctavTiming } from "./octav-contract.ts";

function timing(name: string, form: string, cycles: number, parameters: Partial<OctavUnitParameters>): ProofTask {
  const params = octavUnitParameters.parse({
    vectorSize: 2,
    inputBits: 2,
    elementBits: 2,
    fractionBits: 0,
    unsigned: true,
    ...parameters,
  });
  return {
    name,
    summary: `out_valid exactly ${octavVectorLatency(params)} cycles after each accepted vector, never more rounds than allowed, in every run of ${cycles} cycles: ${form}`,
    create: () => new OctavTiming(params),
    claim: { cycles },
    induction: 0,
  };
}

/** What is proven of `octav-unit`. */
export function octavUnitProofs(): readonly ProofTask[] {
  const pass = octavUnitParameters.parse({ vectorSize: 4, inputBits: 4, elementBits: 2, unsigned: true });
  const division = { thresholdBits: 2, denominatorBits: 6, fractionBits: 3, clipBits: 6 };
  return [
    {
      name: "pass",
      summary: "sum, count and the next threshold of a pass, no division by 0, no empty tail: 4 elements of 4 bits",
      create: () => new OctavPassContract(pass),
      induction: 2,
    },
    {
      name: "restoring",
      summary: "the restoring final division is the nearest, ties up: divisors of 6 bits, 3 fraction bits",
      create: () => new OctavDivisionContract({ ...division, newton: false }),
      induction: 2,
    },
    {
      name: "newton",
      summary: "the final division by Newton and Raphson is the nearest, ties up: divisors of 6 bits, 3 fraction bits",
      create: () => new OctavDivisionContract({ ...division, newton: true }),
      induction: 2,
    },
    timing("timing", "iterative, 2 elements of 2 bits, 10 rounds", 26, {}),
    timing("timing-pipelined", "pipelined, 2 elements of 2 bits, 4 rounds", 14, {
      iterations: 4,
      pipelined: true,
    }),
  ];
}
