import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { runTool, ToolError, ToolTimeoutError } from "../../tools/run-tool.ts";
import { createIcarusEngine } from "./icarus-engine.ts";
import { adder, counter, endless, type HandWritten } from "./testing/designs.ts";
import { createVerilatorEngine } from "./verilator-engine.ts";

const root = mkdtempSync(join(tmpdir(), "failures-"));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(root, { recursive: true, force: true }));

const makers = { verilator: createVerilatorEngine, icarus: createIcarusEngine };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until the process is gone and reaped. */
async function expectGone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
}

async function rejection(promise: Promise<unknown>): Promise<ToolError> {
  try {
    await promise;
  } catch (error) {
    expect(error).toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ exitCode: 2 });
    expect((error as Error).message).not.toContain("\n");
    return error as ToolError;
  }
  return expect.fail("it did not throw");
}

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return expect.fail("it did not throw");
}

let folders = 0;
/** A PATH whose first folder holds one fake tool. */
function pathWithFake(name: string, ...lines: string[]): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(join(folder, name), 0o755);
  return `${folder}${delimiter}${process.env.PATH}`;
}

/** The design with its Verilog changed. */
function withText(design: HandWritten, change: (text: string) => string): HandWritten {
  return { ...design, files: design.files.map((file) => ({ ...file, text: change(file.text) })) };
}

