import { MacArray } from "../generators/index.ts";
import { gemm as goldenGemm, type Matrix, quantizeForLane } from "../golden/index.ts";
import { compile, type EngineName, startEngine } from "../hdl/index.ts";
import { macArrayParameters } from "../spec/index.ts";
import { gemmOnArray, Random } from "../tb/index.ts";
import { type Benchmark, below, type Figure, plain } from "./figure.ts";
import { measureHere } from "./measure.ts";

const m = 128;
const n = 768;
const k = 768;

/** Sums of uniform numbers: bell-shaped, reproducible, no library function whose last bit may differ. */
function randomMatrix(name: string, rows: number, columns: number, seed: number): Matrix {
  const random = new Random(seed);
  const data = Float32Array.from({ length: rows * columns }, () => {
    let sum = 0;
    for (let i = 0; i < 4; i++) sum += random.next() / 2 ** 32 - 0.5;
    return sum;
  });
  return { name, rows, columns, data };
}

/** The product of a BERT-base layer on 128 tokens, every partial sum compared. */
export const gemm: Benchmark = {
  name: "gemm",
  summary: `${m} x ${k} x ${n} INT4-VSQ on the simulated array, every partial sum compared (73,728 array cycles)`,
  async run() {
    const parameters = macArrayParameters.parse({});
    const a = quantizeForLane(randomMatrix("a", m, k, 1), "int4-vsq", parameters);
    const b = quantizeForLane(randomMatrix("b", n, k, 2), "int4-vsq", parameters);
    const request = { format: "int4-vsq", parameters, a, b } as const;
    const figures: Figure[] = [];

    const golden = await measureHere(() => goldenGemm({ ...request, partialSums: true }));
    figures.push(below("golden model alone, real time", golden.wallSeconds, "s", 1));

    const run = async (engineName: EngineName) => {
      const started = await measureHere(() => startEngine(compile(new MacArray(parameters)), { engine: engineName }));
      const cost = await measureHere(() => gemmOnArray(started.result, request));
      started.result.dispose();
      const { compared, cycles, mismatched } = cost.result;
      if (mismatched > 0 || compared !== m * n * (k / 64))
        throw new Error(`${engineName}: ${mismatched} partial sums differ`);
      return { started, cost, rate: cycles / cost.wallSeconds };
    };
    const inProcess = await run("inprocess");
    figures.push(
      below(
        "in process, real time with elaboration",
        inProcess.started.wallSeconds + inProcess.cost.wallSeconds,
        "s",
        5,
      ),
      plain("in process, checked cycles per second", inProcess.rate, "/s"),
    );
    const verilator = await run("verilator");
    figures.push(
      plain("Verilator, elaboration and build (0 when cached)", verilator.started.wallSeconds, "s"),
      plain("Verilator, real time of the run", verilator.cost.wallSeconds, "s"),
      plain("Verilator, checked cycles per second", verilator.rate, "/s"),
      plain("in process over Verilator, checked cycles", inProcess.rate / verilator.rate, "x"),
    );
    return figures;
  },
};
