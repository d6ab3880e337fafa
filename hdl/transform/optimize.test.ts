import { describe, expect, it } from "vitest";
import {
  arithmetic,
  cast,
  constant,
  designOf,
  extend,
  input,
  type ModuleNetlist,
  mux,
  type Node,
  not,
  postorder,
  printModule,
  rootsOf,
  slice,
} from "../ir/index.ts";
import { randomNetlist } from "../ir/testing/random-netlist.ts";
import { optimize } from "./optimize.ts";
import { checkMeaning } from "./testing/check-meaning.ts";
import { moduleOf, outputText } from "./testing/small-module.ts";

const a = input("a", 0, 12, true);
const b = input("b", 0, 11, true);
const c = input("c", 0, 1, false);

const countNodes = (module: ModuleNetlist): number => {
  let count = 0;
  postorder(rootsOf(module), () => count++);
  return count;
};

describe("optimize", () => {
  it("brings passes together: a truncated product comes out as a narrower product", () => {
    const product = arithmetic("mul", extend(a, 20), extend(b, 20), 23, true);
    const result = optimize(designOf(moduleOf(cast(slice(product, 21, 0), true), mux(c, a, a)))).top;
    expect([outputText(result, 0), outputText(result, 1)]).toEqual(["mul(a, b):s22", "a"]);
  });

  it("refuses an invalid netlist unless told not to look", () => {
    const invalid = designOf(moduleOf(not(constant(9n, 3, false)), slice(a, 12, 12)));
    expect(() => optimize(invalid)).toThrow(/^netlist of module M, /);
    expect(() => optimize(designOf(moduleOf(slice(a, 12, 12))), { verify: false })).not.toThrow();
  });

  it("is finished: a second run changes nothing", () => {
    for (let seed = 0; seed < 100; seed++) {
      const result = optimize(randomNetlist(seed, { repeatedClasses: true }));
      expect(optimize(result)).toBe(result);
    }
  });

  it("gives the same text every time", () => {
    const text = (seed: number) => optimize(randomNetlist(seed)).modules.map(printModule).join();
    for (let seed = 0; seed < 10; seed++) expect(text(seed)).toBe(text(seed));
  });

  it("makes random netlists much smaller", () => {
    let [before, after] = [0, 0];
    for (let seed = 0; seed < 50; seed++) {
      const design = randomNetlist(seed);
      for (const module of design.modules) before += countNodes(module);
      for (const module of optimize(design).modules) after += countNodes(module);
    }
    expect(after).toBeLessThan(before * 0.6);
  });

  it("does not overflow the stack on a hundred thousand operators in a chain", () => {
    let node: Node = a;
    for (let i = 0; i < 50_000; i++) node = arithmetic("add", not(node), b, 12, true);
    const result = optimize(designOf(moduleOf(slice(node, 3, 0))));
    expect(countNodes(result.top)).toBeGreaterThan(100_000);
    expect(result.top.ports.at(-1)!.drivers[0]).toMatchObject({ width: 4, signed: false });
  });

  it("preserves the meaning of random netlists", () => {
    checkMeaning((design) => optimize(design), { seeds: 200, cycles: 50 });
  });
});
