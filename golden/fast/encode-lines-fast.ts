import { formatDeclarations } from "../../spec/index.ts";
import type { EncodedLines, Lines } from "../formats/encoded-lines.ts";
import type { ResolvedOptions } from "../quantize-options.ts";
import { integerLinesFast } from "./integer-lines-fast.ts";
import { mxfp4LinesFast } from "./mxfp4-lines-fast.ts";
import { nvfp4LinesFast } from "./nvfp4-lines-fast.ts";
import { vsqLinesFast } from "./vsq-lines-fast.ts";

/** Lines in single precision. */
export type FloatLines = Lines & { readonly data: Float32Array };

/** Below so many values the kernels are not worth their start. */
const worthTheKernels = 1024;

/**
 * The codes of lines by the kernels, equal to what the format's own quantiser gives in every bit; undefined where there
 * is no kernel for the options: double-precision input, roundings other than half-even, elements other than integers of
 * integer and VS-Quant formats, and MXFP4 and NVFP4.
 */
export function encodeLinesFast(lines: Lines, options: ResolvedOptions): EncodedLines | undefined {
  const { data } = lines;
  if (!(data instanceof Float32Array) || data.length < worthTheKernels || options.rounding !== "half-even") {
    return undefined;
  }
  const { element, family } = formatDeclarations[options.format];
  const floats = { ...lines, data };
  switch (family) {
    case "integer":
      return integerLinesFast(floats, options);
    case "vsq":
      return element.kind === "integer" ? vsqLinesFast(floats, options) : undefined;
    case "mx":
      return options.format === "mxfp4" ? mxfp4LinesFast(floats, options) : undefined;
    case "nvfp4":
      return options.format === "nvfp4" ? nvfp4LinesFast(floats, options) : undefined;
  }
}
