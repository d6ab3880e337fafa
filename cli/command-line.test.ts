import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { subcommands } from "./commands.ts";
import { callLodestone, expectJson, expectRefusal, runLodestone } from "./testing/run-lodestone.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-cli-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("the command as a whole", () => {
  test("a process of its own ends with the same code and the same line", async () => {
    const own = await runLodestone(["generate", "mac-aray", "--out", "x"], { cwd: scratch });
    expect(own).toEqual(await callLodestone(["generate", "mac-aray", "--out", "x"]));
    expect(own.code).toBe(2);
  });

  test("help names every subcommand", async () => {
    const { code, stdout, stderr } = await runLodestone(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name, summary } of subcommands) expect(stdout).toMatch(new RegExp(`^  ${name} .*${summary}$`, "m"));
  });

  test("without a subcommand it shows its help as an error", async () => {
    const { code, stdout, stderr } = await runLodestone([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: lodestone");
  });

  test("its version", async () => {
    expect(await runLodestone(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  test("a misspelt subcommand and an unknown option", async () => {
    await expectRefusal(["lst"], /unknown command 'lst' \(Did you mean list\?\); try: lodestone --help/);
    await expectRefusal(["--frobnicate"], /unknown option '--frobnicate'/);
  });

  test("a reader that leaves early is no error", async () => {
    const { code, stderr } = await runLodestone(["list", "--json"], { deaf: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("colour only where it is asked for", async () => {
    const plain = await runLodestone(["list"]);
    const coloured = await runLodestone(["list"], { env: { FORCE_COLOR: "1" } });
    expect(plain.stdout).not.toContain("\u001b");
    expect(coloured.stdout).toContain("\u001b[1m");
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
  });

  test("the settings of the folder the user stands in do not matter", async () => {
    writeFileSync(join(scratch, "tsconfig.json"), "{ not json");
    const { code } = await runLodestone(["list"], { cwd: scratch });
    rmSync(join(scratch, "tsconfig.json"));
    expect(code).toBe(0);
  });
});

/** Options without which a subcommand complains of nothing else. */
const required: Readonly<Record<string, readonly string[]>> = {
  generate: ["--out", "x"],
  gemm: ["--a", "a.npy", "--b", "b.npy"],
  requantize: ["--in", "a.npy"],
  quantize: ["--format", "int4"],
  dequantize: ["--out", "x"],
  conformance: ["--out", "x"],
  tour: ["--a", "a.npy", "--b", "b.npy", "--out", "x"],
};

/** Subcommands that take any number of files. */
const takesMany = new Set(["quantize", "compare"]);

describe.each(subcommands.map(({ name }) => name))("%s", (name) => {
  test("has help with examples, and --json", async () => {
    const [help, viaHelp] = [await callLodestone([name, "--help"]), await callLodestone(["help", name])];
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(new RegExp(`^Usage: lodestone ${name} `));
    expect(help.stdout).toContain("--json");
    expect(help.stdout).toMatch(new RegExp(`Examples:\n  \\$ lodestone ${name}`));
    expect(viaHelp.stdout).toBe(help.stdout);
  });

  test("refuses an unknown option and too many arguments, or too few", async () => {
    const needed = required[name] ?? [];
    await expectRefusal([name, ...needed, "--frobnicate"], new RegExp(`'--frobnicate'.*try: lodestone ${name} --help`));
    const tooMany = takesMany.has(name) ? /missing required argument/ : /too many arguments/;
    await expectRefusal([name, ...needed, ...(takesMany.has(name) ? [] : ["a", "b", "c"])], tooMany);
  });
});

describe("list", () => {
  test("--json holds every design with defaults and ranges", async () => {
    const { designs } = (await expectJson(["list"])) as { designs: { name: string; parameters: object[] }[] };
    expect(designs.map(({ name }) => name)).toEqual(expect.arrayContaining(["vector-mac", "mac-array"]));
    const lanes = { name: "lanes", default: 16, min: 1, max: 256, description: expect.any(String) };
    expect(designs.find(({ name }) => name === "mac-array")?.parameters).toContainEqual(lanes);
  });

  test("one design alone; an unknown one is refused with those there are", async () => {
    const { stdout } = await callLodestone(["list", "vector-mac"]);
    expect(stdout).toMatch(/^vector-mac {2}/);
    expect(stdout).not.toContain("lanes ");
    await expectRefusal(["list", "vector-mc"], /"vector-mc".*vector-mac.*mac-array/);
  });
});
