import type { Module } from "../../hdl/index.ts";
import type { OctavUnitParameters } from "../../spec/index.ts";
import { OctavChecked } from "./octav-checked.ts";
import { OctavTensor } from "./octav-tensor.ts";
import { OctavVector } from "./octav-vector.ts";

/** The module of `octav-unit` in the mode asked for. */
export function octavUnit(params: OctavUnitParameters): Module {
  if (params.mode === "tensor") return new OctavTensor(params);
  return params.candidates ? new OctavChecked(params) : new OctavVector(params);
}
