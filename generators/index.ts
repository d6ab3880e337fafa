import type { Module, ProofTask } from "../hdl/index.ts";
import {
  InputError,
  macArrayLatency,
  macArrayParameters,
  nearestNames,
  octavUnitLatency,
  octavUnitParameters,
  type ParameterSet,
  type ParameterValue,
  postProcessLatency,
  postProcessParameters,
  vectorMacLatency,
  vectorMacParameters,
  vsqOctavLatency,
  vsqOctavParameters,
  vsqQuantizerLatency,
  vsqQuantizerParameters,
} from "../spec/index.ts";
import type { Generator } from "./generator.ts";
import { MacArray } from "./mac/mac-array.ts";
import { macArrayProofs, vectorMacProofs } from "./mac/proofs.ts";
import { VectorMac } from "./mac/vector-mac.ts";
import { octavUnit } from "./octav/octav-unit.ts";
import { octavUnitProofs } from "./octav/proofs.ts";
import { vsqOctavProofs } from "./octav/vsq-octav-proofs.ts";
import { VsqOctavQuantizer } from "./octav/vsq-octav-quantizer.ts";
import { PostProcess } from "./scaling/post-process.ts";
import { postProcessProofs, vsqQuantizerProofs } from "./scaling/proofs.ts";
import { VsqQuantizer } from "./scaling/vsq-quantizer.ts";

export type { ConfiguredDesign, Generator } from "./generator.ts";
export { MacArray } from "./mac/mac-array.ts";
export { VectorMac } from "./mac/vector-mac.ts";
export { type DesignManifest, designManifest, type ManifestSubject } from "./manifest.ts";
export { OctavChecked } from "./octav/octav-checked.ts";
export { OctavTensor } from "./octav/octav-tensor.ts";
export { OctavVector } from "./octav/octav-vector.ts";
export { VsqOctavQuantizer } from "./octav/vsq-octav-quantizer.ts";
export { PostProcess } from "./scaling/post-process.ts";
export { VsqQuantizer } from "./scaling/vsq-quantizer.ts";

function define<P extends { readonly [K in keyof P]: ParameterValue }>(
  name: string,
  summary: string,
  set: ParameterSet<P>,
  latency: (params: P) => number,
  create: (params: P) => Module,
  proofs?: () => readonly ProofTask[],
): Generator {
  return {
    name,
    summary,
    parameters: set.describe(),
    proofs,
    configure(parameters) {
      const params = set.parse(parameters);
      return {
        generator: name,
        params: { ...params } as Readonly<Record<string, ParameterValue>>,
        latency: latency(params),
        create: () => create(params),
      };
    },
  };
}

/** Every generator, in the order in which they are listed. */
export const generators: readonly Generator[] = Object.freeze([
  define(
    "vector-mac",
    "one lane: dot product of two vectors, scale product, saturating partial sum",
    vectorMacParameters,
    vectorMacLatency,
    (params) => new VectorMac(params),
    vectorMacProofs,
  ),
  define(
    "mac-array",
    "lanes in lockstep with their accumulation collector: 1024 INT4 or 512 INT8 MACs per cycle",
    macArrayParameters,
    macArrayLatency,
    (params) => new MacArray(params),
    macArrayProofs,
  ),
  define(
    "post-process",
    "from the array's sums to the quantiser: scale, bias, ReLU, rounding, and vectors gathered from tiles",
    postProcessParameters,
    postProcessLatency,
    (params) => new PostProcess(params),
    postProcessProofs,
  ),
  define(
    "vsq-quantizer",
    "per-vector scaler: whole numbers in, codes of a few bits and one scale per vector out",
    vsqQuantizerParameters,
    vsqQuantizerLatency,
    (params) => new VsqQuantizer(params),
    vsqQuantizerProofs,
  ),
  define(
    "octav-unit",
    "the clipping magnitude of a vector or a tensor by OCTAV's recursion",
    octavUnitParameters,
    octavUnitLatency,
    octavUnit,
    octavUnitProofs,
  ),
  define(
    "vsq-octav-quantizer",
    "per-vector scaler that OCTAV clips: whole numbers in, codes and one scale per vector out",
    vsqOctavParameters,
    vsqOctavLatency,
    (params) => new VsqOctavQuantizer(params),
    vsqOctavProofs,
  ),
]);

/**
 * The generator of that name.
 * @throws InputError that names the ones there are.
 */
export function generatorNamed(name: string): Generator {
  const found = generators.find((generator) => generator.name === name);
  if (found) return found;
  const names = generators.map((generator) => generator.name);
  const near = nearestNames(name, names);
  throw new InputError(
    `there is no design "${name}"; ${near.length > 0 ? `did you mean ${near.join(" or ")}? ` : ""}designs: ${names.join(", ")}`,
  );
}
