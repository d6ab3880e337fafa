import { generatorNamed } from "../generators/index.ts";
import { octavCandidates } from "../golden/index.ts";
import { compile, type EngineName, startEngine } from "../hdl/index.ts";
import type { EngineValues } from "../hdl/simulate/engine.ts";
import { octavUnitParameters, octavVectorInterval, type VsqQuantizerParameters } from "../spec/index.ts";

/** The clips of vectors, as simulated and as the golden model has them: whole numbers in units of the inputs. */
export interface CheckedClips {
  readonly simulated: Int32Array;
  readonly golden: Int32Array;
  readonly cycles: number;
}

/**
 * Runs vectors through the simulated `octav-unit` with `candidates`: the clip of `octav+` for each, without fraction bits,
 * as the per-vector scaler takes it.
 * @param values vectors of `vectorSize` signed values, one after the other
 */
export async function simulateCheckedClips(
  values: Int32Array,
  { elementBits, inputBits, vectorSize }: VsqQuantizerParameters,
  engineName: EngineName,
): Promise<CheckedClips> {
  const configured = generatorNamed("octav-unit").configure({
    ...{ elementBits, inputBits, vectorSize },
    fractionBits: 0,
    candidates: true,
  });
  const parameters = octavUnitParameters.parse(configured.params);
  const vectors = values.length / vectorSize;
  const golden = Int32Array.from({ length: vectors }, (_, vector) => {
    const own = values.subarray(vector * vectorSize, (vector + 1) * vectorSize);
    return Number(octavCandidates(own, parameters).clip);
  });
  const simulated = new Int32Array(vectors);
  const engine = await startEngine(compile(configured.create()), { engine: engineName });
  const idle = engine.inputs.map(({ elements }): EngineValues => new Int32Array(elements));
  const input = (name: string): number => engine.inputs.findIndex((port) => port.name === name);
  const output = (name: string): number => engine.outputs.findIndex((port) => port.name === name);
  const [inValid, inValues, outValid, outClip] = [
    input("in_valid"),
    input("in_values"),
    output("out_valid"),
    output("out_clip"),
  ];
  const interval = octavVectorInterval(parameters);
  function* frames(): Generator<readonly EngineValues[]> {
    for (let vector = 0; vector < vectors; vector++) {
      const frame = [...idle];
      frame[inValid] = Int32Array.of(1);
      frame[inValues] = values.subarray(vector * vectorSize, (vector + 1) * vectorSize);
      yield frame;
      for (let cycle = 1; cycle < interval; cycle++) yield idle;
    }
    for (let cycle = 0; cycle <= configured.latency; cycle++) yield idle;
  }
  let arrived = 0;
  let cycles = 0;
  try {
    engine.step(2, true);
    engine.replay(frames(), (_cycle, outputs) => {
      cycles++;
      if (Number(outputs[outValid]![0]) !== 1) return;
      if (arrived < vectors) simulated[arrived] = Number(outputs[outClip]![0]);
      arrived++;
    });
  } finally {
    engine.dispose();
  }
  if (arrived !== vectors) simulated.fill(-1, Math.min(arrived, vectors));
  return { simulated, golden, cycles };
}
