import { bit, register, type UInt, uint, when } from "../../hdl/index.ts";
import type { OctavSchedule, OctavUnitParameters } from "../../spec/index.ts";
import { type ArrivingVector, type OctavEngine, octavEngine } from "./octav-engine.ts";
import type { OctavState } from "./octav-state.ts";

/** What the final division needs of a vector's last state, and what goes out with its result. */
export type OctavAnswer = Pick<OctavState, "threshold" | "remainder" | "tail" | "total" | "rounds" | "converged">;

/** How the engines are laid out, and what is kept. */
export interface OctavRowOptions extends Pick<OctavSchedule, "cycles" | "engines"> {
  /** Keep whether the rounds converged. */
  readonly status: boolean;
}

/** Engines that have been put into the module. */
export interface OctavRow {
  /** A vector may arrive in this cycle. */
  readonly ready: UInt<1>;
  /** Makes the signal that says that an answer is there, for this cycle. */
  readonly valid: () => UInt<1>;
  readonly answer: OctavAnswer;
  /** What travelled with the vector. */
  readonly payload: UInt | undefined;
  /** The engine of the last rounds. Iterative it still holds the vector with its answer; pipelined the cycle before. */
  readonly last: OctavEngine;
}

/**
 * Puts the engines of mode vector into the module being built. Iterative: one engine that makes all passes and then
 * shows the answer for a cycle, in which the next vector may arrive. Pipelined: engines in a row, and registers behind
 * them for the answer.
 */
export function octavRow(
  arriving: ArrivingVector,
  params: OctavUnitParameters,
  { cycles, engines, status }: OctavRowOptions,
): OctavRow {
  if (!params.pipelined) {
    const engine = octavEngine(arriving, params, { cycles: cycles + 1, status });
    const { last: shown, payload, ready, state } = engine;
    return { ready, valid: () => shown, answer: state, payload, last: engine };
  }
  const first = octavEngine(arriving, params, { cycles, status });
  let last = first;
  for (let i = 1; i < engines; i++) {
    const { folded, last: valid, next: state, payload } = last;
    last = octavEngine({ valid, folded, payload, state }, params, { cycles, status });
  }
  const { last: leaves, next, payload } = last;
  const threshold = register(uint(next.threshold.width));
  const remainder = register(uint(next.remainder.width));
  const tail = register(uint(next.tail.width));
  const total = register(uint(next.total.width));
  const rounds = register(uint(next.rounds.width));
  const converged = next.converged && register(bit);
  const tag = payload && register(uint(payload.width));
  when(leaves, () => {
    threshold.next = next.threshold;
    remainder.next = next.remainder;
    tail.next = next.tail;
    total.next = next.total;
    rounds.next = next.rounds;
    if (converged && next.converged) converged.next = next.converged;
    if (tag && payload) tag.next = payload;
  });
  const valid = () => {
    const valid = register(bit, { reset: 0 });
    valid.next = leaves;
    return valid;
  };
  const answer = { threshold, remainder, tail, total, rounds, converged };
  return { ready: first.ready, valid, answer, payload: tag, last };
}
