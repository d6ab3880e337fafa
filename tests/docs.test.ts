import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeBlocks, docsPages, programsOf } from "./docs-programs.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
// Inside the project, so that `import … from "lodestone"` means this project.
const work = join(root, "build", `docs-${process.pid}`);
const programs = docsPages().flatMap(programsOf);

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs Node with these arguments, beside whatever else runs, and ends it after two minutes. */
function node(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], timeout: 115_000 });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output, errors }));
  });
}

let checked: Ended;
let ran: Ended;
let results: ReadonlyMap<string, string | null>;

beforeAll(async () => {
  mkdirSync(work, { recursive: true });
  for (const { fileName, code } of programs) writeFileSync(join(work, fileName), code);
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")) as {
    compilerOptions: object;
  };
  // A page declares only what it shows.
  const options = { ...compilerOptions, noUnusedLocals: false };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.mts"] }));
  // One run of the type checker and one process for all programs: starting them is what takes the time.
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const runner = join(root, "tests", "testing", "run-programs.mjs");
  const files = programs.map(({ fileName }) => join(work, fileName));
  [checked, ran] = await Promise.all([
    node([tsc, "--noEmit", "-p", work]),
    node(["--import", "tsx", runner, ...files]),
  ]);
  const lines = ran.output.split("\n").filter((line) => line.startsWith('{"file":'));
  results = new Map(
    lines.map((line) => {
      const { file, error } = JSON.parse(line) as { file: string; error: string | null };
      return [file, error];
    }),
  );
}, 120_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe("the code in docs/", () => {
  test("there is some", () => {
    expect(programs.length).toBeGreaterThanOrEqual(20);
  });

  test("type-checks", () => {
    expect(checked.output + checked.errors).toBe("");
    expect(checked.status).toBe(0);
  });

  test("every program was run to its end", () => {
    expect(ran.status, ran.errors).toBe(0);
    expect(results.size).toBe(programs.length);
  });

  test("the tour shows the Verilog that it prints", () => {
    const bare = (text: string): string => text.replaceAll(/ *\/\/.*\n/g, "");
    const shown = codeBlocks("tour.md").filter(({ language }) => language === "verilog");
    expect(shown.length).toBeGreaterThan(0);
    for (const { code } of shown) expect(bare(ran.output)).toContain(bare(code));
  });

  test.each(programs.map((program) => [program.place, program] as const))("%s runs", (_place, { fileName }) => {
    // Absent: it never ended.
    expect(results.get(join(work, fileName))).toBe(null);
  });
});
