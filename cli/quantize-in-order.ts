import { availableParallelism } from "node:os";
import type { QuantizePool } from "../golden/parallel/index.ts";
import { quantize } from "../golden/quantize.ts";
import type { QuantizeOptions } from "../golden/quantize-options.ts";
import type { QuantizedTensor } from "../golden/quantized-tensor.ts";
import { mapInTurn } from "./interruptible.ts";
import { measuredResult, resultOf } from "./quantize-and-measure.ts";
import type { TensorReport, TensorResult } from "./quantize-report.ts";
import type { TensorInput } from "./tensor-inputs.ts";
import { profileTensor } from "./tensor-profile.ts";

/** Tensors from here on are worth a thread. */
const worthAThread = 2 ** 16;
/** Larger ones are quantised one at a time: a copy for a thread, and several at once, would take too much memory. */
const mostInFlight = 2 ** 23;

/** Whether so many elements, one of several pieces of work, are worth starting threads. */
export function worthThreads(elements: number, pieces: number): boolean {
  return pieces > 1 && elements >= worthAThread && availableParallelism() > 1;
}

/**
 * Reads tensors one after the other, quantises and measures them, several at once on threads, and hands over codes in
 * the order of the tensors. The results are the same with and without threads.
 * @param starting called when a tensor is read
 * @param use receives each tensor's codes
 */
export async function quantizeInOrder(
  inputs: readonly TensorInput[],
  options: QuantizeOptions,
  starting: (input: TensorInput, index: number) => void,
  use: (quantized: QuantizedTensor) => void,
): Promise<TensorReport[]> {
  const reports: TensorReport[] = [];
  const threads = availableParallelism();
  const waiting: (() => Promise<void>)[] = [];
  let pool: QuantizePool | undefined;
  try {
    await mapInTurn(inputs, async (input, i) => {
      starting(input, i);
      const tensor = input.read();
      const { name, shape } = tensor;
      const deliver = (quantized: QuantizedTensor, result: TensorResult, profile: TensorReport["profile"]): void => {
        use(quantized);
        reports.push({ name, file: input.file, shape, profile, results: [result] });
      };
      if (tensor.data.length > mostInFlight || !worthThreads(tensor.data.length, inputs.length)) {
        while (waiting.length > 0) await waiting.shift()?.();
        const quantized = quantize(tensor, options);
        deliver(quantized, resultOf(tensor, quantized), profileTensor(tensor));
        return;
      }
      if (!pool) {
        const { QuantizePool: Pool } = await import("../golden/parallel/index.ts");
        pool = new Pool(threads);
      }
      // A free thread takes its copy at once: the next tensor may be read into the same memory.
      const measured = pool.measured(tensor, options);
      const profile = profileTensor(tensor);
      // Said when its turn comes.
      measured.catch(() => {});
      waiting.push(async () => {
        const { metrics, quantized } = await measured;
        deliver(quantized, measuredResult(quantized, metrics), profile);
      });
      if (waiting.length >= threads) await waiting.shift()?.();
    });
    while (waiting.length > 0) await waiting.shift()?.();
    return reports;
  } finally {
    await pool?.close();
  }
}
