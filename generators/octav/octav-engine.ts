import { bit, constant, indexWidth, mux, register, type UInt, uint, vec, when } from "../../hdl/index.ts";
import type { OctavUnitParameters } from "../../spec/index.ts";
import { holdState, type OctavState, passOver, stateRegisters } from "./octav-state.ts";

/** A vector on its way into an engine. */
export interface ArrivingVector {
  readonly valid: UInt<1>;
  /** The elements as folded magnitudes. */
  readonly folded: readonly UInt[];
  /** Bits that travel with the vector. */
  readonly payload?: UInt | undefined;
  /** What engines before this one have found; nothing for the first. */
  readonly state?: OctavState;
}

/** An engine that has been put into the module. */
export interface OctavEngine {
  /** A vector may arrive in this cycle. */
  readonly ready: UInt<1>;
  /** A vector is inside for the last cycle; another may arrive. */
  readonly last: UInt<1>;
  readonly folded: readonly UInt[];
  readonly payload: UInt | undefined;
  /** Cycles that the vector has been inside; absent for an engine of one cycle. */
  readonly phase: UInt | undefined;
  /** A vector is inside. */
  readonly busy: UInt<1>;
  /** As it was at the beginning of the cycle. */
  readonly state: OctavState;
  /** As it is after the passes of the cycle. */
  readonly next: OctavState;
}

/** How an engine works. */
export interface OctavEngineOptions {
  /** Cycles that a vector stays. */
  readonly cycles: number;
  /** Keep whether the rounds converged. */
  readonly status: boolean;
}

/** Puts an engine into the module being built: registers for one vector and its state, and `unroll` passes per cycle. */
export function octavEngine(
  arriving: ArrivingVector,
  params: OctavUnitParameters,
  { cycles, status }: OctavEngineOptions,
): OctavEngine {
  // The first engine takes a vector when it is ready; the others are fed in step.
  const first = arriving.state === undefined;
  const folded = register(vec(params.vectorSize, uint(params.inputBits)));
  const payload = arriving.payload && register(uint(arriving.payload.width));
  const state = stateRegisters(params, status);
  const busy = register(bit, { reset: 0 });
  const never = constant(bit, 0);
  let begin = constant(bit, first ? 1 : 0);
  let last: UInt<1> = busy;
  let inside: UInt | undefined;
  let ready = constant(bit, 1);
  let accept = arriving.valid;
  if (cycles > 1) {
    const phase = register(uint(indexWidth(cycles)));
    inside = phase;
    last = busy.and(phase.eq(cycles - 1));
    if (first) {
      begin = phase.eq(0);
      ready = busy.not().or(last);
      accept = arriving.valid.and(ready);
    }
    phase.next = mux(accept, 0, phase.addWrap(1));
  }
  let next: OctavState = state;
  for (let i = 0; i < params.unroll; i++) {
    next = passOver(next, folded.elements, i === 0 ? begin : never, params).next;
  }
  busy.next = accept.or(busy.and(last.not()));
  when(accept, () => {
    folded.next = arriving.folded;
    if (payload && arriving.payload) payload.next = arriving.payload;
    if (arriving.state) {
      holdState(state, arriving.state);
    } else {
      // The rest is set by the first pass.
      state.threshold.next = 0;
      state.done.next = 0;
    }
  }).elsewhen(busy, () => {
    holdState(state, next);
  });
  return { ready, last, busy, phase: inside, folded: folded.elements, payload, state, next };
}
