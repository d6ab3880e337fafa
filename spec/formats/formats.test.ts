import { describe, expect, it } from "vitest";
import { formatDeclaration, formatDeclarations, formatNames } from "./format-declaration.ts";
import { minifloatBits, minifloatFormats, minifloatLargest } from "./minifloat-format.ts";
import { policies, resolvePolicies } from "./policies.ts";

describe("small floats", () => {
  it.each([
    ["e2m1", 4, 6],
    ["e2m3", 6, 7.5],
    ["e3m2", 6, 28],
    ["e4m3", 8, 448],
    ["e5m2", 8, 57344],
    ["ue4m3", 7, 448],
    ["e8m0", 8, 2 ** 127],
    ["float16", 16, 65504],
    ["bfloat16", 16, (2 - 2 ** -7) * 2 ** 127],
  ] as const)("%s: %d bits, largest %d", (name, bits, largest) => {
    const format = minifloatFormats[name];
    expect(format.name).toBe(name);
    expect(minifloatBits(format)).toBe(bits);
    expect(minifloatLargest(format)).toBe(largest);
  });
});

describe("formats", () => {
  it.each(formatNames)("%s is declared under its own name", (name) => {
    expect(formatDeclaration(name)).toBe(formatDeclarations[name]);
    expect(formatDeclarations[name].name).toBe(name);
    const { element } = formatDeclarations[name];
    if (element.kind === "minifloat") expect(minifloatBits(minifloatFormats[element.format])).toBe(element.bits);
  });

  it("an unknown name is refused with the nearest", () => {
    expect(() => formatDeclaration("mxfp6")).toThrow(/nearest: mxfp6-e2m3, mxfp6-e3m2/);
    expect(() => formatDeclaration("")).toThrow(/no format ""/);
    expect(() => formatDeclaration("__proto__")).toThrow(/no format/);
  });
});

describe("policies", () => {
  it.each(policies.map((policy) => [policy.name, policy] as const))("%s: complete and consistent", (_, policy) => {
    const { choices, default: usual, exceptions, formats } = policy;
    expect(choices.length).toBeGreaterThan(1);
    expect(new Set(choices).size).toBe(choices.length);
    expect(choices).toContain(usual);
    expect(formats.length).toBeGreaterThan(0);
    for (const [format, exception] of Object.entries(exceptions)) {
      expect(formats).toContain(format);
      expect(choices).toContain(exception);
    }
    for (const text of [policy.decides, policy.source]) expect(text.length).toBeGreaterThan(5);
  });

  it("every choice is accepted by the formats it belongs to and refused by the others", () => {
    for (const { name, choices, formats } of policies) {
      for (const format of formatNames) {
        for (const choice of choices) {
          const resolve = () => resolvePolicies(format, { [name]: choice });
          if (!formats.includes(format)) expect(resolve).toThrow(`${name} has no effect on ${format}`);
          else if (choice === "propagate" && !format.startsWith("mx")) expect(resolve).toThrow(/no code for NaN/);
          else expect(resolve()[name]).toBe(choice);
        }
      }
    }
  });
});
