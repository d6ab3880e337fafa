import { InputError } from "../input-error.ts";
import { type FormatName, formatDeclarations, formatNames } from "./format-declaration.ts";

/** How a number between two codes is rounded. `half-up`: ties towards +∞; `half-away`: ties away from zero. */
export type RoundingRule = "half-even" | "half-away" | "half-up" | "toward-zero";

/** What conversions do with what the standards and papers leave open. Every name is an option with a default. */
export interface QuantizePolicies {
  readonly rounding: RoundingRule;
  readonly scaleRounding: RoundingRule;
  readonly coarse: "tensor" | "row";
  readonly clipScope: "scale" | "row" | "tensor";
  readonly unsigned: boolean;
  readonly negative: "refuse" | "clip";
  readonly fullRange: boolean;
  readonly elementScale: "exact" | "rounded";
  readonly minimumScale: 0 | 1;
  readonly scaleRule: "floor" | "ceil" | "round-up" | "even";
  readonly scaleOverflow: "saturate" | "nan";
  readonly scaleUnderflow: "saturate" | "flush";
  readonly zeroBlock: "smallest" | "one";
  readonly overflow: "saturate" | "overflow";
  readonly negativeZero: "keep" | "clear";
  readonly subnormals: "keep" | "flush";
  readonly nonfinite: "refuse" | "saturate" | "propagate";
  readonly blockScaleOrder: "multiply-sixth" | "divide-by-six";
  readonly tensorScale: "reciprocal" | "power-of-two";
  readonly errorMeasure: "mse" | "mae" | "max";
  readonly tail: "pad" | "refuse";
}

/** The name of a policy. */
export type PolicyName = keyof QuantizePolicies;

/** A value that a policy can take. */
export type PolicyChoice = string | boolean | number;

/** One row of the table of policies. */
export interface PolicyDeclaration {
  readonly name: PolicyName;
  readonly choices: readonly PolicyChoice[];
  readonly default: PolicyChoice;
  /** Formats whose default is another one. */
  readonly exceptions: Readonly<Partial<Record<FormatName, PolicyChoice>>>;
  /** Formats on which the policy has an effect. */
  readonly formats: readonly FormatName[];
  /** What the choice decides, and what each means. */
  readonly decides: string;
  /** Which standard or paper leaves it open, or who does what. */
  readonly source: string;
}

const of = (wanted: (name: FormatName) => boolean): readonly FormatName[] => Object.freeze(formatNames.filter(wanted));
const family = (...families: string[]) => of((name) => families.includes(formatDeclarations[name].family));
const integers = (...families: string[]) =>
  of((name) => {
    const { element, family } = formatDeclarations[name];
    return element.kind === "integer" && families.includes(family);
  });
const floats = of((name) => formatDeclarations[name].element.kind === "minifloat");
const blocks = of((name) => formatDeclarations[name].vector !== undefined);

const roundings = ["half-even", "half-away", "half-up", "toward-zero"] as const;
const vsqPaper = "VS-Quant, equations 1 to 7";
const mxStandard = "OCP Microscaling v1.0, section 6.3";

interface Row<T> {
  readonly choices: readonly T[];
  readonly default: T;
  readonly exceptions?: Readonly<Partial<Record<FormatName, T>>>;
  readonly formats: readonly FormatName[];
  readonly decides: string;
  readonly source: string;
}

