import { bit, instance, mux, register, type UInt, uint } from "../../hdl/index.ts";
import { type OctavUnitParameters, octavWidths } from "../../spec/index.ts";
import { OctavPass, passParameters } from "./octav-pass.ts";

/** What is known of a vector between two passes, besides its elements. */
export interface OctavState {
  /** q of the answer so far, the largest integer below it; the threshold of the next pass. */
  readonly threshold: UInt;
  /** q of the answer before: a 2-cycle ends in the larger of the two. */
  readonly previous: UInt;
  /** N − 1 − q·D of the answer so far. */
  readonly remainder: UInt;
  /** P of the answer so far: how many elements its tail had. */
  readonly tail: UInt;
  /** P of the answer before; 0 before there is one. */
  readonly tailBefore: UInt;
  /** Non-zero magnitudes. */
  readonly total: UInt;
  /** Rounds made. */
  readonly rounds: UInt;
  /** Nothing changes any more. */
  readonly done: UInt<1>;
  /** The tail of a round was that of the round before; absent where nobody asks. */
  readonly converged?: UInt<1> | undefined;
}

/** Registers for a state, without reset. */
export function stateRegisters(params: OctavUnitParameters, status: boolean): OctavState {
  const w = octavWidths(params, params.vectorSize);
  const threshold = register(uint(w.thresholdBits));
  const previous = register(uint(w.thresholdBits));
  const remainder = register(uint(w.denominatorBits));
  const tail = register(uint(w.countBits));
  const tailBefore = register(uint(w.countBits));
  const total = register(uint(w.countBits));
  const rounds = register(uint(w.roundBits));
  const done = register(bit);
  const converged = status ? register(bit) : undefined;
  return { threshold, previous, remainder, tail, tailBefore, total, rounds, done, converged };
}

/** Sets the registers of a state. */
export function holdState(registers: OctavState, next: OctavState): void {
  registers.threshold.next = next.threshold;
  registers.previous.next = next.previous;
  registers.remainder.next = next.remainder;
  registers.tail.next = next.tail;
  registers.tailBefore.next = next.tailBefore;
  registers.total.next = next.total;
  registers.rounds.next = next.rounds;
  registers.done.next = next.done;
  if (registers.converged && next.converged) registers.converged.next = next.converged;
}

/** A pass over a vector. */
export interface PassedState {
  /** The state after it; unchanged once it is done. */
  readonly next: OctavState;
  /** Sum and count of the magnitudes above the threshold. */
  readonly sum: UInt;
  readonly count: UInt;
}

/**
 * Puts one more pass over a vector into the module being built.
 * @param folded its elements as folded magnitudes @param start 1 in the first pass of a vector.
 */
export function passOver(
  state: OctavState,
  folded: readonly UInt[],
  start: UInt<1>,
  params: OctavUnitParameters,
): PassedState {
  const widths = octavWidths(params, params.vectorSize);
  const pass = instance(new OctavPass(passParameters(params)));
  pass.folded.value = folded;
  pass.threshold.value = state.threshold;
  pass.start.value = start;
  pass.total.value = state.total;
  const none = pass.count.eq(0);
  const round = start.not();
  // Tails are nested, so that equal counts are equal tails. None has no elements, but that of a vector of zeros.
  const settled = round.and(pass.count.eq(state.tail));
  const cycles = round.and(pass.count.eq(state.tailBefore));
  // The value of this round is that of two rounds ago; where the one between is larger it stays the answer.
  const keep = cycles.and(settled.not()).and(state.threshold.gt(state.previous));
  const counted = state.rounds.addWrap(1).resize(widths.roundBits);
  const last = round.and(counted.eq(params.iterations));
  const fixed = state.done;
  const kept = fixed.or(keep);
  const held = <W extends number>(now: UInt<W>, next: UInt<W>, holds: UInt<1>): UInt<W> =>
    mux(holds, now, next) as unknown as UInt<W>;
  const next = {
    threshold: held(state.threshold, pass.threshold_next, kept),
    previous: held(state.previous, state.threshold, fixed),
    remainder: held(state.remainder, pass.remainder, kept),
    tail: held(state.tail, pass.count, kept),
    tailBefore: held(state.tailBefore, mux(start, 0, state.tail), fixed),
    total: held(state.total, pass.total_next, fixed),
    rounds: held(state.rounds, mux(start, 0, counted), fixed),
    done: fixed.or(none).or(settled).or(cycles).or(last),
    converged: state.converged && held(state.converged, none.or(settled), fixed),
  };
  return { next, sum: pass.sum, count: pass.count };
}