describe.each(["verilator", "icarus"] as const)("%s", (kind) => {
  const create = makers[kind];
  const title = `the ${kind === "icarus" ? "Icarus" : "Verilator"} simulation of`;

  test("a simulator killed in the middle is an error at the next use, and at every one after", async () => {
    for (const use of ["read", "step", "replay"] as const) {
      const { design, files } = counter();
      const engine = await create(design, files);
      engine.step(1, true);
      engine.read(0);
      const pid = engine.pid!;
      const frame = [[1], [1]];
      function* deadlyFrames(): Generator<number[][]> {
        for (let i = 0; i < 200_000; i++) {
          if (i === 5000) process.kill(pid, "SIGKILL");
          yield frame;
        }
      }
      if (use !== "replay") process.kill(pid, "SIGKILL");
      const error = thrown(() => {
        if (use === "read") {
          engine.write(0, [1]);
          engine.read(0);
        }
        if (use === "step") engine.step(1_000_000);
        if (use === "replay") engine.replay(deadlyFrames(), () => {});
      });
      expect(error).toBeInstanceOf(ToolError);
      expect((error as ToolError).message).toBe(`${title} counter ended unexpectedly: it left no message`);
      engine.write(0, [0]);
      expect(thrown(() => engine.read(0))).toBe(error);
      expect(thrown(() => engine.step(1))).toBe(error);
      engine.dispose();
      await expectGone(pid);
    }
  });

  test("a design that never settles is stopped at the time limit", async () => {
    const { design, files } = endless();
    const engine = await create(design, files, { timeoutMs: 400 });
    engine.write(0, [1]);
    const started = Date.now();
    const error = thrown(() => engine.read(0));
    expect(error).toBeInstanceOf(ToolTimeoutError);
    expect((error as Error).message).toBe(`${title} endless gave no answer within 400 ms and was stopped`);
    expect(Date.now() - started).toBeLessThan(5000);
    await expectGone(engine.pid!);
  });

  test("nothing is left of a disposed engine: no process, no file", async () => {
    const temporary = join(root, `tmp-${kind}`);
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const { design, files } = adder();
    const engine = await create(design, files);
    // The pipes have no names any more while the simulator runs.
    expect(readdirSync(temporary)).toEqual([]);
    expect(isAlive(engine.pid!)).toBe(true);
    engine.read(0);
    engine.dispose();
    await expectGone(engine.pid!);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("Verilog that the tool refuses: its first complaint is in the message", async () => {
    const broken = withText(counter(), (text) => text.replace("always", "alway s"));
    const error = await rejection(create(broken.design, broken.files));
    expect(error.message).toContain("counter.v:10");
    const child = "module child(input a); endmodule\n";
    const use = "  child #(.NONE(1)) u_child (.nope(clock));\nendmodule";
    const warned = withText(counter(), (text) => `${text.replace("endmodule", use)}${child}`);
    expect((await rejection(create(warned.design, warned.files))).message).toMatch(/nope/);
    const missing = counter();
    expect((await rejection(create(missing.design, []))).message).toMatch(/counter/);
    const [file] = missing.files;
    const twice = await rejection(create(missing.design, [file!, file!]));
    expect(twice.message).toBe("two Verilog files are called counter.v");
    for (const fileName of ["../x.v", "-o", "a b.v", ""]) {
      const odd = await rejection(create(missing.design, [{ ...file!, fileName }]));
      expect(odd.message).toContain("is no plain file name");
    }
  });

  test("the tool is missing", async () => {
    vi.stubEnv("PATH", root);
    const { design, files } = counter();
    const error = await rejection(create(design, files));
    expect(error.message).toMatch(/is not on the PATH; install it, on Debian or Ubuntu: apt-get install /);
  });
});

test.each(["exit", "kill"] as const)("simulators end with this program (%s)", async (end) => {
  const program = join(root, `${end}.mts`);
  const here = (name: string): string => JSON.stringify(join(import.meta.dirname, name));
  writeFileSync(
    program,
    [
      `import { writeFileSync } from "node:fs";`,
      `import { adder } from ${here("testing/designs.ts")};`,
      `import { createIcarusEngine } from ${here("icarus-engine.ts")};`,
      `import { createVerilatorEngine } from ${here("verilator-engine.ts")};`,
      "const { design, files } = adder();",
      "const engines = [await createIcarusEngine(design, files), await createVerilatorEngine(design, files)];",
      "for (const engine of engines) engine.read(0);",
      `writeFileSync(${JSON.stringify(`${program}.pids`)}, engines.map((engine) => engine.pid).join(" "));`,
      // Without dispose: an engine forgotten must not keep a program from ending either.
      end === "kill" ? `process.kill(process.pid, "SIGKILL");` : "",
    ].join("\n"),
  );
  const tsx = join(import.meta.dirname, "../../../node_modules/tsx/dist/loader.mjs");
  const result = await runTool(process.execPath, ["--import", tsx, program], { timeoutMs: 60_000 });
  expect(result).toMatchObject({ status: end === "kill" ? 137 : 0, stderr: "" });
  const pids = readFileSync(`${program}.pids`, "utf8").split(" ").map(Number);
  expect(pids).toHaveLength(2);
  for (const pid of pids) await expectGone(pid);
});

test("a Verilator that hangs while it builds is stopped, and no half of a build stays", async () => {
  const cacheDir = join(root, "cache");
  vi.stubEnv(
    "PATH",
    pathWithFake("verilator", '[ "$1" = --version ] && echo "Verilator 5.100 x" && exit 0', "sleep 600"),
  );
  const { design, files } = counter();
  const error = await rejection(createVerilatorEngine(design, files, { cacheDir, buildTimeoutMs: 400 }));
  expect(error).toBeInstanceOf(ToolTimeoutError);
  expect(error.message).toContain("verilator did not finish within 400 ms");
  expect(readdirSync(cacheDir)).toEqual([]);
});

describe("an Icarus runtime that", () => {
  const version = '[ "$1" = -V ] && echo "Icarus Verilog runtime version 11.0 (stable)" && exit 0';
  const { design, files } = counter();

  test("ends at once: its last words are in the message", async () => {
    vi.stubEnv("PATH", pathWithFake("vvp", version, "echo first", "echo 'no licence for this'  >&2", "exit 1"));
    const error = await rejection(createIcarusEngine(design, files));
    expect(error.message).toBe("the Icarus simulation of counter ended at its start: first | no licence for this");
  });

  test("never speaks", async () => {
    vi.stubEnv("PATH", pathWithFake("vvp", version, "exec sleep 600"));
    const error = await rejection(createIcarusEngine(design, files, { timeoutMs: 400 }));
    expect(error.message).toBe("the Icarus simulation of counter did not start within 400 ms and was stopped");
  });

  test("speaks of something else", async () => {
    vi.stubEnv("PATH", pathWithFake("vvp", version, "echo 'hello, world' >&4", "exec sleep 600"));
    const error = await rejection(createIcarusEngine(design, files));
    expect(error.message).toContain("does not speak this program's protocol");
  });

  test("stops taking commands: a long replay is stopped at the time limit", async () => {
    vi.stubEnv("PATH", pathWithFake("vvp", version, "echo 'ready 1' >&4", "exec sleep 600"));
    const engine = await createIcarusEngine(design, files, { timeoutMs: 400 });
    const frames = Array.from({ length: 100_000 }, () => [[1], [1]]);
    expect(() => engine.replay(frames, () => {})).toThrow("gave no answer within 400 ms and was stopped");
    expect(() => engine.step(1)).toThrow("gave no answer within 400 ms");
    await expectGone(engine.pid!);
  });
});
