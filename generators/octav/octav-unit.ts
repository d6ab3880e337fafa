import type { Module } from "../../hdl/index.ts";
import type { OctavUnitParameters } from "../../spec/index.ts";
import { OctavVector } from "./octav-vector.ts";

/** The module of `octav-unit` in the mode asked for. */
export function octavUnit(params: OctavUnitParameters): Module {
  return new OctavVector(params);
}
