// The TypeScript of this project as plain JavaScript, file by file, in build/: loading it takes a quarter of the time
// that translating each file on the way takes. Made again when a source has changed.
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folders = ["hdl", "spec", "golden", "generators", "tb", "synth", "cli"];
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
  return folders
    .flatMap((folder) => {
      const paths = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
      return paths.map((path) => join(folder, path));
    })
    .filter((path) => /\.(ts|mjs)$/.test(path) && !/\.test\.ts$|[\\/]testing[\\/]/.test(path))
    .sort();
}

/** Changes when any source does: size and time of each, and of this file and the lock file. */
function keyOf(root, sources) {
  const hash = createHash("sha256");
  for (const path of [...sources, "package.json", "package-lock.json", "tsconfig.json", "bin/compiled-tree.mjs"]) {
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
      entryPoints: sources.filter((path) => path.endsWith(".ts")).map((path) => join(root, path)),
      outbase: root,
      outdir: temporary,
      absWorkingDir: root,
      // "Bundled" with everything left outside, which is how esbuild lets the names of imports be changed.
      bundle: true,
      plugins: [javascriptNames],
      format: "esm",
      platform: "node",
      target: "node20",
      sourcemap: "external",
      logLevel: "silent",
    });
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

const javascriptNames = {
  name: "javascript-names",
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === "entry-point"
        ? undefined
        : { path: path.startsWith(".") ? path.replace(/\.ts$/, ".js") : path, external: true },
    );
  },
};

function removeOldTrees(parent, current) {
  const trees = readdirSync(parent)
    .filter((name) => name.startsWith(prefix) && join(parent, name) !== current)
    .map((name) => ({ path: join(parent, name), made: statSync(join(parent, name)).mtimeMs }))
    .sort((a, b) => b.made - a.made);
  for (const { path } of trees.slice(treesKept)) rmSync(path, { recursive: true, force: true });
}
