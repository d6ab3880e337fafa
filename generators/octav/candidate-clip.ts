import { mux, type UInt } from "../../hdl/index.ts";
import { type OctavUnitParameters, octavTopLevelBits } from "../../spec/index.ts";

/** What the candidates are made from, all with the clip's fraction bits. */
export interface CandidateSources {
  /** OCTAV's answer s. */
  readonly octav: UInt;
  /** The maximum m. */
  readonly maximum: UInt;
  /** ⌊√(s·m)⌋. */
  readonly root: UInt;
}

/** A value times the top level L = 2^n − 1. */
export function scaledByTop(value: UInt, params: OctavUnitParameters): UInt {
  const bits = octavTopLevelBits(params);
  return value.shiftLeft(bits).subWrap(value);
}

/**
 * The candidate of that number, in the order in which `octav+` names them: s, m, s·L/(L + 1), s·9/8, s·3/4, √(s·m), m·3/4,
 * m·7/8; what is taken off or put on is rounded down, and none is above m.
 */
export function candidateClip(number: UInt, sources: CandidateSources, params: OctavUnitParameters): UInt {
  const { maximum, octav, root } = sources;
  const { width } = maximum;
  const above = octav.add(octav.shiftRight(3));
  const clips = [
    octav,
    maximum,
    octav.subWrap(octav.shiftRight(octavTopLevelBits(params))),
    mux(above.lt(maximum), above, maximum).truncate(width),
    octav.subWrap(octav.shiftRight(2)),
    root,
    maximum.subWrap(maximum.shiftRight(2)),
    maximum.subWrap(maximum.shiftRight(3)),
  ];
  return clips.reduceRight((chosen, clip, i) => mux(number.eq(i), clip, chosen));
}
