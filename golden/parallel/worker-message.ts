import type { QuantizeOptions } from "../quantize-options.ts";
import type { QuantizedTensor } from "../quantized-tensor.ts";
import type { Tensor } from "../tensor.ts";

/** A tensor to quantise. */
export interface QuantizeRequest {
  readonly tensor: Tensor;
  readonly options: QuantizeOptions;
}

/** What became of it. A complaint about the input keeps its single problems; another failure its stack. */
export type QuantizeReply =
  | { readonly kind: "done"; readonly result: QuantizedTensor }
  | { readonly kind: "refused"; readonly message: string; readonly problems: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };
