import { type BoundedError, boundedErrorOn, type RefittedStep, refittedStepOn } from "../../clipping/bounded-error.ts";
import { type ClipGrid, clipCandidates } from "../../clipping/index.ts";
import { clearlyLess } from "../clearly-less.ts";
import type { Lines } from "../encoded-lines.ts";
import { percentileMagnitudes, rankShares } from "../percentile-ranks.ts";
import {
  planFromMagnitudes,
  scaleLimitOf,
  type VectorPlaces,
  type VsqPlan,
  vectorPlaces,
  vectorScale,
} from "./vsq-plan.ts";
import { addWrittenError, type WrittenScheme } from "./written-error.ts";

/** What is chosen from, and how. */
export interface ScaleChoice {
  /** `octav+`: the scales of a few clips; `mse`: every scale up to that of the maximum. */
  readonly rule: "octav+" | "mse";
  readonly scheme: WrittenScheme;
  readonly grid: ClipGrid;
  /** Whether codes are the nearest: every rounding but truncation. */
  readonly nearest: boolean;
  /** Each vector's largest magnitude. */
  readonly peaks: Float64Array;
  /** OCTAV's answer for each vector. */
  readonly octavs: Float64Array;
}

/** Tensors (or rows) of up to so many elements have m* searched as well. */
const searchedElements = 2 ** 13;
/** Values of m* tried there, from the maximum down to half of it. */
const searchedSteps = 16;

/**
 * The scales of vectors by least error of what is written: codes, integer scales and γ, each rounded as the file holds
 * them. For a given γ the vectors are independent: a scale's error is that of the grid with the step scale·γ, and its
 * magnitude is m = L·scale·γ, so that nothing is lost by rounding the scale. γ itself is tried for several m*: the
 * largest of OCTAV's answers, the maximum, and the largest magnitude that a choice with the former keeps; for `mse` and
 * few elements 16 more between half the maximum and it.
 *
 * At the end whole alternatives are compared as they would be written, OCTAV's and the maximum's (with `mse` also those
 * of every percentile) among them, and a choice wins only where it is clearly better: so the answer is never worse.
 */
export function chooseVectorScales(lines: Lines, choice: ScaleChoice): VsqPlan {
  const places = vectorPlaces(lines, choice.scheme);
  const plan: VsqPlan = {
    magnitudes: new Float64Array(places.count),
    scales: new Uint16Array(places.count),
    coarse: new Float64Array(places.count / places.group),
  };
  for (let g = 0; g < plan.coarse.length; g++) {
    const chosen = new GroupSearch(lines, choice, places, g).choose();
    plan.coarse[g] = chosen.coarse;
    plan.magnitudes.set(chosen.magnitudes, g * places.group);
    plan.scales.set(chosen.scales, g * places.group);
  }
  return plan;
}

/** The scales of the vectors that share a γ. */
interface GroupPlan {
  readonly magnitudes: Float64Array;
  readonly scales: Uint16Array;
  readonly coarse: number;
  /** As written. */
  readonly error: number;
}

class GroupSearch {
  readonly #data: Lines["data"];
  readonly #choice: ScaleChoice;
  readonly #places: VectorPlaces;
  readonly #first: number;
  readonly #elements: number;
  /** 2^M − 1. */
  readonly #limit: number;
  readonly #errorOn: BoundedError;
  readonly #refitted: RefittedStep;
  /** The best scale and magnitude of the vector that is being looked at. */
  #error = Number.POSITIVE_INFINITY;
  #scale = 0;
  #magnitude = 0;

  constructor(lines: Lines, choice: ScaleChoice, places: VectorPlaces, group: number) {
    this.#data = lines.data;
    this.#choice = choice;
    this.#places = places;
    this.#first = group * places.group;
    this.#elements = places.to(this.#first + places.group - 1) - places.from(this.#first);
    this.#limit = scaleLimitOf(choice.scheme);
    this.#errorOn = boundedErrorOn(choice.grid);
    this.#refitted = refittedStepOn(choice.grid);
  }

