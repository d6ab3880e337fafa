import { type OctavUnitParameters, octavUnitParameters } from "./octav-parameters.ts";
import { type OctavSchedule, octavSchedule } from "./octav-widths.ts";
import { defineParameters, type FieldOf, type ParameterSet } from "./parameters.ts";
import {
  type VsqQuantizerParameters,
  vsqQuantizerLatency,
  vsqQuantizerParameters,
} from "./vsq-quantizer-parameters.ts";

/** The per-vector scaler with OCTAV in front of it: vectors in, clipped by OCTAV or by their maximum, codes out. */
export interface VsqOctavParameters extends Omit<VsqQuantizerParameters, "clip"> {
  /** OCTAV: most rounds after the start at the mean. */
  readonly iterations: number;
  /** OCTAV: rounds per cycle. */
  readonly unroll: number;
  /** OCTAV: as many engines as a vector every `beats` cycles takes; otherwise one engine for all rounds. */
  readonly pipelined: boolean;
}

type Fields = { readonly [K in keyof VsqOctavParameters]: FieldOf<VsqOctavParameters[K]> };

/** The declarations of two other designs, by name. */
function borrowed(): Fields {
  const quantizer = vsqQuantizerParameters.describe().filter(({ name }) => name !== "clip");
  const octav = octavUnitParameters
    .describe()
    .filter(({ name }) => name === "iterations" || name === "unroll")
    .map((field) => ({ ...field, description: `OCTAV: ${field.description.replace("mode vector: ", "")}` }));
  const fields = Object.fromEntries([...quantizer, ...octav].map(({ name, ...field }) => [name, field]));
  return {
    ...fields,
    pipelined: { default: false, description: "OCTAV: takes a vector every beats cycles" },
  } as unknown as Fields;
}

/** The quantiser's part of the parameters. */
export function quantizerPart(parameters: VsqOctavParameters): VsqQuantizerParameters {
  const { iterations: _iterations, pipelined: _pipelined, unroll: _unroll, ...quantizer } = parameters;
  return { ...quantizer, clip: true };
}

/** OCTAV's part of the parameters: whole-numbered clips, as the quantiser takes them. */
export function octavPart(parameters: VsqOctavParameters): OctavUnitParameters {
  const { beats, elementBits, inputBits, iterations, pipelined, unroll, vectorSize } = parameters;
  const own = { vectorSize, inputBits, elementBits, iterations, unroll, pipelined, interval: beats };
  return { ...octavUnitParameters.defaults, ...own, fractionBits: 0 };
}

/** Engines and cycles of OCTAV in front of the quantiser: a vector stays at least as long as its beats take to leave. */
export function vsqOctavSchedule(parameters: VsqOctavParameters): OctavSchedule {
  const { beats, iterations, pipelined, unroll } = parameters;
  const { cycles, passes } = octavSchedule({ iterations, unroll, pipelined: false, interval: beats });
  if (pipelined) return { passes, cycles: beats, engines: Math.ceil(cycles / beats) };
  return { passes, cycles: Math.max(cycles, beats - 1), engines: 1 };
}

/** Cycles from the last beat of a vector to its codes. */
export function vsqOctavLatency(parameters: VsqOctavParameters): number {
  const { cycles, engines } = vsqOctavSchedule(parameters);
  return cycles * engines + 1 + vsqQuantizerLatency(parameters);
}

/** Cycles from one vector to the next, in the best case: its beats, or the rounds of the only engine. */
export function vsqOctavInterval(parameters: VsqOctavParameters): number {
  return parameters.pipelined ? parameters.beats : vsqOctavSchedule(parameters).cycles + 1;
}

/** The parameters of `vsq-octav-quantizer`: those of `vsq-quantizer`, with OCTAV iterative. */
export const vsqOctavParameters: ParameterSet<VsqOctavParameters> = defineParameters<VsqOctavParameters>({
  subject: "vsq-octav-quantizer",
  fields: borrowed(),
  checks: [
    {
      reads: [
        "vectorSize",
        "elementBits",
        "scaleBits",
        "inputBits",
        "scaleFraction",
        "beats",
        "architecture",
        "reciprocalBits",
      ],
      refuse(parameters) {
        try {
          vsqQuantizerParameters.parse({ ...quantizerPart(parameters) });
        } catch (error) {
          return error instanceof Error ? error.message.replace(/^vsq-quantizer: /, "") : String(error);
        }
        return undefined;
      },
    },
    {
      reads: ["unroll", "iterations"],
      refuse: ({ unroll, iterations }) =>
        unroll > iterations + 1
          ? `unroll ${unroll} is more than the ${iterations + 1} passes that there are: the start and ${iterations} rounds`
          : undefined,
    },
  ],
});
