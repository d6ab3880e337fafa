import { describe, expect, it } from "vitest";
import { InputError } from "./input-error.ts";
import { macArrayParameters } from "./mac-parameters.ts";
import { acceptedValues, defineParameters } from "./parameters.ts";

function refusal(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("parsing", () => {
  it("fills in the chip's defaults and freezes the result", () => {
    const parameters = macArrayParameters.parse({});
    expect(parameters).toEqual({
      vectorSize: 64,
      elementBits: 4,
      wideBits: 8,
      scaleBits: 8,
      scaleProductBits: 8,
      accumulatorBits: 24,
      pipelineStages: 0,
      lanes: 16,
      collectorDepth: 16,
    });
    expect(Object.isFrozen(parameters)).toBe(true);
    expect(macArrayParameters.defaults).toEqual(parameters);
  });

  it("keeps what is asked for and takes undefined as left out", () => {
    expect(macArrayParameters.parse({ lanes: 4, collectorDepth: undefined })).toMatchObject({
      lanes: 4,
      collectorDepth: 16,
    });
  });

  it("names an unknown parameter and the known ones, nearest first", () => {
    const error = refusal(() => macArrayParameters.parse({ lane: 8 }));
    expect(error.exitCode).toBe(2);
    expect(error.message).toMatch(/^mac-array: "lane" is no parameter; known: lanes, /);
  });

  it.each([
    [{ lanes: 0 }, "mac-array: lanes is 0; it must be an integer from 1 to 256"],
    [{ lanes: 257 }, "mac-array: lanes is 257; it must be an integer from 1 to 256"],
    [{ lanes: 1.5 }, "mac-array: lanes is 1.5; it must be an integer from 1 to 256"],
    [{ lanes: "4" }, 'mac-array: lanes is "4"; it must be an integer from 1 to 256'],
    [{ lanes: null }, "mac-array: lanes is null; it must be an integer from 1 to 256"],
    [{ lanes: Number.NaN }, "mac-array: lanes is NaN; it must be an integer from 1 to 256"],
    [{ lanes: Number.POSITIVE_INFINITY }, "mac-array: lanes is Infinity; it must be an integer from 1 to 256"],
  ])("refuses %j", (input, message) => {
    expect(refusal(() => macArrayParameters.parse(input)).message).toBe(message);
  });

  it("refuses what is no object", () => {
    for (const input of [null, [], "lanes=4", 3]) {
      expect(refusal(() => macArrayParameters.parse(input as never)).message).toMatch(
        /give an object of names and values/,
      );
    }
  });

  it("does not take inherited or odd keys for parameters", () => {
    const odd = JSON.parse('{"__proto__": 3, "toString": 4}') as Record<string, unknown>;
    expect(refusal(() => macArrayParameters.parse(odd)).problems).toHaveLength(2);
  });

  it("lists all problems of a run together", () => {
    const error = refusal(() =>
      macArrayParameters.parse({ lanes: 0, lane: 1, depth: 2, wideBits: 4, scaleProductBits: 17 }),
    );
    expect(error.problems).toHaveLength(5);
    expect(error.message).toMatchInlineSnapshot(`
      "mac-array: 5 problems with the parameters:
        - lanes is 0; it must be an integer from 1 to 256
        - "lane" is no parameter; known: lanes, wideBits, scaleBits, vectorSize, elementBits, pipelineStages, collectorDepth, accumulatorBits, scaleProductBits
        - "depth" is no parameter; known: collectorDepth, wideBits, lanes, scaleBits, vectorSize, elementBits, pipelineStages, scaleProductBits, accumulatorBits
        - wideBits 4 is not above elementBits 4, so the wide path would add nothing; set wideBits to 5..16, or to 0 to leave it out
        - scaleProductBits 17 is more than the product of two 8-bit scales has; the most is 16"
    `);
  });

  it("describes every parameter in order", () => {
    const described = macArrayParameters.describe();
    expect(described.map(({ name }) => name)).toEqual(macArrayParameters.names);
    for (const field of described) {
      expect("min" in field && field.min <= field.default && field.default <= field.max).toBe(true);
      expect(field.description.length).toBeGreaterThan(5);
    }
  });

  describe("choices and flags", () => {
    const set = defineParameters<{ kind: "fast" | "small"; extra: boolean; size: number }>({
      subject: "x",
      fields: {
        kind: { default: "small", choices: ["fast", "small"], description: "which one" },
        extra: { default: false, description: "one more" },
        size: { default: 3, min: 1, max: 9, description: "how many" },
      },
      checks: [{ reads: ["kind", "size"], refuse: (p) => (p.kind === "fast" && p.size > 4 ? "too many" : undefined) }],
    });

    it("take a name of the list, and yes or no", () => {
      expect(set.defaults).toEqual({ kind: "small", extra: false, size: 3 });
      expect(set.parse({ kind: "fast", extra: true })).toEqual({ kind: "fast", extra: true, size: 3 });
      expect(set.describe().map(acceptedValues)).toEqual(["fast, small", "true, false", "1 to 9"]);
    });

    it("refuse anything else with what there is", () => {
      expect(refusal(() => set.parse({ kind: "big", extra: 1, size: "2" })).problems).toEqual([
        'kind is "big"; it must be one of fast, small',
        "extra is 1; it must be true or false",
        'size is "2"; it must be an integer from 1 to 9',
      ]);
      expect(refusal(() => set.parse({ kind: 1 })).message).toBe("x: kind is 1; it must be one of fast, small");
      expect(refusal(() => set.parse({ kind: "fast", size: 5 })).message).toBe("x: too many");
    });
  });

  it("refuses a declaration whose own defaults break its rules", () => {
    const declare = () =>
      defineParameters<{ a: number }>({
        subject: "x",
        fields: { a: { default: 3, min: 0, max: 9, description: "odd" } },
        checks: [{ reads: ["a"], refuse: ({ a }) => (a % 2 ? "a is odd" : undefined) }],
      });
    expect(declare).toThrow("x: a is odd");
  });
});
