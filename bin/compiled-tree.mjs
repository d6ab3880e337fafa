// The TypeScript of this project as plain JavaScript in build/, joined into few files: Node takes half a millisecond for
// each file that it loads, and the language alone has three hundred. Made again when a source has changed.
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
import { joinedSources } from "./joined-sources.mjs";

const folders = ["hdl", "spec", "golden", "generators", "tb", "synth", "cli"];
/** What is loaded by name; all else that these need is joined to them. */
const entries = ["cli/main.ts", "golden/parallel/quantize-worker.ts", ...folders.map((folder) => `${folder}/index.ts`)];
/** What makes the tree what it is, beside the sources. */
const ownFiles = ["bin/compiled-tree.mjs", "bin/class-names.mjs", "bin/joined-sources.mjs"];
const prefix = "compiled-";
/** Older trees that are kept: a process that still loads from one must not lose it. */
const treesKept = 3;

/**
 * The folder with the JavaScript of all sources, made when there is none that fits them.
 * @param {string} root the project
 * @returns {Promise<string>}
 * @throws when it cannot be made, for instance in a folder that cannot be written
 */
export async function compiledTree(root) {
  const sources = sourceFiles(root);
  const tree = join(root, "build", `${prefix}${keyOf(root, sources)}`);
  if (!existsSync(tree)) await makeTree(root, sources, tree);
  return tree;
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
  return files.filter((path) => /\.(ts|mjs)$/.test(path) && !path.endsWith(".test.ts")).sort();
}

/** Changes when any source does: size and time of each, and of this file and the lock file. */
function keyOf(root, sources) {
  const hash = createHash("sha256");
  for (const path of [...sources, "package.json", "package-lock.json", "tsconfig.json", ...ownFiles]) {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

async function makeTree(root, sources, tree) {
  const parent = dirname(tree);
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