  choose(): GroupPlan {
    const { octavs, peaks, rule } = this.#choice;
    const end = this.#first + this.#places.group;
    const ofMaximum = this.#whole(peaks.slice(this.#first, end));
    if (ofMaximum.coarse === 0) return ofMaximum;
    const ofOctav = this.#whole(octavs.slice(this.#first, end));
    let best = ofOctav.error < ofMaximum.error ? ofOctav : ofMaximum;
    const largest = (magnitudes: Float64Array) => magnitudes.reduce((most, m) => Math.max(most, m), 0);
    const searcher = (every: boolean) => {
      const tried = new Set<number>();
      return (coarse: number): GroupPlan | undefined => {
        if (tried.has(coarse) || !(coarse > 0)) return undefined;
        tried.add(coarse);
        const found = this.#search(coarse, best.error, every);
        if (found && clearlyLess(found.error, best.error, this.#elements)) best = found;
        return found;
      };
    };
    const ofFew = searcher(false);
    for (const { coarse } of [ofMaximum, ofOctav]) {
      const found = ofFew(coarse);
      if (found) ofFew(largest(found.magnitudes));
    }
    if (rule === "octav+") return best;

    const ofAll = searcher(true);
    for (const coarse of [best.coarse, ofMaximum.coarse, ofOctav.coarse]) {
      const found = ofAll(coarse);
      if (found) ofAll(largest(found.magnitudes));
    }
    if (this.#elements <= searchedElements) {
      for (let i = 1; i <= searchedSteps; i++) ofAll(ofMaximum.coarse * (1 - i / (2 * searchedSteps)));
    }
    for (const magnitudes of this.#percentilesBelow(best.error)) {
      const whole = this.#whole(magnitudes);
      if (whole.error < best.error) best = whole;
      ofAll(whole.coarse);
    }
    return best;
  }

  /** Magnitudes as they are, with m* the largest of them. */
  #whole(magnitudes: Float64Array): GroupPlan {
    const { scheme } = this.#choice;
    const { scales, coarse } = planFromMagnitudes(magnitudes, magnitudes.length, scheme);
    return this.#written(magnitudes, scales, coarse[0] ?? 0);
  }

  #written(magnitudes: Float64Array, scales: Uint16Array, coarse: number): GroupPlan {
    const { scheme } = this.#choice;
    let error = 0;
    for (let v = 0; v < magnitudes.length; v++) {
      const [from, to] = this.#span(v);
      error = addWrittenError(error, this.#data, from, to, magnitudes[v] ?? 0, scales[v] ?? 0, coarse, scheme);
    }
    return { magnitudes, scales, coarse, error };
  }

  #span(vector: number): readonly [number, number] {
    return [this.#places.from(this.#first + vector), this.#places.to(this.#first + vector)];
  }

  /** Each vector's best scale for an m*, of every scale or of a few; undefined when the error passes the bound. */
  #search(coarse: number, bound: number, every: boolean): GroupPlan | undefined {
    const { group } = this.#places;
    const magnitudes = new Float64Array(group);
    const scales = new Uint16Array(group);
    let sum = 0;
    for (let v = 0; v < group; v++) {
      this.#searchVector(v, coarse, every);
      magnitudes[v] = this.#magnitude;
      scales[v] = this.#scale;
      sum += this.#error;
      // The search itself is not exact to the last bit.
      if (sum > bound * (1 + 1e-9)) return undefined;
    }
    return this.#written(magnitudes, scales, coarse);
  }

