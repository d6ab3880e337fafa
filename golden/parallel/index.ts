export { QuantizePool, quantizeParallel } from "./quantize-pool.ts";
export type { MeasuredTensor } from "./worker-message.ts";
