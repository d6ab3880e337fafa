import { expect, test } from "vitest";
import { VsqOctavQuantizer } from "../../generators/index.ts";
import { quantizeVectorOctav } from "../../golden/index.ts";
import { compile, startEngine } from "../../hdl/index.ts";
import type { EngineValues } from "../../hdl/simulate/engine.ts";
import { type VsqOctavParameters, vsqOctavInterval, vsqOctavLatency, vsqOctavParameters } from "../../spec/index.ts";

/** Every vector, with and without bypass, through a unit at its full rate; each answer compared in its cycle. */
async function enumerate(input: Partial<VsqOctavParameters>): Promise<{ vectors: number; clipped: number }> {
  const params = vsqOctavParameters.parse({ scaleFraction: 0, ...input });
  const { beats, inputBits, vectorSize } = params;
  const lanes = vectorSize / beats;
  const interval = vsqOctavInterval(params);
  const latency = vsqOctavLatency(params);
  const inputs = 2 ** (inputBits * vectorSize);
  const vectors = 2 * inputs;
  const valuesOf = (number: number): number[] =>
    Array.from(
      { length: vectorSize },
      (_, i) => ((number >> (i * inputBits)) & (2 ** inputBits - 1)) - 2 ** (inputBits - 1),
    );
  // The bypass changes from vector to vector.
  const bypassOf = (number: number): boolean => (number + (number >= inputs ? 1 : 0)) % 2 === 1;
  const engine = await startEngine(compile(new VsqOctavQuantizer(params)));
  const place = Object.fromEntries(engine.inputs.map(({ name }, i) => [name, i]));
  const port = Object.fromEntries(engine.outputs.map(({ name }, i) => [name, i]));
  const lastBeats: number[] = [];
  function* frames(): Generator<readonly EngineValues[]> {
    for (let cycle = 0; cycle < vectors * interval + latency; cycle++) {
      const number = Math.floor(cycle / interval);
      // The beats are the last cycles of an interval; a last beat is offered when it will be taken.
      const beat = (cycle % interval) - (interval - beats);
      const valid = number < vectors && beat >= 0;
      const values = valid ? valuesOf(number % inputs).slice(beat * lanes, (beat + 1) * lanes) : [];
      const last = valid && beat === beats - 1;
      if (last) lastBeats.push(cycle);
      const frame: EngineValues[] = [];
      frame[place.in_valid!] = [valid ? 1 : 0];
      frame[place.in_values!] = valid ? values : new Array<number>(lanes).fill(1);
      frame[place.in_bypass!] = [last === bypassOf(number) ? 1 : 0];
      yield frame;
    }
  }
  let arrived = 0;
  let clipped = 0;
  engine.step(2, true);
  engine.replay(frames(), (cycle, outputs) => {
    const due = lastBeats[arrived] === cycle - latency;
    if (Number(outputs[port.out_valid!]![0]) !== (due ? 1 : 0)) throw new Error(`out_valid in cycle ${cycle}`);
    if (!due) return;
    const values = valuesOf(arrived % inputs);
    const bypass = bypassOf(arrived);
    const { clip, codes, scale } = quantizeVectorOctav(values, params, bypass);
    const found = Array.from(outputs[port.out_codes!]!, Number);
    const foundScale = Number(outputs[port.out_scale!]![0]);
    if (foundScale !== scale || found.some((code, i) => code !== codes[i])) {
      throw new Error(`${values}, bypass ${bypass}: ${found} times ${foundScale}, not ${codes} times ${scale}`);
    }
    const differs = (): boolean => {
      const plain = quantizeVectorOctav(values, params, true);
      return plain.scale !== scale || plain.codes.some((code, i) => code !== codes[i]);
    };
    if (clip < Math.max(...values.map(Math.abs)) && differs()) clipped++;
    arrived++;
  });
  engine.dispose();
  expect(arrived).toBe(vectors);
  return { vectors, clipped };
}

// Few small elements have a clip that rounds to their maximum; these sizes have others.
test.each<Partial<VsqOctavParameters>>([
  { elementBits: 3, vectorSize: 2, inputBits: 8, beats: 2, scaleBits: 6, pipelined: true },
  { elementBits: 4, vectorSize: 3, inputBits: 5, pipelined: true, iterations: 1 },
  { elementBits: 3, vectorSize: 3, inputBits: 5, iterations: 1, scaleBits: 3 },
])("every vector there is, clipped and bypassed: %j", async (params) => {
  const { clipped, vectors } = await enumerate(params);
  expect(vectors).toBeGreaterThanOrEqual(65_536);
  expect(clipped).toBeGreaterThan(0);
});
