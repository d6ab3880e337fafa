export type { BenchCycle, DesignBench, PortValues } from "./bench-cycle.ts";
export { benchOf } from "./design-bench.ts";
export { type DesignFiles, type DesignFilesOptions, designFiles } from "./design-files.ts";
export { type ArrayGemm, type ArrayGemmRequest, gemmOnArray } from "./gemm-on-array.ts";
export { Random } from "./random.ts";
export { type BenchResult, type BenchRun, type Mismatch, runBench } from "./run-bench.ts";
export { type GemmReport, type GemmRunRequest, runGemm } from "./run-gemm.ts";
export { runSim, type SimReport, type SimRequest } from "./run-sim.ts";
export { type BenchFile, type VerilogBenchRequest, verilogBench } from "./verilog-bench.ts";
