import {
  assert,
  bit,
  constant,
  counter,
  cover,
  delay,
  input,
  instance,
  Module,
  register,
  sint,
  type UInt,
  vec,
  when,
} from "../../hdl/index.ts";
import { quantizerPart, type VsqOctavParameters, vsqOctavLatency, vsqQuantizerLatency } from "../../spec/index.ts";
import { VsqQuantizer } from "../scaling/vsq-quantizer.ts";
import { VsqOctavQuantizer } from "./vsq-octav-quantizer.ts";

/** What of the joined unit is asserted: the moments of its answers alone, or beside it the plain maximum. */
export interface VsqOctavContractParameters extends VsqOctavParameters {
  readonly bypass: boolean;
}

/**
 * `vsq-octav-quantizer` beside the moments at which it must answer and, with `bypass`, beside a `vsq-quantizer` that
 * takes the same accepted beats: what `in_bypass` lets through has the codes and the scale of the plain maximum.
 */
export class VsqOctavContract extends Module<VsqOctavContractParameters> {
  readonly in_valid = input(bit);
  readonly in_values = input(vec(this.params.vectorSize / this.params.beats, sint(this.params.inputBits)));
  readonly in_bypass = input(bit);

  build(): void {
    const { bypass, ...params } = this.params;
    const { beats } = params;
    const unit = instance(new VsqOctavQuantizer(params));
    unit.in_valid.value = this.in_valid;
    unit.in_values.value = this.in_values;
    unit.in_bypass.value = this.in_bypass;
    const accepted = this.in_valid.and(unit.in_ready);
    const beat = beats === 1 ? undefined : counter({ modulus: beats, enable: accepted });
    const last = beat?.value.eq(beats - 1) ?? constant(bit, 1);
    const latency = vsqOctavLatency(params);
    assert(
      unit.out_valid.eq(bitAfter(accepted.and(last), latency)),
      `out_valid comes ${latency} cycles after a last beat is accepted, and at no other time`,
    );
    if (params.pipelined) assert(unit.in_ready, "pipelined is always ready");
    else assert(last.or(unit.in_ready), "only a last beat waits");
    if (!bypass) return;

    const plain = instance(new VsqQuantizer({ ...quantizerPart(params), clip: false }));
    plain.in_valid.value = accepted;
    plain.in_values.value = this.in_values;
    const later = latency - vsqQuantizerLatency(quantizerPart(params));
    const scale = delay<UInt>(plain.out_scale, later);
    const codes = plain.out_codes.map((code) => delay(code, later));
    const ended = accepted.and(last);
    // Without such vectors the rest would say nothing.
    cover(
      bitAfter(ended.and(this.in_bypass.not()), latency).and(unit.out_scale.lt(scale)),
      "a vector that OCTAV clips below its maximum",
    );
    when(bitAfter(ended.and(this.in_bypass), latency), () => {
      assert(unit.out_scale.eq(scale), "bypassed, the scale is that of the maximum");
      codes.forEach((code, i) => {
        assert(unit.out_codes.at(i).eq(code), `bypassed, code ${i} is that of the maximum`);
      });
    });
  }
}

/** A bit as it was `cycles` ago, 0 after reset. */
function bitAfter(now: UInt<1>, cycles: number): UInt<1> {
  let late = now;
  for (let i = 0; i < cycles; i++) {
    const stage = register(bit, { reset: 0 });
    stage.next = late;
    late = stage;
  }
  return late;
}
