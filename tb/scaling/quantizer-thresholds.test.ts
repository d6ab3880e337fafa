import { expect, test } from "vitest";
import { generatorNamed } from "../../generators/index.ts";
import {
  normalizedReciprocal,
  type QuantizerArithmetic,
  quantizeVector,
  reciprocalCode,
  scaleOfVector,
} from "../../golden/index.ts";
import { compile, type EngineValues, startEngine } from "../../hdl/index.ts";
import { vsqQuantizerParameters } from "../../spec/index.ts";

const chip = vsqQuantizerParameters.defaults;
const most = 7;
const peaks = 2 ** 15;

/** The smallest number within `reach` of `near` that a condition holds for, which holds for all above it. */
function smallest(near: number, reach: number, holds: (magnitude: number) => boolean): number {
  let [low, high] = [Math.max(0, near - reach), near + reach];
  if ((low > 0 && holds(low - 1)) || !holds(high)) throw new Error(`it does not change within ${reach} of ${near}`);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** One vector per maximum through the simulated unit: the maximum, and magnitudes beside each change of the code. */
async function compareAll(arithmetic: QuantizerArithmetic, changes: (peak: number) => number[]): Promise<number> {
  const vectorSize = 2 * (1 + 2 * most);
  const design = generatorNamed("vsq-quantizer").configure({ ...arithmetic, vectorSize });
  const engine = await startEngine(compile(design.create()));
  const order = engine.inputs.map(({ name }) => name);
  const vectors: Int32Array[] = [];
  function* frames(): Generator<readonly EngineValues[]> {
    for (let peak = 1; peak <= peaks; peak++) {
      const beside = changes(peak).flatMap((change) => [Math.max(0, change - 1), Math.min(peak, change)]);
      const magnitudes = [peak, ...beside];
      const values = Int32Array.from([...magnitudes.map((a) => -a), ...magnitudes.map((a) => Math.min(a, peaks - 1))]);
      vectors.push(values);
      yield order.map((name) => (name === "in_valid" ? [1] : values));
    }
    for (let i = 0; i < design.latency; i++) yield order.map((name) => (name === "in_valid" ? [0] : vectors[0]!));
  }
  const codesPort = engine.outputs.findIndex(({ name }) => name === "out_codes");
  const scalePort = engine.outputs.findIndex(({ name }) => name === "out_scale");
  let wrong = 0;
  engine.step(2, true);
  engine.replay(frames(), (cycle, outputs) => {
    if (cycle < design.latency) return;
    const { codes, scale } = quantizeVector(vectors[cycle - design.latency]!, arithmetic);
    const found = outputs[codesPort]!;
    if (Number(outputs[scalePort]![0]) !== scale || codes.some((code, i) => code !== found[i])) wrong++;
  });
  engine.dispose();
  expect(vectors.length).toBe(peaks);
  return wrong;
}

test("exact: every maximum of 16 bits, both sides of every change of the code", async () => {
  const wrong = await compareAll(chip, (peak) => {
    const magnitude = Number(scaleOfVector(BigInt(peak), chip).magnitude);
    return Array.from({ length: most }, (_, k) => Math.ceil(((2 * k + 1) * magnitude) / (2 * most)));
  });
  expect(wrong).toBe(0);
}, 60_000);

test("reciprocal: every maximum of 16 bits, the error inside its bound for every magnitude", async () => {
  const arithmetic: QuantizerArithmetic = { ...chip, architecture: "reciprocal" };
  const bound = 0.5 + (3 * most) / 2 ** arithmetic.reciprocalBits;
  let worst = 0;
  const changes = (peak: number): number[] => {
    const { magnitude } = scaleOfVector(BigInt(peak), arithmetic);
    const reciprocal = normalizedReciprocal(magnitude, arithmetic);
    const top = Number(magnitude);
    // The code grows with the magnitude, so that the errors on both sides of its changes are the largest.
    return Array.from({ length: most }, (_, i) => {
      const code = i + 1;
      const near = Math.ceil(((2 * code - 1) * top) / (2 * most));
      const reach = 1 + Math.ceil((top * 3) / 2 ** arithmetic.reciprocalBits);
      const first = smallest(near, reach, (a) => reciprocalCode(BigInt(a), reciprocal, arithmetic) >= code);
      worst = Math.max(worst, code - (most * first) / top, (most * (first - 1)) / top - (code - 1));
      return first;
    });
  };
  expect(await compareAll(arithmetic, changes)).toBe(0);
  expect(worst).toBeLessThanOrEqual(bound);
  // The bound is not far from what happens.
  expect(worst).toBeGreaterThan(0.5 + (bound - 0.5) / 3);
}, 60_000);