  #searchVector(vector: number, coarse: number, every: boolean): void {
    const { grid, nearest, octavs, peaks, scheme } = this.#choice;
    const limit = this.#limit;
    const [from, to] = this.#span(vector);
    const peak = peaks[this.#first + vector] ?? 0;
    const octav = octavs[this.#first + vector] ?? 0;
    this.#error = Number.POSITIVE_INFINITY;
    this.#scale = 0;
    this.#magnitude = 0;
    if (peak === 0) {
      this.#error = addWrittenError(0, this.#data, from, to, 0, 0, coarse, scheme);
      return;
    }
    const least = scheme.minimumScale;
    const scaleOf = (clip: number) =>
      Math.max(least, Math.min(limit, scheme.roundScale((limit * Math.min(clip, coarse)) / coarse)));
    let before = -1;
    for (const { clip } of clipCandidates) {
      const magnitude = Math.min(clip(octav, peak, grid), peak, coarse);
      const scale = scaleOf(magnitude);
      if (!nearest) this.#tryMagnitude(from, to, magnitude, scale, coarse);
      if (scale !== before) this.#tryScale(from, to, scale, coarse);
      before = scale;
    }
    const unit = coarse / (limit * scheme.top);
    const refitted = this.#refitted(this.#data, from, to, this.#scale * unit) * scheme.top;
    if (scaleOf(refitted) !== this.#scale) this.#tryScale(from, to, scaleOf(refitted), coarse);
    if (!every) return;
    // From the scale that holds the maximum down, until what is beyond the scale alone errs more.
    for (let scale = Math.min(limit, Math.ceil((limit * peak) / coarse)); scale >= least; scale--) {
      const beyond = Math.max(peak - ((scale + (grid.fullRange ? scale / scheme.top : 0)) * coarse) / limit, 0);
      if (beyond * beyond > this.#error) break;
      this.#tryScale(from, to, scale, coarse);
    }
  }

  /** A scale with the magnitude that it stands for. */
  #tryScale(from: number, to: number, scale: number, coarse: number): void {
    const { nearest, scheme } = this.#choice;
    const magnitude = (scale * coarse) / this.#limit;
    if (!nearest) {
      this.#tryMagnitude(from, to, magnitude, scale, coarse);
      return;
    }
    const error = this.#errorOn(this.#data, from, to, magnitude / scheme.top, this.#error);
    if (error < this.#error) this.#take(error, scale, magnitude);
  }

  #tryMagnitude(from: number, to: number, magnitude: number, scale: number, coarse: number): void {
    const error = addWrittenError(0, this.#data, from, to, magnitude, scale, coarse, this.#choice.scheme);
    if (error < this.#error) this.#take(error, scale, magnitude);
  }

  #take(error: number, scale: number, magnitude: number): void {
    this.#error = error;
    this.#scale = scale;
    this.#magnitude = magnitude;
  }

  /** The magnitudes of every percentile that, taken as they are, err less than the bound. */
  *#percentilesBelow(bound: number): Generator<Float64Array> {
    const { grid, scheme } = this.#choice;
    const { group } = this.#places;
    const lengths = new Set(Array.from({ length: group }, (_, v) => this.#span(v)[1] - this.#span(v)[0]));
    const shares = rankShares([...lengths]);
    const spans = Array.from({ length: group }, (_, v) => this.#span(v));
    const coarse = new Float64Array(shares.length);
    for (const [from, to] of spans) {
      percentileMagnitudes(this.#data, from, to, shares, grid.signed).forEach((m, i) => {
        if (m > (coarse[i] ?? 0)) coarse[i] = m;
      });
    }
    const sums = new Float64Array(shares.length);
    for (const [from, to] of spans) {
      const found = percentileMagnitudes(this.#data, from, to, shares, grid.signed);
      for (let i = 0; i < shares.length; i++) {
        const sum = sums[i] ?? 0;
        if (sum >= bound) continue;
        const [m, most] = [found[i] ?? 0, coarse[i] ?? 0];
        sums[i] = addWrittenError(sum, this.#data, from, to, m, vectorScale(m, most, scheme), most, scheme);
      }
    }
    const order = shares.map((_, i) => i).filter((i) => (sums[i] ?? 0) < bound);
    order.sort((a, b) => (sums[a] ?? 0) - (sums[b] ?? 0));
    for (const i of order) {
      yield Float64Array.from(spans, ([from, to]) => {
        const share = shares[i];
        return share ? (percentileMagnitudes(this.#data, from, to, [share], grid.signed)[0] ?? 0) : 0;
      });
    }
  }
}
