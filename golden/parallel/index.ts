export { QuantizePool, quantizeParallel } from "./quantize-pool.ts";
