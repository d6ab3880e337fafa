import { generatorNamed, MacArray } from "../generators/index.ts";
import { compile, type EngineName, type EngineValues, startEngine } from "../hdl/index.ts";
import { macArrayParameters } from "../spec/index.ts";
import { benchOf } from "../tb/index.ts";
import { type Benchmark, type Figure, plain } from "./figure.ts";
import { median } from "./measure.ts";

/** Frames prepared beforehand, so that the simulator is measured and not the making of stimulus. */
function prepareFrames(
  engine: { readonly inputs: readonly { readonly name: string }[] },
  count: number,
): EngineValues[][] {
  const cycles = benchOf(generatorNamed("mac-array").configure({})).cycles(1, count);
  return [...cycles].map(({ inputs }) => engine.inputs.map(({ name }) => Int32Array.from(inputs[name] as number[])));
}

/** The bare speed of the simulators on the array: random inputs every cycle, outputs read, nothing compared. */
export const simulation: Benchmark = {
  name: "simulation",
  summary: "mac-array at chip size, cycles per second: new inputs every cycle, outputs handed over",
  async run() {
    const design = compile(new MacArray(macArrayParameters.parse({})));
    const figures: Figure[] = [];
    const rates = new Map<EngineName, number>();
    for (const [name, repeats] of [
      ["inprocess", 60],
      ["verilator", 60],
      ["icarus", 1],
    ] as const) {
      const engine = await startEngine(design, { engine: name });
      const frames = prepareFrames(engine, 1024);
      const runs = Array.from({ length: name === "icarus" ? 1 : 5 }, () => {
        let seen = 0;
        const started = performance.now();
        engine.replay(
          (function* () {
            for (let i = 0; i < repeats; i++) yield* frames;
          })(),
          (_cycle, outputs) => {
            seen += outputs.length;
          },
        );
        if (seen === 0) throw new Error("the engine handed out nothing");
        return (repeats * frames.length) / ((performance.now() - started) / 1000);
      });
      engine.dispose();
      rates.set(name, median(runs));
      figures.push(plain(`${name} (${engine.version})`, median(runs), "cycles/s"));
    }
    figures.push(
      plain("in process over Verilator behind its pipe", rates.get("inprocess")! / rates.get("verilator")!, "x"),
    );
    return figures;
  },
};
