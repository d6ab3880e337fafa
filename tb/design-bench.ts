import type { ConfiguredDesign } from "../generators/index.ts";
import {
  InputError,
  macArrayParameters,
  octavUnitParameters,
  postProcessParameters,
  vectorMacParameters,
  vsqOctavParameters,
  vsqQuantizerParameters,
} from "../spec/index.ts";
import type { DesignBench } from "./bench-cycle.ts";
import { macArrayBench } from "./mac/mac-array-bench.ts";
import { vectorMacBench } from "./mac/vector-mac-bench.ts";
import { octavUnitBench } from "./octav/octav-unit-bench.ts";
import { vsqOctavBench } from "./octav/vsq-octav-bench.ts";
import { postProcessBench } from "./scaling/post-process-bench.ts";
import { vsqQuantizerBench } from "./scaling/vsq-quantizer-bench.ts";

/** The test bench of a configured design. */
export function benchOf({ generator, params }: ConfiguredDesign): DesignBench {
  switch (generator) {
    case "vector-mac":
      return vectorMacBench(vectorMacParameters.parse(params));
    case "mac-array":
      return macArrayBench(macArrayParameters.parse(params));
    case "post-process":
      return postProcessBench(postProcessParameters.parse(params));
    case "vsq-quantizer":
      return vsqQuantizerBench(vsqQuantizerParameters.parse(params));
    case "vsq-octav-quantizer":
      return vsqOctavBench(vsqOctavParameters.parse(params));
    case "octav-unit":
      return octavUnitBench(octavUnitParameters.parse(params));
    default:
      throw new InputError(`there is no test bench for ${generator}`);
  }
}
