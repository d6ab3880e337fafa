import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectJson, expectRefusal, runLodestone } from "../testing/run-lodestone.ts";

// Inside the project, so that `import … from "lodestone"` means this project.
const folder = fileURLToPath(new URL(`../../build/prove-${process.pid}/`, import.meta.url));
const counter = join(folder, "counter.ts");
const two = join(folder, "two.ts");
beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  const text = `import { assert, bit, input, Module, output, register, uint, when } from "lodestone";

export class Counter extends Module<{ limit: number }> {
  readonly enable = input(bit);
  readonly count = output(uint(8));
  build() {
    const value = register(uint(8), { reset: 0 });
    when(this.enable.and(value.lt(7)), () => {
      value.next = value.addWrap(1);
    });
    this.count.value = value;
    assert(value.le(this.params.limit), "at most the limit");
  }
}
`;
  writeFileSync(counter, text);
  writeFileSync(two, `${text}export class Other extends Counter {}\n`);
});
const bridge = join(folder, "bridge.ts");
beforeAll(() => {
  writeFileSync(
    bridge,
    `import { assert, bit, clockDomain, inDomain, input, Module, output, register, uint, when } from "lodestone";

export class Bridge extends Module<{ limit: number }> {
  readonly fast = clockDomain({ reset: "asynchronous" });
  readonly go = input(bit);
  readonly slow = output(bit);
  readonly count = output(uint(4));
  build() {
    const slow = register(bit, { reset: 0, enable: this.go });
    slow.next = slow.not();
    this.slow.value = slow;
    inDomain(this.fast, () => {
      const count = register(uint(4), { reset: 0 });
      when(count.lt(this.params.limit), () => {
        count.next = count.addWrap(1);
      });
      this.count.value = count;
      assert(count.le(3), "at most three");
    });
  }
}
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the proofs of a design are good, as data", async () => {
  const report = await expectJson(["prove", "mac-array", "--only", "timing-0"]);
  expect(report).toMatchObject({
    ok: true,
    proofs: [{ name: "timing-0", good: true, proof: { proven: true, failed: false, design: "ArrayTiming" } }],
  });
});

test("a module of one's own: proven", async () => {
  const { code, stdout, stderr } = await runLodestone(["prove", "--file", counter, "--set", "limit=7"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^good {2}Counter {2}every assertion of Counter\n/);
  expect(stdout).toMatch(/assert {2}proven {3}at most the limit {2}Counter/);
}, 30_000);

test("a module of one's own: the failing line, the run and the wave", async () => {
  const wave = join(folder, "failing.vcd");
  const { code, stdout } = await runLodestone(["prove", "--file", counter, "--set", "limit=5", "--wave", wave]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/assert {2}fails in cycle 7 {2}at most the limit/);
  expect(stdout).toMatch(
    /assertion failed in cycle 7: at most the limit \(in Counter\)\n {2}--> \S*counter\.ts:12:5\n/,
  );
  expect(stdout).toMatch(/^cycle {2}enable\n {4}0 {7}[01]\n {4}1 {7}1\n/m);
  expect(stdout).toContain("value = 6");
  expect(existsSync(wave)).toBe(true);
}, 30_000);

const queue = join(folder, "queue.ts");
beforeAll(() => {
  writeFileSync(
    queue,
    `import { assert, bit, cover, input, Module, output, register, Stream, stream, uint } from "lodestone";

export class Queue extends Module<{ limit: number }> {
  readonly source = input(stream(uint(2)));
  readonly left = output(stream(uint(2)));
  readonly right = output(stream(uint(2)));
  readonly unread = input(bit);
  build() {
    const [left, right] = Stream.from(this.source).fork(2);
    left!.into(this.left);
    right!.into(this.right);
    const count = register(uint(3), { reset: 0 });
    count.next = count.addWrap(1);
    const started = register(uint(3));
    started.next = started.addWrap(1);
    assert(count.lt(this.params.limit), "small");
    assert(count.ne(this.params.limit).or(started.ne(5)), "not together");
    cover(count.eq(3), "three");
    cover(count.eq(3).and(count.eq(2)), "two values");
  }
}
`,
  );
});

test("the values of an enumeration are told by name in the run, and in the data", async () => {
  const modes = join(folder, "modes.ts");
  writeFileSync(
    modes,
    `import { assert, enumeration, input, Module, output, register } from "lodestone";

const Mode = enumeration("Mode", ["idle", "load", "run"]);
export class Modes extends Module {
  readonly asked = input(Mode);
  readonly mode = output(Mode);
  build() {
    const mode = register(Mode, { reset: "idle" });
    mode.next = this.asked;
    this.mode.value = mode;
    assert(mode.is("run").not(), "it never runs");
  }
}
`,
  );
  const { code, stdout } = await runLodestone(["prove", "--file", modes]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^fails {2}Modes /);
  expect(stdout).toContain("mode_reg = run");
  expect(stdout).toMatch(/^ {4}1 {4}run\n/m);
  const data = await runLodestone(["prove", "--file", modes, "--json"]);
  expect(JSON.parse(data.stdout).proofs[0].proof.properties[0].trace.members.asked).toEqual({
    "0": "idle",
    "1": "load",
    "2": "run",
  });
});

test("covers and failures: one run unless more are asked for, what matters of the first values, lines of equal texts", async () => {
  const args = ["prove", "--file", queue, "--set", "limit=6"];
  const { code, stdout, stderr } = await runLodestone(args);
  expect(code).toBe(1);
  expect(stdout).toMatch(/cover +reached in cycle 4 +three +Queue\n/);
  expect(stdout).toMatch(/cover +unreachable +two values +Queue\n/);
  expect(stdout).toMatch(/data stays until the item is taken +Queue +queue\.ts:10\n/);
  expect(stdout).toMatch(/data stays until the item is taken +Queue +queue\.ts:11\n/);
  expect(stdout.match(/a received stream: data stays until the item is taken/g)).toHaveLength(1);
  expect(stdout.match(/^cycle /gm)).toHaveLength(1);
  expect(stdout).toMatch(/\nthe runs of the other failures: --verbose\n$/);
  expect(stderr).toMatch(/^warning LS0205: input `unread` is never read/);
  expect(stderr).not.toContain("trace-warnings");
  const all = await runLodestone([...args, "--verbose"]);
  expect(all.stdout.match(/^cycle /gm)).toHaveLength(3);
  expect(all.stdout.match(/^beginning with .*$/gm)).toEqual([expect.stringMatching(/^beginning with started = \d$/)]);
  expect(all.stdout).toMatch(/^cover reached in cycle 4: three \(in Queue\)\ncycle/m);
  const data = await runLodestone(["prove", "--file", queue, "--set", "limit=7", "--json"]);
  expect(data.stderr).toBe("");
  expect(JSON.parse(data.stdout).warnings).toMatchObject([{ code: "LS0205" }]);
  expect(JSON.parse(data.stdout).proofs[0].proof.properties).toContainEqual(
    expect.objectContaining({ kind: "cover", message: "two values", status: "unreachable" }),
  );
}, 60_000);

test("several clocks: the run has a column for each, and periods and resets may be told", async () => {
  expect((await runLodestone(["prove", "--file", bridge, "--set", "limit=3"])).code).toBe(0);
  const any = await runLodestone(["prove", "--file", bridge, "--set", "limit=4"]);
  expect(any.code).toBe(1);
  expect(any.stdout).toMatch(/^cycle {2}clock {2}fast_clock {2}go\n {4}0 {3}edge {8}edge {3}[01]\n/m);
  const told = ["--period", "defaultDomain=2", "--period", "fast=3", "--resets", "any"];
  const { code, stdout } = await runLodestone(["prove", "--file", bridge, "--set", "limit=4", ...told]);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^cycle {2}clock {2}fast_clock {2}fast_reset {3}reset {2}go\n {4}0 {3}edge {8}edge {6}active {2}active/m,
  );
  await expectRefusal(["prove", "--file", bridge, "--set", "limit=3", "--period", "fast"], /fast=3/);
  await expectRefusal(["prove", "--file", bridge, "--set", "limit=3", "--period", "quick=2"], /no clock domain quick/);
}, 60_000);

test("wrong use ends in one line and 2", async () => {
  await expectRefusal(["prove"], /prove takes the name of a design, or --file/);
  await expectRefusal(["prove", "mac-array", "--file", counter], /prove takes the name of a design, or --file/);
  await expectRefusal(["prove", "mac-array", "--only", "x"], /no proof x; proofs: timing-0, timing-2, timing-4/);
  await expectRefusal(["prove", "mac-arrays"], /there is no design "mac-arrays"/);
  await expectRefusal(["prove", "--file", join(folder, "none.ts")], /no such file/);
  await expectRefusal(["prove", "mac-array", "--depth", "0"], /whole number from 1/);
  const several = await runLodestone(["prove", "--file", two]);
  expect(several.code).toBe(2);
  expect(several.stderr).toMatch(/exports Counter, Other; choose one with --class/);
}, 30_000);
