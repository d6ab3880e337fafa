import {
  assert,
  bit,
  constant,
  counter,
  delay,
  input,
  instance,
  Module,
  mux,
  reduceTree,
  register,
  type SInt,
  sint,
  type UInt,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";
import { largestCode, type VsqQuantizerParameters, vsqQuantizerLatency } from "../../spec/index.ts";
import { VsqQuantizer } from "./vsq-quantizer.ts";

/**
 * `vsq-quantizer` beside its contract, for a proof. What is asserted is the definition of the nearest whole number, in
 * products alone: c is the nearest to p/q, ties away from zero, when 2p + q >= 2q·c and 2p + q < 2q·(c + 1). Nothing of
 * it is shared with the unit. For vectors of one beat.
 */
export class QuantizerContract extends Module<VsqQuantizerParameters> {
  readonly in_valid = input(bit);
  readonly in_values = input(vec(this.params.vectorSize, sint(this.params.inputBits)));
  readonly in_clip = this.params.clip ? input(uint(this.params.inputBits)) : undefined;

  build(): void {
    const { params } = this;
    const { clip, scaleBits, scaleFraction } = params;
    const latency = vsqQuantizerLatency(params);
    const most = largestCode(params.elementBits);
    const largestScale = 2 ** scaleBits - 1;
    const unit = instance(new VsqQuantizer(params));
    unit.in_valid.value = this.in_valid;
    unit.in_values.value = this.in_values;
    if (unit.in_clip && this.in_clip) unit.in_clip.value = this.in_clip;

    const values = this.in_values.map((value): SInt => delay(value, latency));
    const magnitudes = values.map((value) => value.abs());
    const largest = reduceTree(magnitudes, (a, b) => mux(a.gt(b), a, b));
    const peak: UInt = this.in_clip ? delay<UInt>(this.in_clip, latency) : largest;
    // The scale that would be, one bit more than it has: nearest(peak / (L·2^f)).
    const step = most * 2 ** scaleFraction;
    const limit = (2 * largestScale + 1) * step;
    // Narrow inputs never reach the limit, and a comparison that is always false says nothing.
    const over = 2 * (2 ** peak.width - 1) < limit ? constant(bit, 0) : peak.mul(2).ge(limit);
    const divisor = mux(over, largestScale * step, peak.extend(Math.max(peak.width, 32)));
    const expectValid = validAfter(this.in_valid, latency);

    assert(unit.out_valid.eq(expectValid), "a vector is answered after the latency, and nothing else is");
    when(expectValid, () => {
      const scaled = peak.mul(2).add(step);
      const scale = unit.out_scale;
      assert(
        mux(over, scale.eq(largestScale), scaled.ge(scale.mul(2 * step)).and(scaled.lt(scale.add(1).mul(2 * step)))),
        "the scale is the nearest, or at its limit",
      );
      values.forEach((value, i) => {
        const code = unit.out_codes.at(i);
        const size = code.abs();
        const twice = magnitudes[i]!.mul(2 * most).add(divisor);
        const nearest = twice.ge(divisor.mul(size).mul(2)).and(twice.lt(divisor.mul(size.add(1)).mul(2)));
        const right = mux(size.eq(most), twice.ge(divisor.mul(size).mul(2)), nearest);
        const none = clip ? peak.eq(0) : largest.eq(0);
        assert(mux(none, size.eq(0), right), `code ${i} is the nearest, or at its limit`);
        assert(size.eq(0).or(code.lt(0).eq(value.lt(0))), `code ${i} has the sign of its value`);
        assert(size.le(most), `code ${i} lies between the largest and its negative`);
      });
    });
  }
}

/** A bit as it was `cycles` ago, 0 after reset. */
function validAfter(valid: UInt<1>, cycles: number): UInt<1> {
  let late = valid;
  for (let i = 0; i < cycles; i++) {
    const stage = register(bit, { reset: 0 });
    stage.next = late;
    late = stage;
  }
  return late;
}

/** `vsq-quantizer` with any beats beside the moments at which it must answer. */
export class QuantizerTiming extends Module<VsqQuantizerParameters> {
  readonly in_valid = input(bit);

  build(): void {
    const { params } = this;
    const unit = instance(new VsqQuantizer(params));
    unit.in_valid.value = this.in_valid;
    unit.in_values.value = Array.from({ length: params.vectorSize / params.beats }, () => 0);
    const beat = params.beats === 1 ? undefined : counter({ modulus: params.beats, enable: this.in_valid });
    const expected = validAfter(beat === undefined ? this.in_valid : beat.wraps, vsqQuantizerLatency(params));
    assert(unit.out_valid.eq(expected), "out_valid exactly the latency after a last beat");
  }
}
