import { Worker } from "node:worker_threads";

/** Starts a thread that quantises: from JavaScript as it is, from TypeScript through tsx. */
export function startWorker(): Worker {
  const own = import.meta.url;
  const file = own.endsWith(".js") ? "./quantize-worker.js" : "./translated-worker.mjs";
  return new Worker(new URL(file, own), { execArgv: [] });
}
