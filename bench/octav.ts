import { generatorNamed } from "../generators/index.ts";
import { compile, emitVerilog } from "../hdl/index.ts";
import { octavUnitParameters, octavVectorInterval, vsqOctavInterval, vsqOctavParameters } from "../spec/index.ts";
import { synthesize } from "../synth/index.ts";
import { runSim } from "../tb/index.ts";
import { octavDistance } from "../tb/octav/distance-table.ts";
import { type Benchmark, below, type Figure, plain } from "./figure.ts";

/** Gate equivalents and longest path of a design, hierarchy kept, generic gates, the embedded Yosys. */
async function cost(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<{ area: number; path: number }> {
  const design = compile(generatorNamed(name).configure(parameters).create());
  const report = await synthesize({ top: design.top.name, files: emitVerilog(design) }, { yosys: "embedded" });
  const top = report.modules[0]!;
  return { area: top.total.gateEquivalents, path: top.path.gates ?? 0 };
}

/** OCTAV in hardware: distance from the formula, cycles, gates, and its share of the array that it serves. */
export const octavBenchmark: Benchmark = {
  name: "octav",
  summary: "the OCTAV unit and the quantiser that it clips: exactness, cycles, gate equivalents at chip size",
  async run() {
    const figures: Figure[] = [];
    const rounding = Math.max(
      ...(["gauss", "laplace", "student-t4", "attention"] as const).map(
        (name) => octavDistance(name, 4, 64, 400).rounding,
      ),
    );
    figures.push(below("largest distance of the answer from N/D, 1600 vectors of 64", rounding, "ulp", 1));
    const design = generatorNamed("octav-unit").configure({});
    const sim = await runSim({ design, engine: "inprocess", vectors: 12_000, seed: 1 });
    figures.push(below("outputs that differ from the golden model, 12,000 cycles", sim.mismatched, "", 1));
    figures.push(below("cycles per vector, iterative", octavVectorInterval(octavUnitParameters.defaults), "", 13));
    const pipelined = octavUnitParameters.parse({ pipelined: true });
    figures.push(below("cycles per vector, pipelined", octavVectorInterval(pipelined), "", 2));
    const chip = { beats: 4, pipelined: true };
    figures.push(
      below(
        "cycles per vector, quantiser of 4 beats, pipelined",
        vsqOctavInterval(vsqOctavParameters.parse(chip)),
        "",
        5,
      ),
    );

    const array = await cost("mac-array", {});
    figures.push(plain("mac-array", array.area, "GE"));
    for (const [title, name, parameters] of [
      ["octav-unit, iterative", "octav-unit", {}],
      ["octav-unit, mode tensor", "octav-unit", { mode: "tensor" }],
      ["vsq-octav-quantizer, 1 beat, pipelined", "vsq-octav-quantizer", { beats: 1, pipelined: true }],
      ["vsq-octav-quantizer, 4 beats, iterative", "vsq-octav-quantizer", { beats: 4 }],
      ["vsq-octav-quantizer, 4 beats, pipelined", "vsq-octav-quantizer", chip],
    ] as const) {
      const { area, path } = await cost(name, parameters);
      figures.push(plain(title, area, "GE"), plain(`${title}: longest path`, path, "gates"));
      if (name === "vsq-octav-quantizer") figures.push(below(`${title}, over the array`, area / array.area, "", 1));
    }
    return figures;
  },
};
