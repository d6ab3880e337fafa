import { formatDeclarations } from "../../spec/index.ts";
import type { QuantizedTensor } from "../quantized-tensor.ts";

/** Bits of a float scale as counted here: what hardware would hold, whatever the golden model keeps. */
const gammaBits = 32;

/** Bits that the codes, the scales and the float scales (32 each) take, per element of the tensor; padding left out. */
export function bitsPerElement({ format, codes, scales, gamma, options }: QuantizedTensor): number {
  const { element, scale } = formatDeclarations[format];
  const scaleBits = scale === "unsigned" ? (options.scaleBits ?? 0) : 8;
  return element.bits + ((scales?.length ?? 0) * scaleBits + (gamma?.length ?? 0) * gammaBits) / codes.length;
}
