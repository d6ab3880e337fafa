// The TypeScript of this project as plain JavaScript in build/, joined into few files: Node takes half a millisecond for
// each file that it loads, and the language alone has three hundred. Made again when a source has changed.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The folders with the sources. */
export const folders = ["hdl", "spec", "golden", "generators", "tb", "synth", "cli"];
/** What makes the tree what it is, beside the sources. */
const settings = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "bin/compiled-tree.mjs",
  "bin/make-tree.mjs",
  "bin/class-names.mjs",
  "bin/joined-sources.mjs",
];
/** What the folder of a tree is called, before its number. */
export const prefix = "compiled-";
/** The file of a tree that says which sources it was made from. */
export const listName = "sources.txt";

/**
 * The folder with the JavaScript of all sources, made when there is none that fits them.
 * @param {string} root the project
 * @returns {Promise<string>}
 * @throws when it cannot be made, for instance in a folder that cannot be written
 */
export async function compiledTree(root) {
  const sources = sourceFiles(root);
  const list = listOf(root, sources);
  const parent = join(root, "build");
  for (const name of namesIn(parent)) {
    if (name.startsWith(prefix) && textOf(join(parent, name, listName)) === list) return join(parent, name);
  }
  // What makes a tree is loaded when one is made.
  const { makeTree } = await import("./make-tree.mjs");
  return makeTree(root, sources, list);
}

function sourceFiles(root) {
  const files = [];
  // Folder by folder: the recursion of Node 20's readdirSync takes longer than reading all of them this way.
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) files.push(path);
      else if (entry.name !== "testing") visit(path);
    }
  };
  for (const folder of folders) visit(folder);
  return files.filter((path) => /\.(ts|mjs)$/.test(path) && !/\.test(-d)?\.ts$/.test(path)).sort();
}

/** Changes when any source does: size and time of each, and of what the tree is made by. */
function listOf(root, sources) {
  let list = "";
  for (const path of [...sources, ...settings]) {
    const { mtimeMs, size } = statSync(join(root, path));
    list += `${path} ${size} ${mtimeMs}\n`;
  }
  return list;
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
