import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureNode } from "./ensure-node.mjs";
import { ensurePackages } from "./ensure-packages.mjs";
import { ensureTools } from "./ensure-tools.mjs";
import { runScript } from "./script-error.mjs";
import { addCounts, formatCounts } from "./test-counts.mjs";
import { runLint, runTypecheck, runVitest } from "./test-steps.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");

await runScript(async () => {
  ensureNode();
  await ensurePackages(root);
  await ensureTools();
  let total = { passed: 0, failed: 0, skipped: 0 };
  const complaints = [];
  for (const step of [runLint, runTypecheck, runVitest]) {
    const { counts, complaint } = await step(root, process.argv.slice(2));
    total = addCounts(total, counts);
    if (complaint !== undefined) complaints.push(complaint);
  }
  if (complaints.length > 0) console.log(`\nFailed: ${complaints.join("; ")}`);
  console.log(formatCounts(total));
  return total.failed > 0 || complaints.length > 0 ? 1 : 0;
});
