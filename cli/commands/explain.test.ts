import { expect, test } from "vitest";
import { codes, diagnosticCodes } from "../../hdl/index.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";

test("without a code every one is listed, in order", async () => {
  const { code, stdout, stderr } = await callLodestone(["explain"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.trim().split(/ +/)[0])).toEqual(diagnosticCodes);
  expect(lines[0]).toContain(codes[diagnosticCodes[0]!].title);
  const { codes: listed } = (await expectJson(["explain"])) as { codes: { code: string }[] };
  expect(listed.map((entry) => entry.code)).toEqual(diagnosticCodes);
});

test("a code is explained, however it is written", async () => {
  const { stdout } = await callLodestone(["explain", "LS0101"]);
  expect(stdout).toMatch(/^error LS0101: a value is wider than what it is assigned to\n/);
  expect(stdout).toContain("this.sum.value = this.a.add(this.b);");
  expect(stdout).toContain("this.sum.value = this.a.addWrap(this.b);");
  for (const name of ["ls0101", "101", "0101"]) expect((await callLodestone(["explain", name])).stdout).toBe(stdout);
});

test("as data", async () => {
  expect(await expectJson(["explain", "LS0205"])).toMatchObject({
    code: "LS0205",
    severity: "warning",
    title: codes.LS0205.title,
    bad: expect.stringMatching(/^class Example/),
    good: expect.stringMatching(/^class Example/),
    suppress: expect.any(String),
  });
});

test("an unknown code is refused with those near it", async () => {
  await expectRefusal(["explain", "LS0100"], /there is no diagnostic "LS0100"; near it: LS0101, /);
  await expectRefusal(["explain", "LSO1O1"], /near it: LS0101/);
  await expectRefusal(["explain", "width"], /there is no diagnostic "width"; lodestone explain lists all/);
});