const table: { readonly [Name in PolicyName]: Row<QuantizePolicies[Name]> } = {
  rounding: {
    choices: roundings,
    default: "half-even",
    formats: formatNames,
    decides: "rounding of elements; ties to the even code, away from zero, towards +infinity, or truncation",
    source: `${vsqPaper}, print "nearest" without a tie rule; ${mxStandard}, requires half-even and allows others`,
  },
  scaleRounding: {
    choices: roundings,
    default: "half-even",
    formats: family("vsq", "nvfp4"),
    decides: "rounding of integer and E4M3 scales",
    source: `${vsqPaper}, print "nearest"; NVFP4 libraries round to nearest even`,
  },
  coarse: {
    choices: ["tensor", "row"],
    default: "tensor",
    formats: family("integer", "vsq"),
    decides: "how far one float scale reaches: the tensor, or one line along the axis",
    source: "VS-Quant: per output channel for weights, per tensor for activations",
  },
  clipScope: {
    choices: ["scale", "row", "tensor"],
    default: "scale",
    formats: family("vsq"),
    decides: "what a clipping rule looks at: the vector that a scale covers, one line along the axis, or the tensor",
    source: "OCTAV applies alike to tensors, channels and vectors; the paper evaluates the first two",
  },
  unsigned: {
    choices: [false, true],
    default: false,
    formats: integers("integer", "vsq"),
    decides: "codes 0..2^N - 1 for tensors without negative numbers, step = maximum / (2^N - 1)",
    source: `${vsqPaper}, print the range 0..2^(N-1) - 1, the tables need the full one`,
  },
  negative: {
    choices: ["refuse", "clip"],
    default: "refuse",
    formats: integers("integer", "vsq"),
    decides: "negative numbers in an unsigned format: refused with their place, or clipped to 0",
    source: "not stated anywhere",
  },
  fullRange: {
    choices: [false, true],
    default: false,
    formats: integers("integer", "vsq", "mx"),
    decides: "one more code on the negative side, -2^(N-1), for values beyond -maximum; the step stays the same",
    source: `${vsqPaper}, leave -2^(N-1) out; MX v1.0 lets INT8 do either`,
  },
  elementScale: {
    choices: ["exact", "rounded"],
    default: "exact",
    formats: family("vsq"),
    decides: "elements are divided by the vector's real scale, or by the one that its integer scale gives",
    source: "VS-Quant, equation 7d, prints the real one; implementations differ",
  },
  minimumScale: {
    choices: [0, 1],
    default: 0,
    formats: family("vsq"),
    decides: "smallest integer scale of a vector that is not all zero; with 0 such a vector may vanish",
    source: "VS-Quant, equation 7g, allows 0; implementations differ",
  },
  scaleRule: {
    choices: ["floor", "ceil", "round-up", "even"],
    default: "floor",
    formats: family("mx"),
    decides:
      "exponent of a block's scale from its maximum m, with e the exponent and M the value of the element's largest: " +
      "floor(log2 m) - e; ceil(log2 m) - e; ceil(log2(m / M)), so that nothing saturates; floor of the log2 of m " +
      "rounded to the element's mantissa bits, minus e",
    source: `${mxStandard}, describes floor and allows others; libraries use all four`,
  },
  scaleOverflow: {
    choices: ["saturate", "nan"],
    default: "saturate",
    formats: family("mx"),
    decides: "a scale above 2^127: becomes 2^127 (elements saturate), or NaN (the block is NaN)",
    source: "not stated in OCP Microscaling v1.0; libraries do either",
  },
  scaleUnderflow: {
    choices: ["saturate", "flush"],
    default: "saturate",
    formats: family("mx"),
    decides: "a scale below 2^-127: becomes 2^-127 and elements are rounded for it, or all elements become 0",
    source: "not stated in OCP Microscaling v1.0",
  },
  zeroBlock: {
    choices: ["smallest", "one"],
    default: "smallest",
    formats: family("mx", "nvfp4"),
    decides: "scale of a block of zeros: the smallest code (E8M0 2^-127, E4M3 0), or 1",
    source: "not stated in OCP Microscaling v1.0; NVFP4 libraries store 0 or 1",
  },
  overflow: {
    choices: ["saturate", "overflow"],
    default: "saturate",
    formats: of((name) => name.startsWith("mxfp8")),
    decides: "elements that round to more than the largest value: become it, or infinity (E5M2) or NaN (E4M3)",
    source: "OCP 8-bit Floating Point v1.0 asks for both conversions",
  },
  negativeZero: {
    choices: ["keep", "clear"],
    default: "keep",
    formats: floats,
    decides: "negative numbers that round to zero, and -0 itself: keep the sign bit, or become +0",
    source: "not stated; most libraries keep the sign",
  },
  subnormals: {
    choices: ["keep", "flush"],
    default: "keep",
    formats: family("mx", "nvfp4"),
    decides: "inputs of magnitude below 2^-126, float32's subnormals: used, or taken as 0",
    source: "OCP Microscaling v1.0 leaves it to the implementer",
  },
  nonfinite: {
    choices: ["refuse", "saturate", "propagate"],
    default: "refuse",
    formats: formatNames,
    decides:
      "NaN and infinities: refused with tensor, index and value; replaced by 0 and the tensor's largest finite " +
      "magnitude; or (MX only) the block's scale becomes NaN and its codes 0",
    source: "OCP Microscaling v1.0 lets NaN pass; VS-Quant and NVFP4 do not say",
  },
  blockScaleOrder: {
    choices: ["multiply-sixth", "divide-by-six"],
    default: "multiply-sixth",
    exceptions: { "nvfp4-46": "divide-by-six" },
    formats: family("nvfp4"),
    decides: "float32 order for a block's scale: maximum * (S * float32(1/6)), or (maximum / 6) * S",
    source: "TransformerEngine does the first, the four-over-six code the second; the last bit can differ",
  },
  tensorScale: {
    choices: ["reciprocal", "power-of-two"],
    default: "reciprocal",
    formats: family("nvfp4"),
    decides:
      "the tensor's float32 scale: 2688 / maximum and its rounded reciprocal, as (17) and (20), which quantising what was " +
      "decoded may move by its last bit; or the power of two that holds the maximum, with which decoded numbers stay",
    source: "TransformerEngine does the first; the second is ours",
  },
  errorMeasure: {
    choices: ["mse", "mae", "max"],
    default: "mse",
    formats: ["nvfp4-46"],
    decides:
      "what decides between 6 and 4 in a block: squared, absolute, or largest error of the decoded float32 numbers, " +
      "summed in double precision; ties keep 6",
    source: "Four Over Six offers all three; its code sums in float32",
  },
  tail: {
    choices: ["pad", "refuse"],
    default: "pad",
    formats: blocks,
    decides: "a line that is no whole number of vectors: its last vector is filled up with zeros, or it is refused",
    source: "not stated in VS-Quant and OCP Microscaling v1.0",
  },
};

