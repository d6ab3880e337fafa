import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureNode } from "./ensure-node.mjs";
import { ensurePackages } from "./ensure-packages.mjs";
import { runCommand } from "./run-command.mjs";
import { runScript, ScriptError } from "./script-error.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const limitMinutes = 30;

await runScript(async () => {
  ensureNode();
  await ensurePackages(root);
  const example = (name) => join("examples", "tensors", `${name}.npy`);
  const tour = ["tour", "--a", example("activations"), "--b", example("weights"), "--out", join("build", "chip")];
  const { code, timedOut } = await runCommand(
    process.execPath,
    [join("bin", "lodestone.mjs"), ...tour, ...process.argv.slice(2)],
    { seconds: limitMinutes * 60, cwd: root, show: true },
  );
  if (timedOut) throw new ScriptError(`the tour did not finish within ${limitMinutes} minutes`, 1);
  return code ?? 1;
});
