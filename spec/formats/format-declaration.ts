import { InputError } from "../input-error.ts";
import { nearestNames } from "../nearest-names.ts";
import type { MinifloatName } from "./minifloat-format.ts";

/** The formats of tensors, in the order in which they are listed. */
export const formatNames = Object.freeze([
  "int8",
  "int6",
  "int4",
  "int3",
  "int8-vsq",
  "int6-vsq",
  "int4-vsq",
  "int3-vsq",
  "fp4-vsq",
  "mxfp4",
  "mxfp6-e2m3",
  "mxfp6-e3m2",
  "mxfp8-e4m3",
  "mxfp8-e5m2",
  "mxint8",
  "nvfp4",
  "nvfp4-46",
] as const);

/** A format of a tensor, by name. */
export type FormatName = (typeof formatNames)[number];

/** How the formats are made: the folders of the golden model. */
export type FormatFamily = "integer" | "vsq" | "mx" | "nvfp4";

/** What an element's code stands for: a whole number of 2^−fractionBits, or a small float. */
export type ElementDeclaration =
  | { readonly kind: "integer"; readonly bits: number; readonly fractionBits: number }
  | { readonly kind: "minifloat"; readonly bits: number; readonly format: MinifloatName };

/** What a format of a tensor consists of. */
export interface FormatDeclaration {
  readonly name: FormatName;
  readonly family: FormatFamily;
  readonly element: ElementDeclaration;
  /** Elements that share a scale; undefined for formats with float scales alone. `min` = `max`: fixed by the standard. */
  readonly vector: { readonly default: number; readonly min: number; readonly max: number } | undefined;
  /** What a vector's scale is: an unsigned integer of `scaleBits`, a power of two, a positive E4M3, or none. */
  readonly scale: "unsigned" | "e8m0" | "ue4m3" | "none";
  /** The float scale: per tensor or row in double precision, one float32 per tensor, or none. */
  readonly coarse: "float64" | "float32" | "none";
  /** Whether every clipping rule applies. */
  readonly clips: boolean;
  /** Whether the rule `mse` applies although others do not: it tries the scales that a block can have. */
  readonly searches: boolean;
  readonly summary: string;
}

/** Bits of a VS-Quant scale. */
export const vsqScaleBits = Object.freeze({ default: 8, min: 3, max: 10 });

const vsqVector = Object.freeze({ default: 64, min: 8, max: 256 });
const mxVector = Object.freeze({ default: 32, min: 32, max: 32 });
const nvfp4Vector = Object.freeze({ default: 16, min: 16, max: 16 });

function integer(name: FormatName, bits: number): FormatDeclaration {
  return Object.freeze({
    name,
    family: "integer",
    element: Object.freeze({ kind: "integer", bits, fractionBits: 0 }),
    vector: undefined,
    scale: "none",
    coarse: "float64",
    clips: true,
    searches: true,
    summary: `${bits}-bit integers, one float scale per tensor or row`,
  });
}

function vsq(name: FormatName, element: ElementDeclaration, what: string): FormatDeclaration {
  return Object.freeze({
    name,
    family: "vsq",
    element: Object.freeze(element),
    vector: vsqVector,
    scale: "unsigned",
    coarse: "float64",
    clips: true,
    searches: true,
    summary: `${what}, an unsigned integer scale per vector, one float scale per tensor or row (VS-Quant)`,
  });
}

function mx(name: FormatName, element: ElementDeclaration, what: string): FormatDeclaration {
  return Object.freeze({
    name,
    family: "mx",
    element: Object.freeze(element),
    vector: mxVector,
    scale: "e8m0",
    coarse: "none",
    clips: false,
    searches: true,
    summary: `${what}, a power of two per 32 (OCP Microscaling v1.0)`,
  });
}

function nvfp4(name: FormatName, what: string): FormatDeclaration {
  return Object.freeze({
    name,
    family: "nvfp4",
    element: Object.freeze({ kind: "minifloat", bits: 4, format: "e2m1" }),
    vector: nvfp4Vector,
    scale: "ue4m3",
    coarse: "float32",
    clips: false,
    searches: name === "nvfp4",
    summary: `E2M1, an E4M3 scale per 16, one float32 per tensor${what}`,
  });
}

const vsqInteger = (bits: number): FormatDeclaration =>
  vsq(`int${bits}-vsq` as FormatName, { kind: "integer", bits, fractionBits: 0 }, `${bits}-bit integers`);
const mxFloat = (name: FormatName, bits: number, format: MinifloatName): FormatDeclaration =>
  mx(name, { kind: "minifloat", bits, format }, format.toUpperCase());

/** The declarations by name. */
export const formatDeclarations: Readonly<Record<FormatName, FormatDeclaration>> = Object.freeze({
  int8: integer("int8", 8),
  int6: integer("int6", 6),
  int4: integer("int4", 4),
  int3: integer("int3", 3),
  "int8-vsq": vsqInteger(8),
  "int6-vsq": vsqInteger(6),
  "int4-vsq": vsqInteger(4),
  "int3-vsq": vsqInteger(3),
  "fp4-vsq": vsq("fp4-vsq", { kind: "minifloat", bits: 4, format: "e2m1" }, "E2M1"),
  mxfp4: mxFloat("mxfp4", 4, "e2m1"),
  "mxfp6-e2m3": mxFloat("mxfp6-e2m3", 6, "e2m3"),
  "mxfp6-e3m2": mxFloat("mxfp6-e3m2", 6, "e3m2"),
  "mxfp8-e4m3": mxFloat("mxfp8-e4m3", 8, "e4m3"),
  "mxfp8-e5m2": mxFloat("mxfp8-e5m2", 8, "e5m2"),
  mxint8: mx("mxint8", { kind: "integer", bits: 8, fractionBits: 6 }, "8-bit integers in 64ths"),
  nvfp4: nvfp4("nvfp4", ""),
  "nvfp4-46": nvfp4("nvfp4-46", "; each block's maximum becomes 6 or 4, whichever errs less"),
});

/** The declaration of a format. @throws InputError for an unknown name, with the names nearest to it. */
export function formatDeclaration(name: string): FormatDeclaration {
  const found = formatNames.find((known) => known === name);
  if (found) return formatDeclarations[found];
  const near = nearestNames(name, formatNames).slice(0, 3).join(", ");
  throw new InputError(`there is no format "${name}"; nearest: ${near}; all: ${formatNames.join(", ")}`);
}
