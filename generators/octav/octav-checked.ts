import {
  bit,
  bitsFor,
  cat,
  constant,
  enumeration,
  gated,
  input,
  Module,
  mux,
  output,
  register,
  type ScalarType,
  sint,
  type UInt,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";
import { type OctavUnitParameters, octavCandidateWidths, octavCheckCycles, octavWidths } from "../../spec/index.ts";
import { foldedMagnitude } from "../scaling/folded-magnitude.ts";
import { candidateClip, scaledByTop } from "./candidate-clip.ts";
import { levelThreshold } from "./level-threshold.ts";
import { octavClip } from "./octav-clip.ts";
import { holdState, passOver, stateRegisters } from "./octav-state.ts";
import { restoringRows } from "./restoring-rows.ts";

/** What the unit is doing. */
const Work = enumeration("Work", [
  "idle",
  "rounds",
  "largest",
  "root",
  "levels",
  "weigh",
  "compare",
  "refit",
  "answer",
]);
type Task = "rounds" | "largest" | "root" | "levels" | "weigh" | "compare" | "refit" | "answer";

/**
 * `octav-unit` in mode vector with `candidates`: after OCTAV's rounds the true squared errors of its answer, of the
 * maximum and of six clips around and between them are compared, and the best is moved to where it fits its codes best.
 *
 * With A = Σ|x|·l and C = Σl² over the nearest levels l of a clip c, L the top level, the error is Σx² less
 * (c·(2·L·A − c·C))/L², so no element is squared. A and C are sums over the thresholds between levels: A = Σ S(k),
 * C = Σ (2k − 1)·P(k), S and P sum and count of the magnitudes above the k-th. The comparators and the adder tree of the
 * rounds make one threshold per cycle; the maximum, the square root of s·m and the last division take a cycle per bit.
 */
export class OctavChecked extends Module<OctavUnitParameters> {
  readonly in_valid = input(bit);
  readonly in_values = input(vec(this.params.vectorSize, this.valueType));
  /** A vector is accepted in cycles in which this and `in_valid` are 1. */
  readonly in_ready = output(bit);
  readonly out_valid = output(bit);
  /** The clipping magnitude, `fractionBits` of it behind the point; 0 for a vector of zeros. */
  readonly out_clip = output(uint(this.widths.clipBits));
  /** Rounds that OCTAV took; 0 for a vector of zeros. */
  readonly out_rounds = output(uint(this.widths.roundBits));
  /** 0: OCTAV's rounds ran out, or ended in a 2-cycle. */
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
    return "OCTAV with a check: the clipping magnitude of least true error among eight, refitted";
  }

  build(): void {
    const { params } = this;
    const { fractionBits, inputBits, vectorSize } = params;
    const { clipBits, thresholdBits } = this.widths;
    const w = octavCandidateWidths(params);
    const { candidates, levels } = w;

    const work = register(Work, { reset: "idle" });
    const step = register(uint(bitsFor(BigInt(octavCheckCycles(params).longest - 1), false)));
    const candidate = register(uint(bitsFor(BigInt(candidates - 1), false)));
    const folded = register(vec(vectorSize, uint(inputBits)));
    const state = stateRegisters(params, true);

    /** The maximum less one, bit by bit. */
    const belowMaximum = register(uint(thresholdBits));
    const clip = register(uint(clipBits));
    /** The clip times 2k − 1. */
    const multiple = register(uint(w.multipleBits));
    /** 2k − 1. */
    const odd = register(uint(w.oddBits));
    const product = register(uint(w.productBits));
    const square = register(uint(w.squareBits));
    const difference = register(uint(w.differenceBits));
    const bestGain = register(uint(w.gainBits));
    const bestProduct = register(uint(w.productBits));
    const bestSquare = register(uint(w.squareBits));
    /** Digits still to come of a root's square or of a dividend; quotient digits follow behind. */
    const digits = register(uint(w.digitBits));
    const rest = register(uint(w.restBits));
    const root = register(uint(w.rootBits));

    const accept = this.in_valid.and(work.is("idle").or(work.is("answer")));
    const first = step.eq(0);
    const after = (cycles: number): UInt<1> => step.eq(cycles - 1);
    const go = (next: Task): void => {
      work.next = next;
      step.next = 0;
    };
    const cyclesOf = octavCheckCycles(params);

    // One pass per cycle, whatever the threshold is for.
    const bitOfStep = cat(...Array.from({ length: thresholdBits }, (_, i) => step.eq(i)));
    const trial = belowMaximum.or(bitOfStep);
    const seeks = mux(work.is("largest"), trial, levelThreshold(multiple, params));
    const threshold = mux(work.is("rounds"), state.threshold, seeks);
    const pass = passOver({ ...state, threshold }, folded.elements, work.is("rounds").and(first), params);
    const octav = octavClip(state, params, vectorSize);
    const maximum = belowMaximum.add(1).truncate(inputBits).shiftLeft(fractionBits);

    // One multiplier: s·m for the root, c·C for the difference, c·(2·L·A − c·C) for the gain.
    const left = mux(work.is("root"), octav, clip);
    const right = mux(work.is("root"), maximum, mux(work.is("weigh"), square, difference));
    const multiplied = left.mul(right);
    const gain = multiplied.resize(w.gainBits);
    const begin = (next: UInt): void => {
      clip.next = next;
      multiple.next = next;
      odd.next = 1;
      product.next = 0;
      square.next = 0;
      go("levels");
    };
    const nextCandidate = candidate.addWrap(1);

    // A digit of the root: two digits of the square come down, and root·4 + 1 is subtracted where it fits.
    const brought = cat(rest.resize(clipBits + 1), digits.slice(w.digitBits - 1, w.digitBits - 2));
    const subtrahend = cat(root, constant(uint(2), 1));
    const fits = brought.ge(subtrahend);
    const division = restoringRows(rest.resize(w.squareBits), [digits.bit(w.digitBits - 1)], bestSquare);

    step.next = step.addWrap(1);
    when(work.is("rounds"), () => {
      holdState(state, pass.next);
      when(after(cyclesOf.rounds), () => go("largest"));
    })
      .elsewhen(work.is("largest"), () => {
        when(pass.count.ne(0), () => {
          belowMaximum.next = trial;
        });
        when(after(cyclesOf.largest), () => go("root"));
      })
      .elsewhen(work.is("root"), () => {
        when(first, () => {
          digits.next = multiplied.resize(w.digitBits);
          rest.next = 0;
          root.next = 0;
        }).otherwise(() => {
          digits.next = digits.shiftLeft(2).wrap(w.digitBits);
          rest.next = mux(fits, brought.subWrap(subtrahend), brought).resize(w.restBits);
          root.next = cat(root, fits).wrap(w.rootBits);
        });
        when(after(cyclesOf.root), () => {
          candidate.next = 0;
          bestGain.next = 0;
          begin(octav);
        });
      })
      .elsewhen(work.is("levels"), () => {
        product.next = product.addWrap(pass.sum).resize(w.productBits);
        square.next = square.addWrap(odd.mul(pass.count)).resize(w.squareBits);
        multiple.next = multiple.addWrap(clip.shiftLeft(1)).resize(w.multipleBits);
        odd.next = odd.addWrap(2).resize(w.oddBits);
        when(after(levels), () => go("weigh"));
      })
      .elsewhen(work.is("weigh"), () => {
        difference.next = scaledByTop(product, params)
          .shiftLeft(fractionBits + 1)
          .resize(w.differenceBits)
          .subWrap(multiplied.resize(w.differenceBits));
        go("compare");
      })
      .elsewhen(work.is("compare"), () => {
        when(gain.gt(bestGain), () => {
          bestGain.next = gain;
          bestProduct.next = product;
          bestSquare.next = square;
        });
        candidate.next = nextCandidate;
        when(candidate.eq(candidates - 1), () => go("refit")).otherwise(() =>
          begin(candidateClip(nextCandidate, { octav, maximum, root: root.truncate(clipBits) }, params)),
        );
      })
      .elsewhen(work.is("refit"), () => {
        when(first, () => {
          const dividend = scaledByTop(bestProduct, params).shiftLeft(fractionBits);
          rest.next = dividend.shiftRight(w.rootBits).resize(w.restBits);
          digits.next = dividend.wrap(w.rootBits).shiftLeft(w.digitBits - w.rootBits);
        }).otherwise(() => {
          digits.next = digits.shiftLeft(1).wrap(w.digitBits);
          rest.next = division.remainder.resize(w.restBits);
          root.next = cat(root, division.quotient).wrap(w.rootBits);
        });
        when(after(cyclesOf.refit), () => go("answer"));
      })
      .elsewhen(work.is("answer"), () => {
        work.next = "idle";
      });
    when(accept, () => {
      folded.next = this.in_values.map((value) => (value.signed ? foldedMagnitude(value) : value));
      state.threshold.next = 0;
      state.done.next = 0;
      belowMaximum.next = 0;
      go("rounds");
    });

    const roundUp = rest.resize(w.squareBits).shiftLeft(1).ge(bestSquare);
    const refitted = root.add(roundUp);
    const limited = mux(refitted.lt(maximum), refitted, maximum).truncate(clipBits);
    this.in_ready.value = work.is("idle").or(work.is("answer"));
    this.out_valid.value = work.is("answer");
    this.out_clip.value = gated(limited, state.rounds.ne(0));
    this.out_rounds.value = state.rounds;
    this.out_converged.value = state.converged!;
  }
}
