import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { toolName } from "../cli/design.ts";
import { standardConfigurations, standardRtl } from "../tb/index.ts";

const folder = fileURLToPath(new URL("../rtl-out", import.meta.url));
const root = fileURLToPath(new URL("..", import.meta.url));

describe("rtl-out", () => {
  const files = standardRtl(toolName());

  test.each(files.map(({ path, text }) => [path, text]))(
    "%s is what is emitted today (npm run rtl-out)",
    (path, text) => {
      expect(readFileSync(join(folder, path), "utf8") === text).toBe(true);
    },
  );

  test("holds nothing else", () => {
    const present = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
    expect(present.sort()).toEqual(["README.md", ...files.map(({ path }) => path)].sort());
  });

  test("the README lists every configuration", () => {
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    for (const configuration of standardConfigurations) expect(readme).toContain(`\`${configuration.folder}\``);
  });

  test.each(standardConfigurations.map((configuration) => configuration.folder))(
    "%s is clean under verilator -Wall, and Icarus and Yosys take it",
    (name) => {
      const cwd = join(folder, name);
      const sources = readdirSync(cwd).filter((file) => file.endsWith(".v"));
      const { top } = JSON.parse(readFileSync(join(cwd, "manifest.json"), "utf8")) as { top: string };
      const run = (tool: string, args: readonly string[]): string =>
        execFileSync(tool, args, { cwd, encoding: "utf8", timeout: 120_000, stdio: ["ignore", "pipe", "pipe"] });
      // Any warning makes Verilator end with an error.
      expect(run("verilator", ["--lint-only", "-Wall", "--top-module", top, ...sources])).toBe("");
      run("iverilog", ["-g2005", "-Wall", "-s", top, "-o", "/dev/null", ...sources]);
      const read = sources.map((file) => `read_verilog ${file}`).join("; ");
      run("yosys", ["-q", "-p", `${read}; hierarchy -check -top ${top}; proc; check -assert`]);
      for (const file of sources)
        expect(readFileSync(join(cwd, file), "utf8")).not.toMatch(/lint_off|verilator|_T_?\d/);
    },
  );

  test("another process, started elsewhere, emits the same bytes", () => {
    const script = join(root, "tests", "testing", "print-rtl-hash.ts");
    const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
    const hashes = ["/", root].map((cwd) => execFileSync(process.execPath, [tsx, script], { cwd, encoding: "utf8" }));
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}\n$/);
    expect(hashes[1]).toBe(hashes[0]);
  });
});
