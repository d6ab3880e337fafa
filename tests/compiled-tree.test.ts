import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { runLodestone } from "../cli/testing/run-lodestone.ts";
import { readRepositoryFile, repositoryRoot } from "./repository-files.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-compiled-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const { compiledTree } = (await import(pathToFileURL(join(repositoryRoot, "bin", "compiled-tree.mjs")).href)) as {
  compiledTree(root: string): Promise<string>;
};

test("compiled and translated on the way, the command writes the same bytes", async () => {
  const args = ["generate", "mac-array", "--set", "lanes=2", "--set", "vectorSize=8", "--vectors", "4", "--json"];
  const [compiled, translated] = ["1", "0"].map((LODESTONE_COMPILE) => {
    const out = join(scratch, `out-${LODESTONE_COMPILE}`);
    return runLodestone([...args, "--out", out], { env: { LODESTONE_COMPILE } });
  });
  const first = JSON.parse((await compiled!).stdout);
  const second = JSON.parse((await translated!).stdout);
  expect(first.manifest.files.length).toBeGreaterThan(0);
  expect(second.manifest).toEqual(first.manifest);
});

test("stack traces name the TypeScript", async () => {
  const { stderr } = await runLodestone(["list", "nothing"], { env: { LODESTONE_DEBUG: "1" } });
  const [, file = "", line = ""] = /\(\S*\/(generators\/index\.ts):(\d+):\d+\)/.exec(stderr) ?? [];
  expect(readRepositoryFile(file).split("\n")[Number(line) - 1]).toContain("throw new InputError");
});

test("a tree is made once, anew after a change, and old ones are removed", async () => {
  const root = join(scratch, "project");
  mkdirSync(root);
  for (const path of ["spec", "bin", "package.json", "package-lock.json", "tsconfig.json"]) {
    cpSync(join(repositoryRoot, path), join(root, path), { recursive: true });
  }
  for (const folder of ["hdl", "golden", "generators", "tb", "synth", "cli"]) mkdirSync(join(root, folder));
  symlinkSync(join(repositoryRoot, "node_modules"), join(root, "node_modules"));
  const first = await compiledTree(root);
  expect(existsSync(join(first, "spec", "index.js"))).toBe(true);
  expect(existsSync(join(first, "spec", "parameters.test.js"))).toBe(false);
  expect(await compiledTree(root)).toBe(first);
  const trees = new Set([first]);
  for (let i = 1; i <= 5; i++) {
    utimesSync(join(root, "spec", "index.ts"), i, i);
    trees.add(await compiledTree(root));
  }
  expect(trees.size).toBe(6);
  const left = readdirSync(join(root, "build"));
  expect(left).toHaveLength(4);
  expect(left.every((name) => name.startsWith("compiled-"))).toBe(true);
});

test("two processes that make the same tree at once both get it", async () => {
  const root = join(scratch, "project");
  rmSync(join(root, "build"), { recursive: true });
  const [first, second] = await Promise.all([compiledTree(root), compiledTree(root)]);
  expect(first).toBe(second);
  expect(readdirSync(join(root, "build"))).toHaveLength(1);
});

test("joined sources keep the names of their classes, know their own place, and can be told apart", async () => {
  const root = join(scratch, "joined");
  for (const folder of ["bin", "hdl", "spec", "golden", "generators", "tb", "synth", "cli"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const path of ["package.json", "package-lock.json", "tsconfig.json", "bin"]) {
    cpSync(join(repositoryRoot, path), join(root, path), { recursive: true });
  }
  symlinkSync(join(repositoryRoot, "node_modules"), join(root, "node_modules"));
  const box = "export class Box {\n  copy() {\n    return new Box();\n  }\n}\n";
  const text = "export const text = `\nclass Other extends Box {\n}\n`;\n";
  writeFileSync(join(root, "spec", "first.ts"), box);
  writeFileSync(join(root, "spec", "second.ts"), `${box}${text}export const here = import.meta.url;\n`);
  writeFileSync(
    join(root, "spec", "index.ts"),
    'import { Box as First } from "./first.ts";\nimport { Box as Second, here, text } from "./second.ts";\n' +
      "export { First, here, Second, text };\n",
  );
  const tree = await compiledTree(root);
  const file = join(tree, "spec", "index.js");
  const loaded = (await import(pathToFileURL(file).href)) as {
    First: new () => object;
    Second: new () => object;
    here: string;
    text: string;
  };
  expect([loaded.First.name, loaded.Second.name]).toEqual(["Box", "Box"]);
  expect(loaded.here).toBe(pathToFileURL(join(tree, "spec", "second.js")).href);
  expect(loaded.text).toBe("\nclass Other extends Box {\n}\n");
  const { offsets, sources } = JSON.parse(readFileSync(`${file}.sources.json`, "utf8")) as {
    offsets: number[];
    sources: string[];
  };
  const code = readFileSync(file, "utf8");
  const sourceOf = (needle: string): string | undefined => {
    const at = code.indexOf(needle);
    const place = sources[offsets.findLastIndex((offset) => offset <= at)];
    return place && relative(tree, join(dirname(file), place));
  };
  expect(sourceOf("copy()")).toBe("spec/first.js");
  expect(sourceOf("Other extends")).toBe("spec/second.js");
});
