// Yosys in WebAssembly blocks the process it runs in, so it gets one of its own, which a time limit can end. (A worker
// thread would be lighter, but ending one in the midst of WebAssembly crashes Node 20.)
// Plain JavaScript: it starts without the loader that lets the rest of the project be TypeScript.
import { Exit, runYosys } from "@yowasp/yosys";

const decoder = new TextDecoder();

/** Lines are gathered: a message for each would cost more than Yosys itself. */
let pending = "";
let sent = 0;
const flush = () => {
  if (pending !== "") process.send({ kind: "log", text: pending });
  pending = "";
  sent = Date.now();
};
const say = (bytes) => {
  if (bytes === null) return;
  pending += decoder.decode(bytes, { stream: true });
  if (pending.length > 65536 || Date.now() - sent > 100) flush();
};

async function run({ args, files }) {
  let status = 0;
  let tree = {};
  try {
    tree = await runYosys(args, files, { stdout: say, stderr: say });
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    status = error.code;
    tree = error.files;
  }
  flush();
  const outputs = {};
  for (const [name, content] of Object.entries(tree)) {
    if (Object.hasOwn(files, name)) continue;
    if (typeof content === "string") outputs[name] = content;
    else if (content instanceof Uint8Array) outputs[name] = new TextDecoder().decode(content);
  }
  process.send({ kind: "end", status, outputs }, () => process.exit(0));
}

process.once("message", (message) => {
  run(message).catch((error) => {
    flush();
    process.send({ kind: "failed", message: String(error?.message ?? error) }, () => process.exit(1));
  });
});
// Nobody is left to answer to.
process.once("disconnect", () => process.exit(1));
