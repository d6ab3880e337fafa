import { VsqQuantizer } from "../generators/index.ts";
import { compile, emitVerilog } from "../hdl/index.ts";
import { type QuantizerArchitecture, vsqQuantizerParameters } from "../spec/index.ts";
import { synthesize } from "../synth/index.ts";
import { runRequantize } from "../tb/index.ts";
import { distributionNames, sampled } from "./distributions.ts";
import { type Benchmark, below, type Figure, plain } from "./figure.ts";
import { quantizerDistances } from "./quantizer-distance.ts";

const rows = 256;
const columns = 64;

/** Gate equivalents and depth of the unit at 64 elements of 4 bits. */
async function sizeOf(architecture: QuantizerArchitecture): Promise<{ gates: number; depth: number }> {
  const design = compile(new VsqQuantizer(vsqQuantizerParameters.parse({ architecture })));
  const report = await synthesize({ top: design.top.name, files: emitVerilog(design) }, { yosys: "embedded" });
  const top = report.modules[0]!;
  return { gates: top.total.gateEquivalents, depth: top.path?.gates ?? 0 };
}

/** Both architectures of the per-vector scaler: codes against the formula, SQNR, size. */
export const quantizer: Benchmark = {
  name: "quantizer",
  summary: "vsq-quantizer, 64 elements of 4 bits, both architectures",
  async run() {
    let off = 0;
    let cycles = 0;
    let seconds = 0;
    for (const [i, name] of distributionNames.entries()) {
      const matrix = { name, rows, columns, data: sampled(name, rows * columns, 100 + i) };
      const report = await runRequantize({ matrix, parameters: {}, clip: "max", engine: "inprocess" });
      if (report.mismatched > 0) throw new Error(`${name}: ${report.mismatched} codes differ from the golden model`);
      off += report.codesOffFormula;
      cycles += report.cycles;
      seconds += report.seconds;
    }
    const distances = quantizerDistances(({ elementBits }) => elementBits === 4);
    const worst = Math.max(...distances.map(({ reciprocalLoss }) => reciprocalLoss));
    const exact = await sizeOf("exact");
    const reciprocal = await sizeOf("reciprocal");
    const figures: Figure[] = [
      { ...plain("exact: codes off the formula, simulated", off, "codes"), goal: "none", met: off === 0 },
      below("reciprocal: most SQNR lost against exact", worst, "dB", 0.01),
      plain("exact", exact.gates, "GE"),
      plain("exact, longest path", exact.depth, "gates"),
      plain("reciprocal", reciprocal.gates, "GE"),
      plain("reciprocal, longest path", reciprocal.depth, "gates"),
      {
        ...plain("the default, exact, over the other", exact.gates / reciprocal.gates, "x"),
        goal: "the smaller of the two",
        met: exact.gates <= reciprocal.gates,
      },
      plain("vectors per second, start of the simulator included", cycles / seconds, "/s"),
    ];
    return figures;
  },
};
