import { describe, expect, test } from "vitest";
import { OctavVector } from "../../generators/index.ts";
import { octavInteger } from "../../golden/index.ts";
import { compile, startEngine } from "../../hdl/index.ts";
import type { EngineValues } from "../../hdl/simulate/engine.ts";
import { type OctavUnitParameters, octavUnitParameters, octavVectorLatency, octavWidths } from "../../spec/index.ts";

/** Every vector through a pipelined unit, one per cycle, each answer compared. */
async function enumerate(
  input: Partial<OctavUnitParameters>,
): Promise<{ vectors: number; mostRounds: number; cycles: number }> {
  const params = octavUnitParameters.parse({ pipelined: true, ...input });
  const { inputBits, iterations, unsigned, vectorSize } = params;
  const engine = await startEngine(compile(new OctavVector(params)));
  const least = unsigned ? 0 : -(2 ** (inputBits - 1));
  const vectors = 2 ** (inputBits * vectorSize);
  const latency = octavVectorLatency(params);
  const valuesOf = (number: number): number[] =>
    Array.from({ length: vectorSize }, (_, i) => ((number >> (i * inputBits)) & (2 ** inputBits - 1)) + least);
  // The model does not look at order or sign, so one answer serves many vectors.
  const known = new Map<string, { clip: number; rounds: number; converged: number; cycle: boolean }>();
  const answerOf = (values: readonly number[]) => {
    const key = values.map(Math.abs).sort().join();
    let answer = known.get(key);
    if (!answer) {
      const { clip, converged, cycle, rounds } = octavInteger(values, params);
      answer = { clip: Number(clip), rounds, converged: converged ? 1 : 0, cycle };
      known.set(key, answer);
    }
    return answer;
  };
  const valid = engine.inputs.findIndex(({ name }) => name === "in_valid");
  const frame: EngineValues[] = engine.inputs.map(() => [0]);
  function* frames(): Generator<readonly EngineValues[]> {
    for (let number = 0; number < vectors + latency; number++) {
      frame[valid] = [number < vectors ? 1 : 0];
      frame[1 - valid] = valuesOf(number % vectors);
      yield frame;
    }
  }
  const port = Object.fromEntries(engine.outputs.map(({ name }, i) => [name, i]));
  let mostRounds = 0;
  let cycles = 0;
  engine.step(2, true);
  engine.replay(frames(), (cycle, outputs) => {
    const read = (name: string): number => Number(outputs[port[name]!]![0]);
    if (cycle < latency) {
      if (read("out_valid") !== 0) throw new Error(`an answer in cycle ${cycle}`);
      return;
    }
    const values = valuesOf(cycle - latency);
    const { clip, converged, cycle: cycles2, rounds } = answerOf(values);
    const right =
      read("out_valid") === 1 &&
      read("out_clip") === clip &&
      read("out_rounds") === rounds &&
      read("out_converged") === converged;
    if (!right)
      throw new Error(`${values}: ${read("out_clip")} after ${read("out_rounds")}, not ${clip} after ${rounds}`);
    if (read("out_rounds") > iterations) throw new Error(`${values}: ${read("out_rounds")} rounds`);
    mostRounds = Math.max(mostRounds, rounds);
    if (cycles2) cycles++;
  });
  engine.dispose();
  return { vectors, mostRounds, cycles };
}

describe("every vector there is", () => {
  test.each<Partial<OctavUnitParameters>>([
    { vectorSize: 4, inputBits: 4, elementBits: 2 },
    { vectorSize: 4, inputBits: 4, elementBits: 4, divider: "newton" },
    { vectorSize: 5, inputBits: 3, elementBits: 2, unsigned: true },
    { vectorSize: 4, inputBits: 4, elementBits: 2, iterations: 1 },
    { vectorSize: 2, inputBits: 7, elementBits: 3 },
  ])("%j", async (params) => {
    const { mostRounds, vectors } = await enumerate(params);
    expect(vectors).toBeGreaterThan(16_000);
    expect(mostRounds).toBeGreaterThan(0);
    expect(mostRounds).toBeLessThanOrEqual(params.iterations ?? 10);
  });
});

test("the denominator is never 0, whatever the counts", () => {
  for (const unsigned of [false, true]) {
    for (let elementBits = 2; elementBits <= 8; elementBits++) {
      const params = octavUnitParameters.parse({ elementBits, unsigned });
      const { denominatorBits, weightShift } = octavWidths(params, 64);
      // In the unit the total is at least 1 and at least the count of the tail; all such pairs.
      for (let total = 1; total <= 64; total++) {
        for (let count = 0; count <= total; count++) {
          const denominator = total - count + 3 * count * 2 ** weightShift;
          expect(denominator > 0 && denominator < 2 ** denominatorBits).toBe(true);
        }
      }
    }
  }
});
