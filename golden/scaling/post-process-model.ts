import { InputError, type PostProcessParameters, tilesPerVector } from "../../spec/index.ts";
import { postProcessLane } from "./post-process-lane.ts";

/** One valid cycle at the inputs of `post-process`. */
export interface PostProcessInput {
  /** One per lane. */
  readonly sums: ArrayLike<number>;
  /** Which vector, 0..depth − 1, and which tile of it. */
  readonly index: number;
  readonly tile: number;
  readonly scale: number;
  /** One per lane; left out for none. */
  readonly bias?: ArrayLike<number> | undefined;
  readonly relu: boolean;
}

/** `post-process` without its latency: the lanes' arithmetic and the tiles that wait for the rest of their vector. */
export class PostProcessModel {
  readonly parameters: PostProcessParameters;
  readonly #waiting = new Map<string, readonly number[]>();

  constructor(parameters: PostProcessParameters) {
    this.parameters = parameters;
  }

  /**
   * Takes the sums of one tile.
   * @returns the vector, when this was its last tile
   * @throws InputError for a tile or index out of range, or a vector sent out before all its tiles were there
   */
  step({ bias, index, relu, scale, sums, tile }: PostProcessInput): number[] | undefined {
    const { depth, lanes } = this.parameters;
    const tiles = tilesPerVector(this.parameters);
    if (!(Number.isInteger(index) && index >= 0 && index < depth)) throw new InputError(`vector ${index} of ${depth}`);
    if (!(Number.isInteger(tile) && tile >= 0 && tile < tiles)) throw new InputError(`tile ${tile} of ${tiles}`);
    const values = Array.from({ length: lanes }, (_, lane) =>
      postProcessLane(sums[lane] ?? 0, { scale, relu, bias: bias?.[lane] ?? 0 }, this.parameters),
    );
    if (tile < tiles - 1) {
      this.#waiting.set(`${index}/${tile}`, values);
      return undefined;
    }
    const parts = Array.from({ length: tiles - 1 }, (_, i) => {
      const part = this.#waiting.get(`${index}/${i}`);
      if (part === undefined) throw new InputError(`vector ${index} ends before its tile ${i} has come`);
      return part;
    });
    return [...parts.flat(), ...values];
  }
}
