import type { OctavUnitParameters } from "../../spec/index.ts";
import type { DesignBench } from "../bench-cycle.ts";
import { octavTensorBench } from "./octav-tensor-bench.ts";
import { octavVectorBench } from "./octav-vector-bench.ts";

/** The test bench of `octav-unit` in its mode. */
export function octavUnitBench(params: OctavUnitParameters): DesignBench {
  return params.mode === "tensor" ? octavTensorBench(params) : octavVectorBench(params);
}
