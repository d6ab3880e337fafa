// Writes the API reference, made from the doc comments, into build/api. TypeDoc needs another TypeScript than the project
// has, so both live in this folder, with a lock file of their own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const typedoc = fileURLToPath(new URL("node_modules/typedoc/bin/typedoc", import.meta.url));
if (!existsSync(typedoc)) {
  process.stderr.write("TypeDoc is not installed: run npm ci --prefix scripts/api once\n");
  process.exit(2);
}
const args = [typedoc, "--options", "typedoc.json", ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: here, stdio: "inherit", timeout: 300_000 });
process.exit(status ?? 1);
