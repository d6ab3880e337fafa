import { octav, type QuantizeOptions, quantize, type Tensor } from "../golden/index.ts";
import { quantizeParallel } from "../golden/parallel/index.ts";
import { Random } from "../tb/index.ts";
import { type Benchmark, below, type Figure, plain } from "./figure.ts";
import { measureHere, median } from "./measure.ts";
import { plainInt4Vsq, plainMxfp4, plainNvfp4, plainOctav } from "./quantize-plain.ts";

const rows = 2048;
const columns = 4096;
const elements = rows * columns;
const repeats = 7;

/** Sums of uniform numbers: bell-shaped and the same on every machine. */
function randomTensor(name: string, shape: readonly [number, number], seed: number): Tensor {
  const random = new Random(seed);
  const data = new Float32Array(shape[0] * shape[1]);
  for (let i = 0; i < data.length; i++) {
    // Four numbers of 16 bits out of two of 32.
    const [a, b] = [random.next(), random.next()];
    data[i] = ((a & 0xffff) + (a >>> 16) + (b & 0xffff) + (b >>> 16)) / 2 ** 16 - 2;
  }
  return { name, shape, data };
}

/** Millions per second of processor time, the median of several runs after one that warms up. */
async function rate(count: number, body: () => unknown): Promise<number> {
  body();
  const seconds: number[] = [];
  for (let i = 0; i < repeats; i++) seconds.push((await measureHere(body)).cpuSeconds);
  return count / median(seconds) / 1e6;
}

function atLeast(name: string, value: number, bar: number): Figure {
  return { name, value, unit: "M/s", goal: `at least ${bar} M/s`, met: value >= bar };
}

/** The weights of BERT-base's twelve layers, 85 million, as random stand-ins. */
function bertWeights(): Tensor[] {
  return Array.from({ length: 12 }, (_, layer) => {
    const weight = (name: string, out: number, inputs: number, i: number) =>
      randomTensor(`layer${layer}.${name}`, [out, inputs], layer * 10 + i);
    const attention = ["query", "key", "value", "output"].map((name, i) => weight(name, 768, 768, i));
    return [...attention, weight("up", 3072, 768, 4), weight("down", 768, 3072, 5)];
  }).flat();
}

/** How many values a second are quantised, against the loops that a user would write. */
export const quantizeBenchmark: Benchmark = {
  name: "quantize",
  summary: `quantize() on ${rows} x ${columns} values, per second of processor time; medians of ${repeats}`,
  async run() {
    const tensor = randomTensor("values", [rows, columns], 1);
    const data = tensor.data as Float32Array;
    const figures: Figure[] = [];
    const compare = async (title: string, bar: number, options: QuantizeOptions, loop: () => unknown) => {
      const ours = await rate(elements, () => quantize(tensor, options));
      const theirs = await rate(elements, loop);
      figures.push(atLeast(title, ours, bar), plain(`${title}: over a plain loop`, ours / theirs, "x"));
    };
    await compare("int4-vsq, maximum", 150, { format: "int4-vsq" }, () => plainInt4Vsq(data, 64));
    await compare("int4-vsq, octav per vector of 64", 15, { format: "int4-vsq", clip: "octav" }, () => {
      for (let from = 0; from < elements; from += 64) plainOctav(data, from, from + 64);
      plainInt4Vsq(data, 64);
    });
    await compare("mxfp4", 80, { format: "mxfp4" }, () => plainMxfp4(data));
    await compare("nvfp4", 80, { format: "nvfp4" }, () => plainNvfp4(data));

    const { rounds } = octav(data, { bits: 4 });
    // The start is a pass over the values like every round.
    const ours = await rate(elements * (rounds + 1), () => octav(data, { bits: 4 }));
    const theirs = await rate(elements * (rounds + 1), () => plainOctav(data, 0, elements, rounds));
    figures.push(
      atLeast("octav per tensor, each round", ours, 100),
      plain("octav per tensor: over a plain loop", ours / theirs, "x"),
    );

    const weights = bertWeights();
    const threads = 2;
    const bert = await measureHere(() => quantizeParallel(weights, { format: "int4-vsq", clip: "octav" }, threads));
    figures.push(
      below(`BERT-base, 85 M weights, int4-vsq with octav on ${threads} threads, real time`, bert.wallSeconds, "s", 4),
      plain("the same, processor time", bert.cpuSeconds, "s"),
    );
    return figures;
  },
};
