export { createInProcessEngine } from "./engine.ts";
export { StimulusError } from "./ports.ts";
