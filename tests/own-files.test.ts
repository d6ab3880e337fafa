import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

function tsc(folder: string, ...args: string[]): string {
  const program = join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [program, "--pretty", "false", ...args], {
    cwd: folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  return stdout;
}

test("`npx tsc --noEmit` checks a file in build/", () => {
  const name = `own-file-${process.pid}.ts`;
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(join(root, "build", name), "export {};\n");
  try {
    const { files } = JSON.parse(tsc(root, "--showConfig")) as { files: string[] };
    expect(files).toContain(`./build/${name}`);
  } finally {
    rmSync(join(root, "build", name));
  }
});

test("the tsconfig.json of the page checks the files of a project of one's own", () => {
  const page = readFileSync(join(root, "docs", "language.md"), "utf8");
  const [, config] = /```json\n(.*?)```/s.exec(page)!;
  const folder = mkdtempSync(join(tmpdir(), "own-project-"));
  try {
    mkdirSync(join(folder, "node_modules", "@types"), { recursive: true });
    symlinkSync(root, join(folder, "node_modules", "lodestone"));
    symlinkSync(join(root, "node_modules", "@types", "node"), join(folder, "node_modules", "@types", "node"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "tsconfig.json"), config!);
    writeFileSync(
      join(folder, "mine.ts"),
      `import { input, Module, output, uint } from "lodestone";
export class Mine extends Module {
  readonly a = input(uint(9));
  readonly y = output(uint(8));
  build() { this.y.value = this.a; }
}
`,
    );
    const said = tsc(folder, "--noEmit");
    expect(said).toMatch(/^mine\.ts\(5,13\): error TS2322: .*UIntOfAtMost<8/);
    expect(said.match(/error TS/g)).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
