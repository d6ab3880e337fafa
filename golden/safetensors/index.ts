export { isSafetensorsFloat, type SafetensorsType } from "./element-type.ts";
export type { SafetensorsEntry } from "./header.ts";
export { openSafetensors, ReadingRoom, type SafetensorsFile } from "./read-safetensors.ts";
export { createSafetensors, type SafetensorsWriter } from "./write-safetensors.ts";
