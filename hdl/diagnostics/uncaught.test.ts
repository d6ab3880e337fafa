import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const work = mkdtempSync(join(tmpdir(), "lodestone-uncaught-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const root = fileURLToPath(new URL("../..", import.meta.url));

function run(name: string, code: string): { status: number | null; stderr: string } {
  const file = join(work, `${name}.mts`);
  writeFileSync(
    file,
    `import { bit, compile, Module, output } from ${JSON.stringify(join(root, "hdl", "index.ts"))};\n${code}`,
  );
  const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
  const { status, stderr } = spawnSync(process.execPath, [tsx, file], { encoding: "utf8", timeout: 60_000, cwd: work });
  return { status, stderr };
}

const faulty = `class Blinker extends Module {
  readonly led = output(bit);
  build() {}
}
`;

test("a DesignError that nobody catches ends the program with its message alone", () => {
  const { status, stderr } = run("faulty", `${faulty}compile(new Blinker({}));\n`);
  expect(stderr).toBe(
    `error LS0201: output \`led\` is never driven (in Blinker)
  --> faulty.mts:3:18
   |
 3 |   readonly led = output(bit);
   |                  ^ declared here
   = hint: assign \`this.led.value\` in build()

1 error in the design
`,
  );
  expect(status).toBe(1);
});

test("other errors, and programs that handle theirs, are left alone", () => {
  const other = run("other", `${faulty}try { compile(new Blinker({})); } catch {}\nthrow new TypeError("mine");\n`);
  expect(other.stderr).toMatch(/TypeError: mine\n +at /);
  const own = run(
    "own",
    `${faulty}process.on("uncaughtException", (error) => console.error("seen", error.name));\ncompile(new Blinker({}));\n`,
  );
  expect(own.stderr).toBe("seen DesignError\n");
});
