// Yosys in WebAssembly blocks the thread it runs on, so it gets one of its own, which a time limit can end.
// Plain JavaScript: a worker thread starts without the loader that lets the rest of the project be TypeScript.
import { parentPort, workerData } from "node:worker_threads";
import { Exit, runYosys } from "@yowasp/yosys";

const decoder = new TextDecoder();
const say = (bytes) => {
  if (bytes !== null) parentPort.postMessage({ kind: "log", text: decoder.decode(bytes, { stream: true }) });
};

let status = 0;
let files = {};
try {
  files = await runYosys(workerData.args, workerData.files, { stdout: say, stderr: say });
} catch (error) {
  if (!(error instanceof Exit)) throw error;
  status = error.code;
  files = error.files;
}
const outputs = {};
for (const [name, content] of Object.entries(files)) {
  if (Object.hasOwn(workerData.files, name)) continue;
  if (typeof content === "string") outputs[name] = content;
  else if (content instanceof Uint8Array) outputs[name] = new TextDecoder().decode(content);
}
parentPort.postMessage({ kind: "end", status, outputs });
