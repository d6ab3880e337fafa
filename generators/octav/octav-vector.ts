import {
  bit,
  gated,
  input,
  instance,
  Module,
  output,
  register,
  type ScalarType,
  sint,
  type UInt,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";
import { type OctavUnitParameters, octavSchedule, octavWidths } from "../../spec/index.ts";
import { octavDenominator } from "./octav-denominator.ts";
import { type ArrivingVector, octavEngine } from "./octav-engine.ts";
import { OctavFraction } from "./octav-fraction.ts";
import type { OctavState } from "./octav-state.ts";

/** What the final division needs of a state, and what goes out with its result. */
type OctavAnswer = Pick<OctavState, "threshold" | "remainder" | "tail" | "total" | "rounds" | "converged">;

/** A register that takes the value in cycles in which the condition holds. */
function heldWhen(condition: UInt<1>, value: UInt): UInt {
  const kept = register(uint(value.width));
  when(condition, () => {
    kept.next = value;
  });
  return kept;
}

/**
 * `octav-unit` in mode vector: the clipping magnitude of a vector by OCTAV's recursion (design contract 5.4).
 *
 * Iterative: one engine holds a vector, makes `unroll` passes per cycle, and shows the answer in the cycle after the
 * last; the next vector may arrive in that cycle. Pipelined: as many engines in a row as it takes to accept a vector
 * every `interval` cycles. The latency is the same for every vector; one that settles early waits.
 */
export class OctavVector extends Module<OctavUnitParameters> {
  readonly in_valid = input(bit);
  readonly in_values = input(vec(this.params.vectorSize, this.valueType));
  /** A vector is accepted in cycles in which this and `in_valid` are 1. */
  readonly in_ready = output(bit);
  readonly out_valid = output(bit);
  /** The clipping magnitude, `fractionBits` of it behind the point; 0 for a vector of zeros. */
  readonly out_clip = output(uint(this.widths.clipBits));
  /** Rounds that it took; 0 for a vector of zeros. */
  readonly out_rounds = output(uint(this.widths.roundBits));
  /** 0: the rounds ran out, or ended in a 2-cycle. */
  readonly out_converged = output(bit);

  private get widths() {
    return octavWidths(this.params, this.params.vectorSize);
  }

  private get valueType(): ScalarType {
    return this.params.unsigned ? uint(this.params.inputBits) : sint(this.params.inputBits);
  }

  override get moduleName(): string {
    return "OctavUnit";
  }

  override get description(): string {
    return "OCTAV: the clipping magnitude of a vector";
  }

  build(): void {
    const { params } = this;
    const { cycles, engines } = octavSchedule(params);
    const magnitudes = this.in_values.map((value) => (value.signed ? value.abs() : value));
    let arriving: ArrivingVector = { valid: this.in_valid, magnitudes };
    if (!params.pipelined) {
      // One cycle more, in which nothing changes and the answer is shown.
      const engine = octavEngine(arriving, params, { cycles: cycles + 1 });
      this.in_ready.value = engine.ready;
      this.show(engine.last, engine.state);
      return;
    }
    let leaves = arriving.valid;
    let state: OctavState | undefined;
    for (let i = 0; i < engines; i++) {
      const engine = octavEngine(arriving, params, { cycles });
      if (i === 0) this.in_ready.value = engine.ready;
      leaves = engine.last;
      state = engine.next;
      arriving = { valid: leaves, magnitudes: engine.magnitudes, state };
    }
    if (!state) throw new Error("there is at least one engine");
    const valid = register(bit, { reset: 0 });
    valid.next = leaves;
    const threshold = heldWhen(leaves, state.threshold);
    const remainder = heldWhen(leaves, state.remainder);
    const tail = heldWhen(leaves, state.tail);
    const total = heldWhen(leaves, state.total);
    const rounds = heldWhen(leaves, state.rounds);
    const converged = heldWhen(leaves, state.converged).wrap(1);
    this.show(valid, { threshold, remainder, tail, total, rounds, converged });
  }

  /** Drives the outputs from the last state of a vector. */
  private show(valid: UInt<1>, state: OctavAnswer): void {
    const { clipBits, denominatorBits, thresholdBits } = this.widths;
    const { fractionBits } = this.params;
    const division = instance(new OctavFraction({ clipBits, denominatorBits, fractionBits, thresholdBits }));
    division.threshold.value = state.threshold;
    division.remainder.value = state.remainder;
    division.denominator.value = octavDenominator(state.total, state.tail, this.widths);
    this.out_valid.value = valid;
    // Only a vector of zeros takes no round.
    this.out_clip.value = gated(division.clip, state.rounds.ne(0));
    this.out_rounds.value = state.rounds;
    this.out_converged.value = state.converged;
  }
}
