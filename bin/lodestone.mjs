#!/usr/bin/env node
// The `lodestone` command. Plain JavaScript so that it can say what is missing before any package is loaded.
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import "./engine-settings.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

function refuse(message) {
  console.error(`lodestone: ${message}`);
  process.exit(2);
}

/** The command's code: the JavaScript in build/, or where that cannot be written the sources, translated by tsx. */
async function loadMain() {
  if (process.env.LODESTONE_COMPILE !== "0") {
    const tree = await makeTree();
    if (tree !== undefined) {
      const { showSourcePositions } = await import("./source-positions.mjs");
      showSourcePositions(tree + sep);
      return import(pathToFileURL(join(tree, "cli", "main.js")).href);
    }
  }
  const { register } = await import("tsx/esm/api");
  // Our own settings: without this, the tsconfig.json of the folder the user stands in would decide.
  register({ tsconfig: join(root, "tsconfig.json") });
  return import("../cli/main.ts");
}

async function makeTree() {
  try {
    const { compiledTree } = await import("./compiled-tree.mjs");
    return await compiledTree(root);
  } catch (error) {
    if (process.env.LODESTONE_DEBUG === "1") console.error(error);
    return undefined;
  }
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 11)) {
  refuse(`Node ${process.versions.node} is too old: install Node 20.11 or newer`);
}

let program;
try {
  program = await loadMain();
} catch (error) {
  const missing = error?.code === "ERR_MODULE_NOT_FOUND" && error.message.startsWith("Cannot find package");
  if (!missing) throw error;
  refuse(`the packages are not installed: run npm ci in ${root}`);
}
program.tolerateClosedPipes();
process.exitCode = await program.main(process.argv.slice(2));
