import { expect, test } from "vitest";
import { watchParameters } from "./used-parameters.ts";

interface Params {
  readonly bits?: number;
  readonly depth?: number;
}

test("tells what is read, what is not, and what is missing", () => {
  const used = watchParameters({ bits: 4, dept: 2 });
  const params = used.params as Params;
  expect([params.bits, params.depth]).toEqual([4, undefined]);
  expect([used.read(), used.unread(), used.missing()]).toEqual([["bits", "depth"], ["dept"], ["depth"]]);
});

test("handing all on reads all, but only until the module is built", () => {
  const before = watchParameters({ bits: 4 });
  expect({ ...before.params }).toEqual({ bits: 4 });
  expect(before.unread()).toEqual([]);
  const after = watchParameters({ bits: 4, depth: 2 });
  after.built();
  expect({ ...after.params }).toEqual({ bits: 4, depth: 2 });
  expect(Object.entries(after.params)).toHaveLength(2);
  expect(after.unread()).toEqual(["bits", "depth"]);
  expect((after.params as Params).depth).toBe(2);
  expect(after.unread()).toEqual(["bits"]);
});

test("a question whether there is one counts, what every object has does not", () => {
  const used = watchParameters({ bits: 4 });
  expect("bits" in used.params).toBe(true);
  expect(`${used.params}`).toBe("[object Object]");
  expect([used.read(), used.missing()]).toEqual([["bits"], []]);
});
