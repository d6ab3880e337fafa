import { bit, input, Module, output, type ScalarType, sint, uint, vec } from "../../hdl/index.ts";
import { type OctavUnitParameters, octavSchedule, octavWidths } from "../../spec/index.ts";
import { foldedMagnitude } from "../scaling/folded-magnitude.ts";
import { octavClip } from "./octav-clip.ts";
import { octavRow } from "./octav-row.ts";

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
    const folded = this.in_values.map((value) => (value.signed ? foldedMagnitude(value) : value));
    const { answer, ready, valid } = octavRow({ valid: this.in_valid, folded }, params, {
      ...octavSchedule(params),
      status: true,
    });
    this.in_ready.value = ready;
    this.out_valid.value = valid();
    this.out_clip.value = octavClip(answer, params, params.vectorSize);
    this.out_rounds.value = answer.rounds;
    this.out_converged.value = answer.converged!;
  }
}
