import { type Metrics, measure } from "../golden/metrics/measure.ts";
import type { QuantizedTensor } from "../golden/quantized-tensor.ts";
import type { Tensor } from "../golden/tensor.ts";
import { clipRange } from "./clip-range.ts";
import type { TensorResult } from "./quantize-report.ts";

/** What quantising did to a tensor. */
export function resultOf(tensor: Tensor, quantized: QuantizedTensor): TensorResult {
  return measuredResult(quantized, measure(tensor, quantized));
}

/** The same where it was measured already. */
export function measuredResult(quantized: QuantizedTensor, metrics: Metrics): TensorResult {
  const { options, statistics } = quantized;
  return { options, metrics, clipRange: clipRange(quantized), replaced: statistics.replaced };
}
