#!/usr/bin/env node
// The `lodestone` command. Plain JavaScript so that it can say what is missing before any package is loaded.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function refuse(message) {
  console.error(`lodestone: ${message}`);
  process.exit(2);
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 11)) {
  refuse(`Node ${process.versions.node} is too old: install Node 20.11 or newer`);
}

let tsx;
try {
  tsx = await import("tsx/esm/api");
} catch (error) {
  if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error;
  refuse(`the packages are not installed: run npm ci in ${root}`);
}
// Our own settings: without this, the tsconfig.json of the folder the user stands in would decide.
tsx.register({ tsconfig: join(root, "tsconfig.json") });
const { main, tolerateClosedPipes } = await import("../cli/main.ts");
tolerateClosedPipes();
process.exitCode = await main(process.argv.slice(2));
