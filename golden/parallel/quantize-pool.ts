import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import { InputError } from "../../spec/index.ts";
import { checkRange } from "../matrix.ts";
import type { Metrics } from "../metrics/measure.ts";
import type { QuantizeOptions } from "../quantize-options.ts";
import type { QuantizedTensor } from "../quantized-tensor.ts";
import type { Tensor } from "../tensor.ts";
import { startWorker } from "./start-worker.ts";
import type { MeasuredTensor, QuantizeReply, QuantizeRequest } from "./worker-message.ts";

/** A request with those who wait for it. */
interface Job {
  readonly request: QuantizeRequest;
  readonly resolve: (done: { readonly result: QuantizedTensor; readonly metrics: Metrics | undefined }) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Worker threads that quantise tensors side by side, one tensor per thread at a time; results are those of `quantize` in
 * every bit. Values are copied to the thread when its turn comes, unless they lie in a SharedArrayBuffer.
 */
export class QuantizePool {
  readonly #threads: number;
  readonly #waiting: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Job>();
  #closed = false;

  /**
   * @param threads 1..256; as many as the machine has processors by default. They start when first needed.
   * @throws InputError for another number.
   */
  constructor(threads: number = availableParallelism()) {
    checkRange("threads", threads, 1, 256);
    this.#threads = threads;
  }

  /**
   * Quantises a tensor; its values must not change before the promise settles.
   * @throws InputError (as rejection) as `quantize` does; Error when the thread dies or the pool is closed.
   */
  async quantize(tensor: Tensor, options: QuantizeOptions): Promise<QuantizedTensor> {
    return (await this.#run({ tensor, options, measured: false })).result;
  }

  /**
   * Quantises a tensor and measures what that did, both in the thread.
   * @throws as `quantize`.
   */
  async measured(tensor: Tensor, options: QuantizeOptions): Promise<MeasuredTensor> {
    const { result, metrics } = await this.#run({ tensor, options, measured: true });
    if (!metrics) throw new Error("a thread that quantises did not measure");
    return { quantized: result, metrics };
  }

  #run(request: QuantizeRequest): Promise<{ readonly result: QuantizedTensor; readonly metrics: Metrics | undefined }> {
    if (this.#closed) return Promise.reject(new Error("the pool of threads is closed"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#next();
    });
  }

  /** Ends the threads. What is not finished is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    const unfinished = [...this.#busy.values(), ...this.#waiting.splice(0)];
    this.#busy.clear();
    for (const { reject } of unfinished) reject(new Error("the pool of threads was closed"));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  /** Gives the first waiting job to a thread, if one is free or may be started. */
  #next(): void {
    if (this.#waiting.length === 0) return;
    const worker = this.#idle.pop() ?? (this.#busy.size < this.#threads ? this.#start() : undefined);
    if (!worker) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#busy.set(worker, job);
    worker.ref();
    const { tensor } = job.request;
    const { data, memory } = ownCopy(tensor.data);
    worker.postMessage({ ...job.request, tensor: { ...tensor, data } } satisfies QuantizeRequest, memory);
  }

  #start(): Worker {
    const worker = startWorker();
    worker.on("message", (reply: QuantizeReply) => this.#finish(worker, reply));
    worker.on("error", (error) => this.#lose(worker, error));
    worker.on("exit", (code) => this.#lose(worker, new Error(`a thread that quantises ended with code ${code}`)));
    return worker;
  }

  #finish(worker: Worker, reply: QuantizeReply): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    // An idle thread does not keep the process alive.
    worker.unref();
    if (!this.#closed) this.#idle.push(worker);
    if (reply.kind === "done") job?.resolve(reply);
    else if (reply.kind === "refused") job?.reject(new InputError(reply.message, reply.problems));
    else job?.reject(new Error(reply.message));
    this.#next();
  }

  #lose(worker: Worker, error: Error): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    const place = this.#idle.indexOf(worker);
    if (place >= 0) this.#idle.splice(place, 1);
    job?.reject(error);
    if (!this.#closed) this.#next();
  }
}

/** Values that a thread may have: the same ones if their memory can be shared, else a copy to hand over. */
function ownCopy(data: Float32Array | Float64Array): { data: Float32Array | Float64Array; memory: ArrayBuffer[] } {
  if (data.buffer instanceof SharedArrayBuffer) return { data, memory: [] };
  const copy = data.slice();
  return { data: copy, memory: [copy.buffer] };
}

/**
 * Quantises tensors on several threads; the results in the order of the tensors.
 * @throws InputError (as rejection) with the first tensor that is refused; the others are given up then.
 */
export async function quantizeParallel(
  tensors: readonly Tensor[],
  options: QuantizeOptions,
  threads?: number,
): Promise<QuantizedTensor[]> {
  const pool = new QuantizePool(threads);
  try {
    return await Promise.all(tensors.map((tensor) => pool.quantize(tensor, options)));
  } finally {
    await pool.close();
  }
}
