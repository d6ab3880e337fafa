// Makes the tree of JavaScript that `compiled-tree.mjs` looks for.
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { keepClassNames } from "./class-names.mjs";
import { folders, listName, prefix } from "./compiled-tree.mjs";
import { joinedSources } from "./joined-sources.mjs";

/** What is loaded by name; all else that these need is joined to them. */
const entries = ["cli/main.ts", "golden/parallel/quantize-worker.ts", ...folders.map((folder) => `${folder}/index.ts`)];
/** Older trees that are kept: a process that still loads from one must not lose it. */
const treesKept = 3;

/**
 * Makes the tree of the sources, unless another process has made it meanwhile.
 * @param {string} root the project
 * @param {readonly string[]} sources their paths in it
 * @param {string} list what tells them from other states of them
 * @returns {Promise<string>} the folder
 * @throws when it cannot be made
 */
export async function makeTree(root, sources, list) {
  const parent = join(root, "build");
  const tree = join(parent, `${prefix}${createHash("sha256").update(list).digest("hex").slice(0, 16)}`);
  if (existsSync(tree)) return tree;
  mkdirSync(parent, { recursive: true });
  const temporary = mkdtempSync(join(parent, ".compiling-"));
  try {
    const esbuild = loadEsbuild();
    await esbuild.build({
      entryPoints: entries.map((path) => join(root, path)).filter((path) => existsSync(path)),
      outbase: root,
      outdir: temporary,
      absWorkingDir: root,
      bundle: true,
      splitting: true,
      chunkNames: "shared/[hash]",
      packages: "external",
      plugins: [ownPlaces(root, tree)],
      format: "esm",
      platform: "node",
      target: "node20",
      sourcemap: "external",
      logLevel: "silent",
    });
    describeJoinedFiles(temporary, root);
    for (const path of ["package.json", ...sources.filter((source) => source.endsWith(".mjs"))]) {
      mkdirSync(dirname(join(temporary, path)), { recursive: true });
      copyFileSync(join(root, path), join(temporary, path));
    }
    writeFileSync(join(temporary, listName), list);
    // mkdtemp makes a folder for one user alone; the tree is for everyone who may run the command.
    chmodSync(temporary, 0o777 & ~process.umask());
    renameSync(temporary, tree);
  } catch (error) {
    // Another process may have made the same tree meanwhile.
    if (!existsSync(tree)) throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  removeOldTrees(parent, tree);
  return tree;
}

/** esbuild is tsx's own translator, so both read a source the same way. */
function loadEsbuild() {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve("tsx"))("esbuild");
}

/** Code that asks for its own place is told where it would be if every source were a file of the tree. */
function ownPlaces(root, tree) {
  return {
    name: "own-places",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes("import.meta.url")) return undefined;
        const place = join(tree, relative(root, path).replace(/\.ts$/, ".js"));
        return {
          contents: text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(place).href)),
          loader: "ts",
        };
      });
    },
  };
}

/** Gives classes their own names, and puts beside every file of the tree which sources it comes from. */
function describeJoinedFiles(tree, root) {
  const linesOf = (path) => readFileSync(path, "utf8").split("\n");
  for (const path of readdirSync(tree, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".js")) continue;
    const file = join(tree, path);
    const map = readFileSync(`${file}.map`, "utf8");
    const text = keepClassNames(readFileSync(file, "utf8"), map, file, linesOf);
    writeFileSync(file, text);
    writeFileSync(`${file}.sources.json`, JSON.stringify(joinedSources(text, map, file, tree, root)));
  }
}

function removeOldTrees(parent, current) {
  const trees = readdirSync(parent)
    .filter((name) => name.startsWith(prefix) && join(parent, name) !== current)
    .map((name) => ({ path: join(parent, name), made: statSync(join(parent, name)).mtimeMs }))
    .sort((a, b) => b.made - a.made);
  for (const { path } of trees.slice(treesKept)) rmSync(path, { recursive: true, force: true });
}
