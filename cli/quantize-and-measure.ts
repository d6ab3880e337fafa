import { measure } from "../golden/metrics/measure.ts";
import { quantize } from "../golden/quantize.ts";
import type { QuantizeOptions } from "../golden/quantize-options.ts";
import type { QuantizedTensor } from "../golden/quantized-tensor.ts";
import type { Tensor } from "../golden/tensor.ts";
import { clipRange } from "./clip-range.ts";
import type { TensorReport, TensorResult } from "./quantize-report.ts";
import type { TensorInput } from "./tensor-inputs.ts";
import { profileTensor } from "./tensor-profile.ts";

/**
 * Reads a tensor, quantises it and measures what that did. Nothing of the tensor's size is kept.
 * @param use receives the codes while they are there
 */
export function quantizeAndMeasure(
  input: TensorInput,
  options: QuantizeOptions,
  use: (quantized: QuantizedTensor) => void,
): TensorReport {
  const tensor = input.read();
  const quantized = quantize(tensor, options);
  const result = resultOf(tensor, quantized);
  use(quantized);
  const { name, shape } = tensor;
  return { name, file: input.file, shape, profile: profileTensor(tensor), results: [result] };
}

/** What quantising did to a tensor. */
export function resultOf(tensor: Tensor, quantized: QuantizedTensor): TensorResult {
  const { options, statistics } = quantized;
  return {
    options,
    metrics: measure(tensor, quantized),
    clipRange: clipRange(quantized),
    replaced: statistics.replaced,
  };
}