/** The table of policies: what the standards leave open, with every choice, its default and where it comes from. */
export const policies: readonly PolicyDeclaration[] = Object.freeze(
  (Object.keys(table) as PolicyName[]).map((name) => Object.freeze({ exceptions: {}, ...table[name], name })),
);

/** The policies of a format: the defaults with `chosen` in their place. Policies without effect keep their defaults. */
export function resolvePolicies(format: FormatName, chosen: Partial<QuantizePolicies>): QuantizePolicies {
  const resolved: Partial<Record<PolicyName, PolicyChoice>> = {};
  for (const { name, choices, formats, exceptions, default: usual } of policies) {
    const choice = chosen[name];
    if (choice !== undefined && !choices.includes(choice)) {
      throw new InputError(`${name} is ${JSON.stringify(choice)}; it must be one of ${choices.join(", ")}`);
    }
    if (choice !== undefined && !formats.includes(format)) {
      throw new InputError(`${name} has no effect on ${format}; it belongs to ${formats.join(", ")}`);
    }
    resolved[name] = choice ?? exceptions[format] ?? usual;
  }
  if (resolved.nonfinite === "propagate" && formatDeclarations[format].family !== "mx") {
    throw new InputError(`nonfinite is "propagate"; ${format} has no code for NaN, only the mx formats have`);
  }
  // Every name of the table was given one of its own choices.
  return resolved as QuantizePolicies;
}
