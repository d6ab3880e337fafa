import type { UInt } from "../../hdl/index.ts";
import { MacMode, type VectorMacParameters } from "../../spec/index.ts";

/** Which paths of a lane work in this cycle; one bit each. */
export interface ModePaths {
  /** The wide (INT8) path; absent when `wideBits` is 0. */
  readonly wide: UInt | undefined;
  /** The narrow path: INT4 and INT4-VSQ. */
  readonly narrow: UInt;
  /** The scale multiplier: INT4-VSQ. */
  readonly vsq: UInt;
  /** Any path: 0 for a reserved mode, in which the partial sum is held still too. */
  readonly active: UInt;
}

/** Decodes `mode` (spec `MacMode`). */
export function modePaths(mode: UInt, params: Pick<VectorMacParameters, "wideBits">): ModePaths {
  const vsq = mode.eq(MacMode.int4Vsq);
  const narrow = mode.eq(MacMode.int4).or(vsq);
  if (params.wideBits === 0) return { wide: undefined, narrow, vsq, active: narrow };
  const wide = mode.eq(MacMode.int8);
  return { wide, narrow, vsq, active: narrow.or(wide) };
}
