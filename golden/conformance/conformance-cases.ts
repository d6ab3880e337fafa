import { type FormatName, formatDeclaration, formatNames, InputError, policies } from "../../spec/index.ts";
import type { ClipRule } from "../clipping/index.ts";
import { type QuantizeOptions, type ResolvedOptions, resolveOptions } from "../quantize-options.ts";

/** A way to quantise whose results the conformance set holds. */
export interface ConformanceCase {
  /** Unique within its format, such as `default` or `rounding=half-away`. */
  readonly id: string;
  readonly options: QuantizeOptions;
}

const clips: readonly ClipRule[] = ["octav", "octav+", "mse", "percentile:97", "percentile:90.5"];

/** Policies that show themselves only together with another choice. */
const companions: Readonly<Record<string, Partial<QuantizeOptions>>> = {
  negative: { unsigned: true },
  clipScope: { clip: "octav" },
  scaleOverflow: { scaleRule: "ceil" },
};

/** The cases of a format: the defaults, then every choice of every policy and option that departs from them, alone. */
export function conformanceCases(format: FormatName): ConformanceCase[] {
  const { clips: canClip, coarse, element, scale, vector } = formatDeclaration(format);
  const usual: ResolvedOptions = resolveOptions({ format });
  const cases: ConformanceCase[] = [{ id: "default", options: { format } }];
  const add = (changes: Partial<QuantizeOptions>): void => {
    const id = Object.entries(changes)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ");
    cases.push({ id, options: { ...changes, format } });
  };
  add(coarse === "float64" ? { axis: 0, coarse: "row" } : { axis: 0 });
  for (const clip of clips) if (clipApplies(format, clip)) add({ clip });
  if (vector && vector.min < vector.max) for (const size of [8, 16, 32, 256]) add({ vector: size });
  if (scale === "unsigned") for (const scaleBits of [3, 4, 6, 10]) add({ scaleBits });
  for (const { name, choices, formats } of policies) {
    if (!formats.includes(format)) continue;
    for (const choice of choices) {
      if (choice === usual[name] || !possible(format, name, choice)) continue;
      // At the maximum nothing lies beyond the grid.
      const clipped = name === "fullRange" && canClip ? { clip: "percentile:90.5" as const } : {};
      add({ ...companions[name], ...clipped, [name]: choice });
    }
  }
  if (canClip && coarse === "float64") add({ clip: "octav", coarse: "row" });
  if (canClip && element.kind === "integer") add({ clip: "octav", unsigned: true });
  if (scale === "unsigned") {
    add({ elementScale: "rounded", minimumScale: 1 });
    add({ clip: "octav", elementScale: "rounded", minimumScale: 1, vector: 16, scaleBits: 4 });
  }
  return cases;
}

/** All formats with their cases. */
export function allConformanceCases(): ReadonlyMap<FormatName, readonly ConformanceCase[]> {
  return new Map(formatNames.map((format) => [format, conformanceCases(format)]));
}

function clipApplies(format: FormatName, clip: ClipRule): boolean {
  try {
    resolveOptions({ format, clip });
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** Whether a choice is allowed, and can show itself on float32 input. */
function possible(format: FormatName, name: string, choice: unknown): boolean {
  if (name === "nonfinite" && choice === "propagate") return formatDeclaration(format).family === "mx";
  // The elements' own exponents keep all other scales below 2^127.
  if (name === "scaleOverflow") return format === "mxint8";
  // Scales are not negative: ties upwards are ties away from zero.
  return !(name === "scaleRounding" && choice === "half-up");
}
