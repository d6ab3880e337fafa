import type { Module } from "../../hdl/index.ts";
import type { OctavUnitParameters } from "../../spec/index.ts";
import { OctavTensor } from "./octav-tensor.ts";
import { OctavVector } from "./octav-vector.ts";

/** The module of `octav-unit` in the mode asked for. */
export function octavUnit(params: OctavUnitParameters): Module {
  return params.mode === "tensor" ? new OctavTensor(params) : new OctavVector(params);
}
