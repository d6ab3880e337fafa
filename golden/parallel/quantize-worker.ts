import { parentPort } from "node:worker_threads";
import { InputError } from "../../spec/index.ts";
import { measure } from "../metrics/measure.ts";
import { quantize } from "../quantize.ts";
import type { QuantizeReply, QuantizeRequest } from "./worker-message.ts";

/** The result, or what is to be said about it. */
function reply({ tensor, options, measured }: QuantizeRequest): QuantizeReply {
  try {
    const result = quantize(tensor, options);
    return { kind: "done", result, metrics: measured ? measure(tensor, result) : undefined };
  } catch (error) {
    if (error instanceof InputError) return { kind: "refused", message: error.message, problems: error.problems };
    return { kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** The memory of a result: handed over instead of copied. */
function memoryOf(answer: QuantizeReply): ArrayBuffer[] {
  if (answer.kind !== "done") return [];
  const { codes, scales, gamma } = answer.result;
  return [codes, scales, gamma].flatMap((array) => (array?.buffer instanceof ArrayBuffer ? [array.buffer] : []));
}

parentPort?.on("message", (request: QuantizeRequest) => {
  const answer = reply(request);
  parentPort?.postMessage(answer, memoryOf(answer));
});
