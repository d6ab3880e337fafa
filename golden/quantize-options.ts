import {
  type FormatDeclaration,
  type FormatName,
  formatDeclaration,
  InputError,
  policies,
  type QuantizePolicies,
  resolvePolicies,
  vsqScaleBits,
} from "../spec/index.ts";
import { type ClipRule, parseClipRule } from "./clipping/index.ts";
import { checkRange } from "./matrix.ts";
import { shapeText, type Tensor } from "./tensor.ts";

/** How a tensor is quantised: the format, and what departs from its defaults. The policies are in the table `policies`. */
export interface QuantizeOptions extends Partial<QuantizePolicies> {
  readonly format: FormatName;
  /** Clipping rule ("max"). All go with the integer and VS-Quant formats, `mse` with MX and nvfp4 too. */
  readonly clip?: ClipRule;
  /** Elements that share a scale: 8..256 for VS-Quant formats (64); 32 for MX and 16 for NVFP4, fixed. */
  readonly vector?: number;
  /** Bits of a VS-Quant integer scale, 3..10 (8). */
  readonly scaleBits?: number;
  /** The axis along which vectors lie; negative counts from the last (−1). */
  readonly axis?: number;
}

/** Options with every default filled in. */
export interface ResolvedOptions extends QuantizePolicies {
  readonly format: FormatName;
  readonly clip: ClipRule;
  /** Elements that share a scale; undefined for formats without vectors. */
  readonly vector: number | undefined;
  /** Bits of an integer scale; undefined for formats without. */
  readonly scaleBits: number | undefined;
  /** The axis, negative counting from the last. */
  readonly axis: number;
}

function resolveVector({ name, vector }: FormatDeclaration, wanted: number | undefined): number | undefined {
  if (!vector) {
    if (wanted !== undefined) throw new InputError(`vector is ${wanted}; ${name} has no vectors, leave it out`);
    return undefined;
  }
  const chosen = wanted ?? vector.default;
  if (vector.min === vector.max && chosen !== vector.default) {
    throw new InputError(`vector is ${chosen}; ${name} has ${vector.default} elements to a scale, leave it out`);
  }
  checkRange("vector", chosen, vector.min, vector.max);
  return chosen;
}

function resolveScaleBits({ name, scale }: FormatDeclaration, wanted: number | undefined): number | undefined {
  if (scale !== "unsigned") {
    if (wanted === undefined) return undefined;
    throw new InputError(`scaleBits is ${wanted}; ${name} has no integer scales, leave it out`);
  }
  const chosen = wanted ?? vsqScaleBits.default;
  checkRange("scaleBits", chosen, vsqScaleBits.min, vsqScaleBits.max);
  return chosen;
}

/**
 * Fills in the defaults.
 * @throws InputError for an unknown format, a value out of range, or an option without effect on the format: nothing
 * that was asked for is ignored.
 */
export function resolveOptions(options: QuantizeOptions): ResolvedOptions {
  const declaration = formatDeclaration(options.format);
  const { name: format, clips, searches } = declaration;
  const { axis = -1 } = options;
  if (!Number.isInteger(axis)) throw new InputError(`axis is ${axis}; it must be an integer`);
  const clip = parseClipRule(options.clip ?? "max");
  if (clip !== "max" && !clips && !(searches && clip === "mse")) {
    const possible = searches ? '"max" and "mse" go' : 'only "max" goes';
    throw new InputError(`clip is "${clip}"; ${format} takes its scales from the maximum, ${possible} with it`);
  }
  if (clip === "mse" && options.scaleRule !== undefined) {
    throw new InputError(`scaleRule is "${options.scaleRule}"; clip "mse" tries all scales instead, leave one out`);
  }
  const resolved = resolvePolicies(format, options);
  if (resolved.unsigned && resolved.fullRange) {
    throw new InputError("fullRange is for signed codes; unsigned ones have no negative side");
  }
  return {
    ...resolved,
    format,
    clip,
    vector: resolveVector(declaration, options.vector),
    scaleBits: resolveScaleBits(declaration, options.scaleBits),
    axis,
  };
}

/**
 * Of options meant for several formats, those that have an effect on one: for comparisons.
 * @throws InputError for an unknown format.
 */
export function applicableOptions(format: FormatName, options: Omit<QuantizeOptions, "format">): QuantizeOptions {
  const { clips, scale, searches, vector } = formatDeclaration(format);
  const without = new Set<string>();
  for (const { name, formats } of policies) if (!formats.includes(format)) without.add(name);
  if (!clips && !(searches && options.clip === "mse")) without.add("clip");
  if (searches && options.clip === "mse") without.add("scaleRule");
  if (scale !== "unsigned") without.add("scaleBits");
  if (!vector || vector.min === vector.max) without.add("vector");
  const kept = Object.entries(options).filter(([name]) => !without.has(name));
  return { ...Object.fromEntries(kept), format };
}

/** The axis counted from the first. @throws InputError when the tensor does not have it. */
export function resolveAxis({ name, shape }: Pick<Tensor, "name" | "shape">, axis: number): number {
  const resolved = axis < 0 ? shape.length + axis : axis;
  if (Number.isInteger(axis) && resolved >= 0 && resolved < shape.length) return resolved;
  throw new InputError(`${name}: there is no axis ${axis} in the shape ${shapeText(shape)}`);
}
