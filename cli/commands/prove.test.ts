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
