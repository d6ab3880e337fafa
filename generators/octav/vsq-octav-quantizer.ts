import {
  bit,
  cat,
  constant,
  counter,
  input,
  instance,
  Module,
  mux,
  output,
  register,
  type SInt,
  sint,
  type UInt,
  uint,
  vec,
  when,
  wire,
} from "../../hdl/index.ts";
import { octavPart, quantizerPart, type VsqOctavParameters, vsqOctavSchedule } from "../../spec/index.ts";
import { foldedMagnitude, largerOf, unfoldedMagnitude } from "../scaling/folded-magnitude.ts";
import { LargestMagnitude } from "../scaling/largest-magnitude.ts";
import { VsqQuantizer } from "../scaling/vsq-quantizer.ts";
import { octavClip } from "./octav-clip.ts";
import type { OctavEngine } from "./octav-engine.ts";
import { octavRow } from "./octav-row.ts";

/** One beat on its way into the quantiser. */
interface LeavingBeat {
  readonly valid: UInt<1>;
  readonly folded: readonly UInt[];
}

/** The value behind a folded magnitude. */
function unfolded(folded: UInt): SInt {
  const sign = folded.bit(0);
  const rest = folded.shiftRight(1);
  return cat(sign, rest.xor(sign.replicate(rest.width))).asSint();
}

/**
 * The per-vector scaler clipped by OCTAV (design contracts 5.3 and 5.4). The elements of a vector arrive over `beats`
 * cycles; OCTAV's engines hold them while they look for the clip, and pass them on, beat by beat, so that the last beat
 * reaches the quantiser together with the clip. `in_bypass`, read with the last beat, has the vector clipped at its
 * maximum instead, at the same latency.
 */
export class VsqOctavQuantizer extends Module<VsqOctavParameters> {
  /** A beat is offered. */
  readonly in_valid = input(bit);
  /** The beat's elements, the first beat holding the first of the vector. */
  readonly in_values = input(vec(this.params.vectorSize / this.params.beats, sint(this.params.inputBits)));
  /** Clip at the maximum; read with the last beat. */
  readonly in_bypass = input(bit);
  /** A beat is accepted in cycles in which this and `in_valid` are 1; pipelined always 1. */
  readonly in_ready = output(bit);
  /** A vector's codes and scale are there, for this cycle. */
  readonly out_valid = output(bit);
  readonly out_codes = output(vec(this.params.vectorSize, sint(this.params.elementBits)));
  readonly out_scale = output(uint(this.params.scaleBits));

  override get description(): string {
    return "Per-vector scaler clipped by OCTAV: whole numbers in, codes and one scale per vector out";
  }

  build(): void {
    const { params } = this;
    const { beats, inputBits, vectorSize } = params;
    const octav = octavPart(params);
    const ready = wire(bit);
    const folded = this.in_values.map(foldedMagnitude);
    const accept = this.in_valid.and(ready);
    const beat = beats === 1 ? undefined : counter({ modulus: beats, enable: accept });
    const isLast = beat?.value.eq(beats - 1) ?? constant(bit, 1);
    const clipAtMost = cat(this.largest(folded, accept, isLast), this.in_bypass);
    const vector = this.gathered(folded, accept);
    const row = octavRow({ valid: this.in_valid.and(isLast), folded: vector, payload: clipAtMost }, octav, {
      ...vsqOctavSchedule(params),
      status: false,
    });
    // Only a last beat has to wait for an engine.
    ready.value = isLast.not().or(row.ready);
    this.in_ready.value = ready;

    const { valid, folded: leaving } = this.leaving(row.last);
    const payload = row.payload!;
    const clip = octavClip(row.answer, octav, vectorSize);
    const largest = unfoldedMagnitude(payload.slice(inputBits, 1));
    const quantizer = instance(new VsqQuantizer(quantizerPart(params)));
    quantizer.in_valid.value = valid;
    quantizer.in_values.value = leaving.map(unfolded);
    quantizer.in_clip!.value = mux(payload.bit(0), largest, clip);
    this.out_valid.value = quantizer.out_valid;
    this.out_codes.value = quantizer.out_codes;
    this.out_scale.value = quantizer.out_scale;
  }

  /** The largest folded magnitude of the vector, with the last beat. */
  private largest(folded: readonly UInt[], accept: UInt<1>, isLast: UInt<1>): UInt {
    const { beats, inputBits } = this.params;
    const tree = instance(new LargestMagnitude({ elements: folded.length, bits: inputBits, stages: 0 }));
    tree.folded.value = folded;
    if (beats === 1) return tree.largest;
    const soFar = register(uint(inputBits), { reset: 0 });
    const largest = largerOf(tree.largest, soFar);
    when(accept, () => {
      soFar.next = mux(isLast, 0, largest);
    });
    return largest;
  }

  /** The whole vector, with the last beat: the ones before it wait in a row of registers. */
  private gathered(folded: readonly UInt[], accept: UInt<1>): UInt[] {
    const vector = [...folded];
    let newer: readonly UInt[] = folded;
    for (let i = 1; i < this.params.beats; i++) {
      const waiting = register(vec(folded.length, uint(this.params.inputBits)));
      const arriving = newer;
      when(accept, () => {
        waiting.next = arriving;
      });
      vector.unshift(...waiting.elements);
      newer = waiting.elements;
    }
    return vector;
  }

  /**
   * The beats of the vector in the last engine, so timed that the last one is there with the answer: the engine's last
   * `beats` cycles, and one later when the answer is.
   */
  private leaving({ busy, folded, phase }: OctavEngine): LeavingBeat {
    const { beats, inputBits, pipelined } = this.params;
    const lanes = folded.length / beats;
    const { cycles } = vsqOctavSchedule(this.params);
    const from = pipelined ? 0 : cycles + 1 - beats;
    let chosen = folded.slice(-lanes);
    for (let i = beats - 2; i >= 0 && phase; i--) {
      const now = phase.eq(from + i);
      chosen = chosen.map((last, lane) => mux(now, folded[i * lanes + lane]!, last));
    }
    const sends = phase && from > 0 ? busy.and(phase.ge(from)) : busy;
    if (!pipelined) return { valid: sends, folded: chosen };
    const valid = register(bit, { reset: 0 });
    const beat = register(vec(lanes, uint(inputBits)));
    valid.next = sends;
    when(sends, () => {
      beat.next = chosen;
    });
    return { valid, folded: beat.elements };
  }
}
