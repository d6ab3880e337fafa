import { expect, test } from "vitest";
import { createProgress, withProgress } from "./progress.ts";

function terminal(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string) => written.push(text) };
}
const erase = "\r\u001b[2K";

test("nothing is written where there is no terminal", async () => {
  const target = terminal(false);
  await withProgress("Simulating", (progress) => progress.update(1, 2), createProgress(target));
  expect(target.written).toEqual([]);
});

test("a stage is shown at once, redrawn at most ten times a second, and taken away", () => {
  const target = terminal(true);
  let time = 1000;
  const progress = createProgress(target, () => time);
  progress.stage("Simulating");
  for (let i = 0; i <= 1000; i++) {
    time += 1;
    progress.update(i, 1000);
  }
  progress.end();
  progress.end();
  expect(target.written[0]).toBe(`${erase}Simulating ...`);
  expect(target.written[1]).toBe(`${erase}Simulating ... 9 %`);
  expect(target.written).toHaveLength(12);
  expect(target.written.at(-1)).toBe(erase);
});

test("the line never wraps", () => {
  const target = terminal(true, 20);
  createProgress(target).stage("A very long name of a stage");
  expect(target.written[0]).toBe(`${erase}A very long name...`);
});

test("the line is taken away when the work fails", async () => {
  const target = terminal(true);
  const work = (): never => {
    throw new Error("failed");
  };
  await expect(withProgress("Simulating", work, createProgress(target))).rejects.toThrow("failed");
  expect(target.written.at(-1)).toBe(erase);
});
