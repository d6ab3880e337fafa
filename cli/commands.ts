import type { Subcommand } from "./subcommand.ts";

/** The subcommands in the order of the help text. Loaded one at a time: see `main`. */
export const subcommands: readonly Subcommand[] = [
  {
    name: "list",
    summary: "list the designs and their parameters",
    load: () => import("./commands/list.ts"),
  },
  {
    name: "generate",
    summary: "write the Verilog of a design, its manifest and a test bench",
    load: () => import("./commands/generate.ts"),
  },
  {
    name: "lint",
    summary: "check a design: our checks, Yosys, Verilator",
    load: () => import("./commands/lint.ts"),
  },
  {
    name: "explain",
    summary: "what a complaint such as LS0101 means, with an example",
    load: () => import("./commands/explain.ts"),
  },
  {
    name: "sim",
    summary: "simulate random vectors and compare with the golden model",
    load: () => import("./commands/sim.ts"),
  },
  {
    name: "prove",
    summary: "prove the assertions of a design for all inputs",
    load: () => import("./commands/prove.ts"),
  },
  {
    name: "synth",
    summary: "area, flip-flops and longest path of every module",
    load: () => import("./commands/synth.ts"),
  },
  {
    name: "gemm",
    summary: "multiply two real matrices on the simulated array",
    load: () => import("./commands/gemm.ts"),
  },
  {
    name: "requantize",
    summary: "a real matrix through the simulated per-vector scaler",
    load: () => import("./commands/requantize.ts"),
  },
  {
    name: "quantize",
    summary: "tensors of files into codes and scales, with a report",
    load: () => import("./commands/quantize.ts"),
  },
  {
    name: "dequantize",
    summary: "codes and scales back into floats",
    load: () => import("./commands/dequantize.ts"),
  },
  {
    name: "compare",
    summary: "formats and clipping rules side by side",
    load: () => import("./commands/compare.ts"),
  },
  {
    name: "conformance",
    summary: "inputs and expected bits of every format and policy",
    load: () => import("./commands/conformance.ts"),
  },
  {
    name: "tour",
    summary: "the whole road once, on one page; what npm start runs",
    load: () => import("./commands/tour.ts"),
  },
];
