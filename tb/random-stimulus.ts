import { clockingOf, type Design, enumerationOf, type Port, scalarOf } from "../hdl/index.ts";
import type { EnginePort, EngineValues } from "../hdl/simulate/engine.ts";
import { enginePorts } from "../hdl/simulate/process/ports.ts";
import { startAssumptionWatch } from "./assumption-watch.ts";
import { inputAssumptions } from "./input-assumptions.ts";
import { Random } from "./random.ts";
import type { StimulusCycle } from "./stimulus-cycle.ts";

/** Inputs of a design that nobody has described: random, with corners, and such that its assumptions hold where it can. */
export interface RandomStimulus {
  /** Inputs for the time of the reset: zeros. */
  readonly idle: readonly EngineValues[];
  /** The inputs of the next cycle, and the clocks at its end: those of `domains`, or any where there are several. */
  next(domains?: readonly number[]): StimulusCycle;
}

/** One in so many cycles the share of ones of single bits changes. */
const cyclesPerMood = 32;
/** Shares of ones: an enable must stay on for long, and a clear off, to get anywhere. */
const shares: readonly number[] = [1 / 16, 1 / 2, 15 / 16];
/** Attempts to find inputs that the design's assumptions allow: new ones, then such that keep more and more of the old. */
const keptShares: readonly number[] = [0, 0, 0, 0, 1 / 4, 1 / 4, 1 / 2, 1 / 2, 3 / 4, 3 / 4, 1];

/**
 * Starts the stimulus of a design. The same seed gives the same cycles.
 * @throws ToolError for a design with external Verilog that has no model
 */
export async function startRandomStimulus(design: Design, seed: number): Promise<RandomStimulus> {
  const random = new Random(seed);
  const inputs = design.top.ports.filter(({ direction }) => direction === "input");
  const ports = enginePorts(design.top, "input");
  const sources = ports.map((port, i) => new PortSource(port, inputs[i]!, random));
  const assumptions = inputAssumptions(design);
  const watch = assumptions && (await startAssumptionWatch(assumptions));
  const idle = ports.map((port) => valuesOf(port, Array<bigint>(port.elements).fill(0n)));
  watch?.reset(idle);
  const { clocks, domains } = clockingOf(design);
  const several = clocks.filter(({ present }) => present).length > 1;
  let before: readonly EngineValues[] = idle;

  const draw = (kept: number): readonly EngineValues[] =>
    sources.map((source, i) => (kept > 0 && random.next() < kept * 2 ** 32 ? before[i]! : source.next()));
  const allowed = (): readonly EngineValues[] => {
    if (watch === undefined) return draw(random.oneIn(4) ? 1 / 2 : 0);
    for (const kept of keptShares) {
      const frame = draw(kept);
      if (watch.holds(frame)) return frame;
    }
    return watch.holds(idle) ? idle : draw(0);
  };
  const edges = (): readonly number[] => {
    if (!several) return [0];
    const chosen = domains.map((_, i) => i).filter(() => random.oneIn(2));
    return chosen.length > 0 ? chosen : [random.integer(0, domains.length - 1)];
  };
  return {
    idle,
    next(given) {
      if (random.oneIn(cyclesPerMood)) for (const source of sources) source.changeMood();
      const frame = allowed();
      const cycle = { frame, domains: given ?? edges() };
      watch?.step(cycle);
      before = frame;
      return cycle;
    },
  };
}

/** Elements in the form that engines take: numbers up to 32 bits, bigints above. */
function valuesOf({ elementWidth, signed }: EnginePort, bits: readonly bigint[]): EngineValues {
  const values = bits.map((value) =>
    signed ? BigInt.asIntN(elementWidth, value) : BigInt.asUintN(elementWidth, value),
  );
  return elementWidth > 32 ? values : values.map(Number);
}

/** The values of one input. */
class PortSource {
  readonly #port: EnginePort;
  readonly #members: readonly bigint[] | undefined;
  readonly #random: Random;
  #share = 1 / 2;

  constructor(port: EnginePort, declared: Port, random: Random) {
    this.#port = port;
    this.#random = random;
    const enumeration = enumerationOf(scalarOf(declared.type));
    this.#members = enumeration && [...enumeration.members.values()];
  }

  changeMood(): void {
    this.#share = this.#random.pick(shares);
  }

  next(): EngineValues {
    return valuesOf(
      this.#port,
      Array.from({ length: this.#port.elements }, () => this.#element()),
    );
  }

  #element(): bigint {
    const random = this.#random;
    if (this.#members) return random.pick(this.#members);
    const { elementWidth } = this.#port;
    if (elementWidth === 1) return random.next() < this.#share * 2 ** 32 ? 1n : 0n;
    // The least and the greatest number of either sign.
    if (random.oneIn(6)) {
      const top = 1n << BigInt(elementWidth - 1);
      return random.pick([0n, 1n, -1n, top, top - 1n]);
    }
    let bits = 0n;
    for (let have = 0; have < elementWidth; have += 32) bits = (bits << 32n) | BigInt(random.next());
    return bits;
  }
}
