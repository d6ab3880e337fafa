import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const docs = join(root, "docs");
// Inside the project, so that `import … from "lodestone"` means this project.
const work = join(root, "build", `docs-${process.pid}`);

interface Block {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** The `ts` blocks of a page, each a program of its own. */
function blocksOf(file: string): Block[] {
  const lines = readFileSync(join(docs, file), "utf8").split("\n");
  const blocks: Block[] = [];
  let start = -1;
  lines.forEach((line, i) => {
    if (start < 0 && line === "```ts") start = i;
    else if (start >= 0 && line === "```") {
      blocks.push({ file, line: start + 2, code: `${lines.slice(start + 1, i).join("\n")}\n` });
      start = -1;
    }
  });
  return blocks;
}

const blocks = readdirSync(docs, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .sort()
  .flatMap(blocksOf);
const nameOf = ({ file, line }: Block): string => `${file.replace(".md", "").replaceAll(/[\\/]/g, "-")}-${line}.mts`;

beforeAll(() => {
  mkdirSync(work, { recursive: true });
  for (const block of blocks) writeFileSync(join(work, nameOf(block)), block.code);
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")) as {
    compilerOptions: object;
  };
  // A page declares only what it shows.
  const options = { ...compilerOptions, noUnusedLocals: false };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.mts"] }));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe("the code in docs/", () => {
  test("there is some", () => {
    expect(blocks.length).toBeGreaterThanOrEqual(8);
  });

  test("type-checks", () => {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const run = spawnSync(process.execPath, [tsc, "--noEmit", "-p", work], { encoding: "utf8", timeout: 120_000 });
    expect(run.stdout).toBe("");
    expect(run.status).toBe(0);
  });

  test.each(blocks.map((block) => [`${block.file}:${block.line}`, block] as const))("%s runs", (_place, block) => {
    const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
    execFileSync(process.execPath, [tsx, join(work, nameOf(block))], {
      timeout: 60_000,
      stdio: ["ignore", "pipe", "pipe"],
    });
  });
});
