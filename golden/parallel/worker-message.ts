import type { Metrics } from "../metrics/measure.ts";
import type { QuantizeOptions } from "../quantize-options.ts";
import type { QuantizedTensor } from "../quantized-tensor.ts";
import type { Tensor } from "../tensor.ts";

/** A tensor to quantise. */
export interface QuantizeRequest {
  readonly tensor: Tensor;
  readonly options: QuantizeOptions;
  /** Whether to measure what that did as well. */
  readonly measured: boolean;
}

/** A quantised tensor with what that did to it. */
export interface MeasuredTensor {
  readonly quantized: QuantizedTensor;
  readonly metrics: Metrics;
}

/** What became of it. A complaint about the input keeps its single problems; another failure its stack. */
export type QuantizeReply =
  | { readonly kind: "done"; readonly result: QuantizedTensor; readonly metrics: Metrics | undefined }
  | { readonly kind: "refused"; readonly message: string; readonly problems: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };
