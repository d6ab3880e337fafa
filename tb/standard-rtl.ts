import { generatorNamed } from "../generators/index.ts";
import { compile } from "../hdl/index.ts";
import type { ParameterValue } from "../spec/index.ts";
import { designFiles } from "./design-files.ts";

/** A configuration whose Verilog is checked in under `rtl-out/`. */
export interface StandardConfiguration {
  /** Folder below `rtl-out/`. */
  readonly folder: string;
  readonly design: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** The published chip, and neighbours of it that show what the parameters do. */
export const standardConfigurations: readonly StandardConfiguration[] = Object.freeze<StandardConfiguration[]>([
  { folder: "vector-mac", design: "vector-mac", parameters: {} },
  { folder: "vector-mac-pipelined", design: "vector-mac", parameters: { pipelineStages: 4 } },
  { folder: "mac-array", design: "mac-array", parameters: {} },
  { folder: "mac-array-pipelined", design: "mac-array", parameters: { pipelineStages: 2 } },
  // The vector size and the 4/4/4/4 configuration of the VS-Quant paper, without the INT8 path.
  {
    folder: "mac-array-v16",
    design: "mac-array",
    parameters: { vectorSize: 16, wideBits: 0, scaleBits: 4, scaleProductBits: 4 },
  },
  { folder: "vsq-octav-quantizer", design: "vsq-octav-quantizer", parameters: { beats: 4, pipelined: true } },
  { folder: "octav-unit", design: "octav-unit", parameters: {} },
  { folder: "octav-unit-candidates", design: "octav-unit", parameters: { candidates: true } },
  { folder: "octav-unit-tensor", design: "octav-unit", parameters: { mode: "tensor" } },
  { folder: "octav-unit-pipelined", design: "octav-unit", parameters: { pipelined: true, vectorSize: 16 } },
  { folder: "post-process", design: "post-process", parameters: {} },
  // The chip's quantiser: 16 elements a cycle; and all 64 at once.
  { folder: "vsq-quantizer-beats", design: "vsq-quantizer", parameters: { beats: 4 } },
  { folder: "vsq-quantizer", design: "vsq-quantizer", parameters: {} },
  {
    folder: "vsq-quantizer-reciprocal",
    design: "vsq-quantizer",
    parameters: { beats: 4, architecture: "reciprocal" },
  },
]);

/** Every file of `rtl-out/` with its path below it. `tool` is the product and version for the manifests. */
export function standardRtl(tool: string): { path: string; text: string }[] {
  return standardConfigurations.flatMap(({ folder, design, parameters }) => {
    const configured = generatorNamed(design).configure(parameters);
    const { files } = designFiles(configured, compile(configured.create()), { tool, vectors: 0, seed: 1 });
    return files.map(({ path, text }) => ({ path: `${folder}/${path}`, text }));
  });
}
