import { expect, it } from "vitest";
import { minifloat } from "./minifloat.ts";
import { tableEncoder } from "./table-encoder.ts";

const many = 2 ** 20;

it.each(["e2m1", "e2m3", "e3m2", "e4m3", "e5m2", "ue4m3"] as const)("%s: as the conversion itself", (name) => {
  const { encode, format, values } = minifloat(name);
  const finite = [...values].filter(Number.isFinite).sort((a, b) => a - b);
  const samples = [0, -0, 1 / 0, -1 / 0, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Number.MIN_VALUE];
  finite.forEach((value, i) => {
    const tie = (value + (finite[i + 1] ?? value * 2)) / 2;
    for (const near of [value, tie]) samples.push(near, near * (1 + 2 ** -52), near * (1 - 2 ** -53), near * 1.03);
  });
  for (let i = 1; i < 4000; i++) samples.push(Math.sin(i) * 2 ** ((i % 60) - 40), -i * 2 ** ((i % 50) - 45));
  for (const rule of ["half-even", "half-away", "half-up", "toward-zero"] as const) {
    const plain = (value: number) => encode(value, rule);
    const fast = tableEncoder(plain, format, many);
    expect(fast).not.toBe(plain);
    const wrong = samples.filter((value) => fast(value) !== plain(value));
    expect(wrong).toEqual([]);
  }
});

it("is not made for a few numbers", () => {
  const { encode, format } = minifloat("e2m1");
  expect(tableEncoder(encode, format, 100)).toBe(encode);
});
