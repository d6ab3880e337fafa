export { type Bench, type BigReading, createBench, type DomainChoice, type Reading, type Stimulus } from "./bench.ts";
export { type Engine, type EnginePort, type EngineValues, UnknownValueError } from "./engine.ts";
export { type EngineName, type EngineOptions, engineNames, startEngine } from "./start-engine.ts";
