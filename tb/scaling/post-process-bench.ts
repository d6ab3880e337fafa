import { PostProcessModel } from "../../golden/index.ts";
import { type PostProcessParameters, tilesPerVector } from "../../spec/index.ts";
import type { BenchCycle, DesignBench, PortValues } from "../bench-cycle.ts";
import { Random } from "../random.ts";

/** A number of `bits` bits: an end of the range, small, near a tie of the bits cut, or anything. */
function signed(random: Random, bits: number): number {
  const most = 2 ** (bits - 1) - 1;
  switch (random.integer(0, 5)) {
    case 0:
      return -most - 1;
    case 1:
      return most;
    case 2:
      return Math.max(-most - 1, Math.min(most, random.integer(-2, 2)));
    default:
      return random.integer(-most - 1, most);
  }
}

/**
 * The test bench of `post-process`: tiles in the array's order first (one tile of every vector, then the next), back to
 * back; then tiles of random vectors with gaps, some begun anew before they end.
 */
export function postProcessBench(params: PostProcessParameters): DesignBench {
  const { biasBits, depth, lanes, matrixScaleBits, sumBits } = params;
  const tiles = tilesPerVector(params);
  const ports = (valid: 0 | 1, random: Random | undefined, index: number, tile: number): PortValues => {
    const draw = (bits: number): number => (random === undefined ? 0 : signed(random, bits));
    const most = 2 ** matrixScaleBits - 1;
    const scale =
      random === undefined ? 0 : random.pick([0, 1, 2 ** (matrixScaleBits - 1), most, random.integer(0, most)]);
    return {
      in_valid: [valid],
      in_sums: Array.from({ length: lanes }, () => draw(sumBits)),
      in_index: [index],
      ...(tiles > 1 ? { in_tile: [tile] } : {}),
      in_scale: [scale],
      ...(biasBits > 0 ? { in_bias: Array.from({ length: lanes }, () => draw(biasBits)) } : {}),
      in_relu: [random?.oneIn(3) ? 1 : 0],
    };
  };
  return {
    idle: ports(0, undefined, 0, 0),
    quiet: { out_valid: [0] },
    *cycles(seed, count): Generator<BenchCycle> {
      const random = new Random(seed);
      const model = new PostProcessModel(params);
      const next = new Array<number>(depth).fill(0);
      for (let made = 0; made < count; made++) {
        const ordered = made < 2 * tiles * depth;
        if (!ordered && random.oneIn(4)) {
          const noise = ports(0, random, random.integer(0, depth - 1), random.integer(0, tiles - 1));
          yield { inputs: noise, expected: { out_valid: [0] } };
          continue;
        }
        const index = ordered ? made % depth : random.integer(0, depth - 1);
        if (!ordered && random.oneIn(9)) next[index] = 0;
        const tile = next[index]!;
        next[index] = (tile + 1) % tiles;
        const inputs = ports(1, random, index, tile);
        const vector = model.step({
          sums: inputs.in_sums!,
          index,
          tile,
          scale: inputs.in_scale![0]!,
          bias: inputs.in_bias,
          relu: inputs.in_relu![0] === 1,
        });
        const expected: PortValues = vector
          ? { out_valid: [1], out_index: [index], out_values: vector }
          : { out_valid: [0] };
        yield { inputs, expected };
      }
    },
  };
}
