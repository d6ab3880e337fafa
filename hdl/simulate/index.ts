export { type Bench, createBench, type DomainChoice } from "./bench.ts";
export type { InputsOf, OutputsOf, ReadingOf, Stimulus, StimulusOf } from "./bench-types.ts";
export { type Engine, type EnginePort, type EngineValues, UnknownValueError } from "./engine.ts";
export {
  AssertionFailure,
  type AssertionMode,
  type CoverCount,
  type FailureValue,
  formatFailure,
  type PropertyFailure,
} from "./property-failure.ts";
export { type EngineName, type EngineOptions, engineNames, startEngine } from "./start-engine.ts";
