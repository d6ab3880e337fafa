import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifierCode, type VcdSignal, type VcdValue, VcdWriter } from "./vcd.ts";

function wave(signals: readonly VcdSignal[], samples: readonly [number, VcdValue[]][], end: number): string {
  const parts: string[] = [];
  const writer = new VcdWriter({ write: (text: string) => parts.push(text) }, { timescale: "1ns", signals });
  for (const [time, values] of samples) writer.sample(time, values);
  writer.finish(end);
  return parts.join("");
}

/** A reader of dumps, written from the standard's grammar: hierarchical name to its value text at every time stamp. */
function parse(text: string): { widths: Map<string, number>; at(time: number): Map<string, string>; end: number } {
  const tokens = text.split(/\s+/).filter((token) => token !== "");
  const names = new Map<string, string>();
  const widths = new Map<string, number>();
  const scope: string[] = [];
  const changes: { time: number; name: string; bits: string }[] = [];
  let time = 0;
  let i = 0;
  const next = (): string => tokens[i++]!;
  const skip = (): void => {
    while (next() !== "$end");
  };
  while (i < tokens.length) {
    const token = next();
    if (token === "$scope") {
      expect(next()).toBe("module");
      scope.push(next());
      expect(next()).toBe("$end");
    } else if (token === "$upscope") {
      scope.pop();
      skip();
    } else if (token === "$var") {
      next();
      const width = Number(next());
      const code = next();
      const name = [...scope, next()].join(".");
      const range = next();
      if (range !== "$end") {
        expect(range).toBe(`[${width - 1}:0]`);
        skip();
      }
      expect(names.has(code)).toBe(false);
      names.set(code, name);
      widths.set(name, width);
    } else if (token === "$dumpvars" || token === "$end") {
      // The block only marks the first values.
    } else if (token.startsWith("$")) skip();
    else if (token.startsWith("#")) time = Number(token.slice(1));
    else if (token.startsWith("b")) changes.push({ time, name: names.get(next())!, bits: token.slice(1) });
    else changes.push({ time, name: names.get(token.slice(1))!, bits: token[0]! });
  }
  expect(scope).toEqual([]);
  const at = (when: number): Map<string, string> => {
    const values = new Map<string, string>();
    for (const change of changes) {
      if (change.time > when) continue;
      const fill = change.bits.startsWith("x") ? "x" : "0";
      values.set(change.name, change.bits.padStart(widths.get(change.name)!, fill));
    }
    return values;
  };
  return { widths, at, end: time };
}

/** Two's complement digits, by the definition: bit i is floor(value / 2^i) mod 2. */
function digits(value: VcdValue, width: number): string {
  if (value === undefined) return "x".repeat(width);
  let text = "";
  for (let i = 0; i < width; i++) text = `${((BigInt(value) >> BigInt(i)) & 1n).toString()}${text}`;
  return text;
}

describe("VcdWriter", () => {
  it("writes a small wave as the standard shows it", () => {
    const text = wave(
      [
        { scope: ["top"], name: "clock", width: 1 },
        { scope: ["top", "lane_0"], name: "sum", width: 8 },
        { scope: ["top"], name: "valid", width: 1 },
      ],
      [
        [0, [0, -3, undefined]],
        [5, [1, -3, 1]],
        [10, [1, -3, 1]],
        [15, [0, 5, 1]],
      ],
      20,
    );
    expect(text).toBe(
      [
        "$version Lodestone $end",
        "$timescale 1ns $end",
        "$scope module top $end",
        "$var wire 1 ! clock $end",
        "$var wire 1 # valid $end",
        "$scope module lane_0 $end",
        '$var wire 8 " sum [7:0] $end',
        "$upscope $end",
        "$upscope $end",
        "$enddefinitions $end",
        "#0",
        "$dumpvars",
        "0!",
        'b11111101 "',
        "x#",
        "$end",
        "#5",
        "1!",
        "1#",
        "#15",
        "0!",
        'b101 "',
        "#20",
        "",
      ].join("\n"),
    );
  });

  it("gives back every value of random waves", () => {
    const widths = fc.array(fc.constantFrom(1, 2, 8, 31, 32, 33, 53, 54, 64, 65, 4096), { minLength: 1, maxLength: 6 });
    const cases = widths.chain((list) =>
      fc.record({
        list: fc.constant(list),
        rows: fc.array(fc.tuple(...list.map(valueOfWidth)), { minLength: 1, maxLength: 8 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ list, rows }) => {
        const signals = list.map((width, i) => ({ scope: i % 2 ? ["top", `m${i}`] : ["top"], name: `s${i}`, width }));
        const text = wave(
          signals,
          rows.map((row, i) => [i * 7, row]),
          1000,
        );
        const dump = parse(text);
        expect(dump.end).toBe(1000);
        rows.forEach((row, t) => {
          const values = dump.at(t * 7);
          signals.forEach(({ scope, name, width }, i) => {
            expect(values.get([...scope, name].join("."))).toBe(digits(row[i], width));
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  it("gives 20,000 signals different, printable, short codes", () => {
    const codes = Array.from({ length: 20_000 }, (_, i) => identifierCode(i));
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => /^[!-~]{1,3}$/.test(code))).toBe(true);
    expect(codes.filter((code) => code.length === 1)).toHaveLength(94);
    expect(codes.filter((code) => code.length === 2)).toHaveLength(94 * 94);
  });

  it("hands long waves to the sink in pieces", () => {
    const parts: string[] = [];
    const signals = [{ scope: ["top"], name: "count", width: 32 }];
    const writer = new VcdWriter({ write: (text: string) => parts.push(text) }, { timescale: "10 ps", signals });
    for (let t = 0; t < 20_000; t++) writer.sample(t, [t]);
    expect(parts.length).toBeGreaterThan(2);
    writer.finish(20_000);
    expect(parse(parts.join("")).at(12_345).get("top.count")).toBe(digits(12_345, 32));
  });

  it("refuses what cannot stand in a wave", () => {
    const sink = { write: () => undefined };
    const make = (name: string, width: number, timescale = "1ns") =>
      new VcdWriter(sink, { timescale, signals: [{ scope: ["top"], name, width }] });
    expect(() => make("two words", 1)).toThrow(/top\.two words.*without spaces/);
    expect(() => make("", 1)).toThrow(/without spaces/);
    expect(() => make("a", 0)).toThrow(/0 is not a number of bits/);
    expect(() => make("a", 1, "3ns")).toThrow(/timescale "3ns"/);
    const writer = make("a", 1);
    writer.sample(4, [0]);
    expect(() => writer.sample(4, [1])).toThrow(/time 4 is not an integer above 4/);
    expect(() => writer.sample(5, [1, 1])).toThrow(/2 values were given for 1 signals/);
  });
});

function valueOfWidth(width: number): fc.Arbitrary<VcdValue> {
  const max = (1n << BigInt(width)) - 1n;
  const min = -(1n << BigInt(width - 1));
  const wide = fc.bigInt({ min, max });
  const corner = fc.constantFrom<VcdValue[]>(0, 1, min, max, undefined);
  if (width > 53) return fc.oneof(wide, corner);
  return fc.oneof(wide.map(Number), corner);
}
