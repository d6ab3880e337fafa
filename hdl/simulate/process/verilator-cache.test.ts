import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { discardEntry, findCacheFolder, moveIntoCache, pruneCache, temporaryName } from "./cache-folder.ts";
import { enginePorts, frameLayout } from "./ports.ts";
import { counter, type HandWritten } from "./testing/designs.ts";
import { buildVerilatorProgram, type VerilatorBuild } from "./verilator-build.ts";
import { createVerilatorEngine } from "./verilator-engine.ts";

const root = mkdtempSync(join(tmpdir(), "verilator-cache-"));
const cacheDir = join(root, "cache");
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function build({ design, files }: HandWritten, trace = false): Promise<VerilatorBuild> {
  const inputs = frameLayout(enginePorts(design.top, "input"));
  const outputs = frameLayout(enginePorts(design.top, "output"));
  return buildVerilatorProgram(design, files, inputs, outputs, { cacheDir, trace, timeoutMs: 120_000 });
}

/** The count two enabled steps of 1 after the reset to 3. */
async function countAfterTwo({ design, files }: HandWritten): Promise<number | bigint | undefined> {
  const engine = await createVerilatorEngine(design, files, { cacheDir });
  engine.step(1, true);
  engine.write(0, [1]);
  engine.write(1, [1]);
  engine.step(2);
  const [count] = Array.from(engine.read(0) as ArrayLike<number | bigint>);
  engine.dispose();
  return count;
}

describe("builds", () => {
  let first: VerilatorBuild;
  beforeAll(async () => {
    first = await build(counter());
    // The very first build with a cache compiles Verilator's runtime too.
  }, 120_000);

  test("the same design again is taken from the cache; one character more is another build", async () => {
    expect(first.fresh).toBe(true);
    expect(first.product).toMatch(/^Verilator 5\./);
    expect(await build(counter())).toEqual({ ...first, fresh: false });
    expect(await countAfterTwo(counter())).toBe(5);

    const changed = counter("count_r - amount");
    const second = await build(changed);
    expect(second.fresh).toBe(true);
    expect(second.program).not.toBe(first.program);
    expect(await countAfterTwo(changed)).toBe(1);
    expect(await countAfterTwo(counter())).toBe(5);
    expect(readdirSync(cacheDir).filter((name) => name.startsWith("sim-"))).toHaveLength(2);
    expect(readdirSync(cacheDir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("the caller's compiler flags have no effect", async () => {
    vi.stubEnv("CXXFLAGS", "--no-such-flag");
    vi.stubEnv("CPPFLAGS", "--no-such-flag");
    vi.stubEnv("MAKEFLAGS", "--no-such-flag");
    expect(await countAfterTwo(counter("count_r + amount + 8'd1"))).toBe(7);
  });

  test("a damaged or incomplete entry is built again", async () => {
    const entry = join(first.program, "..");
    truncateSync(first.program, 1000);
    expect((await build(counter())).fresh).toBe(true);
    expect((await build(counter())).fresh).toBe(false);
    rmSync(join(entry, "sha256"));
    expect(await countAfterTwo(counter())).toBe(5);
    expect((await build(counter())).fresh).toBe(false);
    rmSync(first.program);
    writeFileSync(first.program, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    expect(await countAfterTwo(counter())).toBe(5);
  });

  test("two builds of the same at the same time do not disturb each other", async () => {
    const design = counter("count_r + amount + amount");
    expect(await Promise.all([countAfterTwo(design), countAfterTwo(design)])).toEqual([7, 7]);
    expect(readdirSync(cacheDir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("the cache folder", () => {
  test("is made where it was wanted, or an error says that it cannot be", async () => {
    const wanted = join(root, "a", "b");
    expect(await findCacheFolder(wanted)).toBe(wanted);
    writeFileSync(join(root, "file"), "");
    await expect(findCacheFolder(join(root, "file", "cache"))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(`(tried ${join(root, "file", "cache")})`),
    });
  });

  test("is in the build folder of this project, in no other project's, else in the user's cache", async () => {
    const project = join(root, "project");
    mkdirSync(join(project, "src", "deep"), { recursive: true });
    vi.stubEnv("XDG_CACHE_HOME", join(root, "xdg"));
    const workingFolder = vi.spyOn(process, "cwd").mockReturnValue(join(project, "src", "deep"));
    expect(await findCacheFolder()).toBe(join(root, "xdg", "lodestone", "verilator"));
    writeFileSync(join(project, "package.json"), `{ "name": "another" }`);
    expect(await findCacheFolder()).toBe(join(root, "xdg", "lodestone", "verilator"));
    writeFileSync(join(project, "package.json"), `{ "name": "lodestone" }`);
    expect(await findCacheFolder()).toBe(join(project, "build", "verilator-cache"));
    // A project in which nothing can be written.
    const closed = join(root, "closed");
    mkdirSync(closed);
    writeFileSync(join(closed, "package.json"), `{ "name": "lodestone" }`);
    writeFileSync(join(closed, "build"), "a file, not a folder");
    workingFolder.mockReturnValue(closed);
    expect(await findCacheFolder()).toBe(join(root, "xdg", "lodestone", "verilator"));
  });

  test("keeps the entry that was there first", async () => {
    const folder = join(root, "race");
    const entry = join(folder, "sim-1");
    for (const text of ["first", "second"]) {
      const built = temporaryName(entry);
      mkdirSync(built, { recursive: true });
      writeFileSync(join(built, text), text);
      await moveIntoCache(built, entry);
    }
    expect(readdirSync(folder)).toEqual(["sim-1"]);
    expect(readdirSync(entry)).toEqual(["first"]);
    await discardEntry(entry);
    await discardEntry(entry);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("loses the entries that were used longest ago, and what was abandoned", async () => {
    const folder = join(root, "many");
    const dayAndMore = Date.now() / 1000 - 25 * 3600;
    const make = (name: string, seconds: number): void => {
      mkdirSync(join(folder, name), { recursive: true });
      utimesSync(join(folder, name), seconds, seconds);
    };
    for (let i = 0; i < 5; i++) make(`sim-${i}`, 1_000_000 + i);
    make("sim-9.1-00000000.tmp", dayAndMore);
    make("sim-9.2-00000000.tmp", Date.now() / 1000);
    await pruneCache(folder, 3);
    expect(readdirSync(folder).sort()).toEqual(["sim-2", "sim-3", "sim-4", "sim-9.2-00000000.tmp"]);
  });
});
