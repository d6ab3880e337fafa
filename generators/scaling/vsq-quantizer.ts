import {
  bit,
  counter,
  delay,
  input,
  instance,
  Module,
  memory,
  output,
  pack,
  register,
  type SInt,
  sint,
  type UInt,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";
import type { VsqQuantizerParameters } from "../../spec/index.ts";
import { ElementDivision } from "./element-division.ts";
import { foldedMagnitude, largerOf, unfoldedMagnitude } from "./folded-magnitude.ts";
import { LargestMagnitude } from "./largest-magnitude.ts";
import { ReciprocalCode } from "./reciprocal-code.ts";
import { ThresholdSearch } from "./threshold-search.ts";
import { validDelay } from "./valid-delay.ts";
import { VectorDivisor } from "./vector-divisor.ts";
import { VectorReciprocal } from "./vector-reciprocal.ts";
import { VectorThresholds } from "./vector-thresholds.ts";

/** Codes of at most this many bits are searched for in thresholds; wider ones cost less by division (docs/quantizer.md). */
const searchedBits = 5;

/**
 * The per-vector scaler of VS-Quant (design contract 5.3): whole numbers in, codes and one scale per vector out. The
 * elements of a vector arrive over `beats` cycles, with any gaps between them; a new vector may begin in the cycle after
 * the last beat of the one before. Results come in order, `vsqQuantizerLatency` cycles after the last beat.
 *
 * The maximum is known with the last beat only, so the beats wait in a small store; their codes are then made one beat
 * per cycle, in the order in which they came, which frees each place of the store just before it can be needed again.
 */
export class VsqQuantizer extends Module<VsqQuantizerParameters> {
  /** A beat arrives. */
  readonly in_valid = input(bit);
  /** The beat's elements, the first beat holding the first of the vector. */
  readonly in_values = input(vec(this.params.vectorSize / this.params.beats, sint(this.params.inputBits)));
  /** The magnitude of the largest code, in place of the vector's maximum; read with the last beat. */
  readonly in_clip = this.params.clip ? input(uint(this.params.inputBits)) : undefined;
  /** A vector's codes and scale are there, for this cycle. */
  readonly out_valid = output(bit);
  readonly out_codes = output(vec(this.params.vectorSize, sint(this.params.elementBits)));
  readonly out_scale = output(uint(this.params.scaleBits));

  override get description(): string {
    return "Per-vector scaler: whole numbers in, codes and one scale per vector out";
  }

  build(): void {
    const { params } = this;
    const { beats, elementBits, pipelineStages, scaleBits, vectorSize } = params;
    const lanes = vectorSize / beats;
    const early = pipelineStages === 2 ? 1 : 0;
    const middle = pipelineStages > 0 ? 1 : 0;
    const ranks = early + middle;

    const folded = this.in_values.map(foldedMagnitude);
    const beat = beats === 1 ? undefined : counter({ modulus: beats, enable: this.in_valid });
    const last = beat === undefined ? this.in_valid : beat.wraps.named("lastBeat");
    const peak = this.peak(folded, last, early);

    // One beat of codes per cycle, beginning in the cycle after the last beat.
    const active = register(bit, { reset: 0 });
    const step = beats === 1 ? undefined : counter({ modulus: beats, enable: active });
    const lastStep = step === undefined ? active : step.wraps.named("lastStep");
    active.next = step === undefined ? last : last.or(active.and(lastStep.not()));
    const waiting = this.store(folded, beat?.value, step?.value).map((element) => delay(element, ranks));
    const made = validDelay(active, ranks);
    const complete = validDelay(lastStep, ranks);
    const place = step === undefined ? undefined : delay(step.value, ranks);
    const { codes, scale } = this.quantized(waiting, peak, middle);

    const outCodes = register(vec(vectorSize, sint(elementBits)));
    const outScale = register(uint(scaleBits));
    for (let i = 0; i < beats; i++) {
      when(place === undefined ? made : made.and(place.eq(i)), () => {
        codes.forEach((code, lane) => {
          outCodes.at(i * lanes + lane).next = code;
        });
      });
    }
    when(complete, () => {
      outScale.next = scale;
    });
    const outValid = register(bit, { reset: 0 });
    outValid.next = complete;
    this.out_valid.value = outValid;
    this.out_codes.value = outCodes;
    this.out_scale.value = outScale;
  }

  /** What the vector is divided by, as a magnitude: there from the cycle after the last beat, `early` cycles later. */
  private peak(folded: readonly UInt[], last: UInt<1>, early: 0 | 1): UInt {
    const { beats, inputBits } = this.params;
    const lastLater = validDelay(last, early);
    const peak = register(uint(inputBits));
    if (this.in_clip !== undefined) {
      const clip = delay<UInt>(this.in_clip, early);
      when(lastLater, () => {
        peak.next = clip;
      });
      return peak;
    }
    const tree = instance(new LargestMagnitude({ elements: folded.length, bits: inputBits, stages: early }));
    tree.folded.value = folded;
    let largest: UInt = tree.largest;
    if (beats > 1) {
      const soFar = register(uint(inputBits), { reset: 0 });
      largest = largerOf(tree.largest, soFar);
      when(lastLater, () => {
        soFar.next = 0;
      }).elsewhen(validDelay(this.in_valid, early), () => {
        soFar.next = largest;
      });
    }
    when(lastLater, () => {
      peak.next = largest;
    });
    return unfoldedMagnitude(peak);
  }

  /** The elements of the beat numbered `step`, kept since it arrived. */
  private store(folded: readonly UInt[], beat: UInt | undefined, step: UInt | undefined): UInt[] {
    const { beats, inputBits } = this.params;
    if (beat === undefined || step === undefined) {
      const elements = register(vec(folded.length, uint(inputBits)));
      when(this.in_valid, () => {
        elements.next = folded;
      });
      return [...elements];
    }
    const words = memory(uint(folded.length * inputBits), beats);
    when(this.in_valid, () => {
      words.write(beat, pack(folded));
    });
    const word = words.read(step);
    return folded.map((_, i) => word.slice((i + 1) * inputBits - 1, i * inputBits));
  }

  /** The codes of one beat and the scale of its vector, with `middle` registers between what they share and the codes. */
  private quantized(waiting: readonly UInt[], peak: UInt, middle: 0 | 1): { codes: SInt[]; scale: UInt } {
    const { params } = this;
    const rank = (value: UInt): UInt => delay(value, middle);
    if (params.architecture === "reciprocal") {
      const vector = instance(new VectorReciprocal(params));
      vector.peak.value = peak;
      const shift = rank(vector.shift);
      const factor = rank(vector.factor);
      const rounding = rank(vector.rounding);
      const nonzero = vector.nonzero && rank(vector.nonzero);
      const codes = waiting.map((element) => {
        const multiplication = instance(new ReciprocalCode(params));
        multiplication.folded.value = element;
        multiplication.shift.value = shift;
        multiplication.factor.value = factor;
        multiplication.rounding.value = rounding;
        if (multiplication.nonzero && nonzero) multiplication.nonzero.value = nonzero;
        return multiplication.code;
      });
      return { codes, scale: rank(vector.scale) };
    }
    if (params.elementBits > searchedBits) {
      const vector = instance(new VectorDivisor(params));
      vector.peak.value = peak;
      const divisor = rank(vector.divisor);
      const nonzero = vector.nonzero && rank(vector.nonzero);
      const codes = waiting.map((element) => {
        const division = instance(new ElementDivision(params));
        division.folded.value = element;
        division.divisor.value = divisor;
        if (division.nonzero && nonzero) division.nonzero.value = nonzero;
        return division.code;
      });
      return { codes, scale: rank(vector.scale) };
    }
    const vector = instance(new VectorThresholds(params));
    vector.peak.value = peak;
    const thresholds = vector.thresholds.map(rank);
    const codes = waiting.map((element) => {
      const search = instance(new ThresholdSearch(params));
      search.folded.value = element;
      search.thresholds.value = thresholds;
      return search.code;
    });
    return { codes, scale: rank(vector.scale) };
  }
}
