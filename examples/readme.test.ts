import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const examples = join(root, "examples");
const page = readFileSync(join(examples, "README.md"), "utf8");
// Inside the project, so that `import … from "lodestone"` means this project.
const work = join(root, "build", `examples-${process.pid}`);

beforeAll(() => mkdirSync(work, { recursive: true }));
afterAll(() => rmSync(work, { recursive: true, force: true }));

test("the program on the page runs and prints what it says", () => {
  const [, program] = /```ts\n(.*?)```/s.exec(page) ?? [];
  const file = join(work, "program.mts");
  writeFileSync(file, program!.replace('"./uart/', `"${pathToFileURL(examples)}/uart/`));
  const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
  const run = spawnSync(process.execPath, [tsx, file], { cwd: work, encoding: "utf8", timeout: 60_000 });
  expect(run).toMatchObject({ status: 0, stdout: "A\n", stderr: "" });
  expect(existsSync(join(work, "last-byte.vcd"))).toBe(true);
});

test("every link leads somewhere", () => {
  const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!);
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !existsSync(join(examples, link)))).toEqual([]);
});
