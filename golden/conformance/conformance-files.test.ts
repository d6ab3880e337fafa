import { describe, expect, it } from "vitest";
import { type FormatName, formatDeclaration, formatNames, policies } from "../../spec/index.ts";
import { allConformanceCases } from "./conformance-cases.ts";
import { conformanceFiles } from "./conformance-files.ts";

interface Result {
  input: string;
  codes: number[];
  scales?: number[];
  gamma?: string[];
  decoded: string[];
  refused?: true;
}

const files = new Map(conformanceFiles().map(({ content, path }) => [path, content]));
const manifest = JSON.parse(files.get("manifest.json") ?? "") as {
  inputs: { name: string; shape: number[]; file: string }[];
  conversions: string[];
  formats: { format: FormatName; file: string; cases: string[] }[];
};

function results(format: FormatName, id: string): Map<string, Result> {
  const file = JSON.parse(files.get(`formats/${format}.json`) ?? "") as { cases: { id: string; results: Result[] }[] };
  const found = file.cases.find((one) => one.id === id);
  return new Map(found?.results.map((result) => [result.input, result]));
}

function input(name: string): { values: number[]; shape: number[] } {
  const rows = (files.get(`inputs/${name}.csv`) ?? "").trim().split("\n").slice(1);
  const values = rows.map((row) => Buffer.from(row.split(",")[1] ?? "", "hex").readFloatBE());
  return { values, shape: manifest.inputs.find((one) => one.name === name)?.shape ?? [] };
}

const double = (bits: string): number => Buffer.from(bits, "hex").readDoubleBE();
const single = (bits: string): number => Buffer.from(bits, "hex").readFloatBE();

describe("the set", () => {
  it("names every file, and every format has every policy that bears on it", () => {
    const named = [...manifest.inputs, ...manifest.formats].map(({ file }) => file);
    expect([...named, ...manifest.conversions, "README.md", "manifest.json"].toSorted()).toEqual(
      [...files.keys()].toSorted(),
    );
    expect(manifest.formats.map(({ format }) => format)).toEqual(formatNames);
    for (const { format, cases } of manifest.formats) {
      expect(new Set(cases).size).toBe(cases.length);
      for (const { name, formats } of policies) {
        // Float32 input cannot make the scales of the other formats overflow.
        const shows = formats.includes(format) && (name !== "scaleOverflow" || format === "mxint8");
        expect([format, name, cases.some((id) => id.includes(`${name}=`))]).toEqual([format, name, shows]);
      }
    }
  });

  it("is the same every time", () => {
    expect(new Map(conformanceFiles().map(({ content, path }) => [path, content]))).toEqual(files);
  });

  it("has for every case an input that shows it: no two cases of a format agree everywhere", () => {
    const alike: string[] = [];
    for (const [format, cases] of allConformanceCases()) {
      const seen = new Map<string, string>();
      for (const { id } of cases) {
        // With wide elements the exponent of least error is on these inputs always that of one of the rules.
        if (id === "clip=mse" && !formatDeclaration(format).clips) continue;
        const found = [...results(format, id).values()].map(({ decoded: _, ...result }) => result);
        const text = JSON.stringify(found);
        const twin = seen.get(text);
        if (twin !== undefined) alike.push(`${format}: ${twin} and ${id}`);
        seen.set(text, id);
      }
    }
    expect(alike).toEqual([]);
  });

  it("writes inputs as bits and as numbers that agree", () => {
    for (const { file } of manifest.inputs) {
      for (const row of (files.get(file) ?? "").trim().split("\n").slice(1)) {
        const [, bits = "", text] = row.split(",");
        expect(Object.is(single(bits), Number(text))).toBe(true);
      }
    }
  });
});

describe("expected bits against a few lines written from the documentation", () => {
  const e2m1 = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
  /** Nearest code, ties to the even one. */
  const toE2m1 = (value: number): number => {
    const magnitude = Math.abs(value);
    let best = 0;
    for (let code = 1; code < 8; code++) {
      const [old, now] = [Math.abs(magnitude - (e2m1[best] ?? 0)), Math.abs(magnitude - (e2m1[code] ?? 0))];
      if (now < old || (now === old && code % 2 === 0)) best = code;
    }
    return best + (value < 0 || Object.is(value, -0) ? 8 : 0);
  };

  it("mxfp4", () => {
    const { values } = input("gauss");
    const { codes, scales = [] } = results("mxfp4", "default").get("gauss") as Result;
    for (let block = 0; block < values.length / 32; block++) {
      const part = values.slice(32 * block, 32 * block + 32);
      const exponent = Math.floor(Math.log2(Math.max(...part.map(Math.abs)))) - 2;
      expect(scales[block]).toBe(exponent + 127);
      expect(codes.slice(32 * block, 32 * block + 32)).toEqual(part.map((x) => toE2m1(x / 2 ** exponent)));
    }
  });

  it("int4-vsq", () => {
    const { values } = input("gauss");
    const { codes, gamma, scales } = results("int4-vsq", "default").get("gauss") as Result;
    const maxima = [0, 1, 2, 3].map((i) => Math.max(...values.slice(64 * i, 64 * i + 64).map(Math.abs)));
    const most = Math.max(...maxima);
    expect(gamma?.map(double)).toEqual([most / (7 * 255)]);
    expect(scales).toEqual(maxima.map((m) => Math.round((255 * m) / most)));
    // No ties here: Math.round does.
    expect(codes).toEqual(values.map((x, i) => Math.round((7 * x) / (maxima[i >> 6] ?? 1)) & 15));
  });

  it("the worked case of OCTAV", () => {
    const { gamma } = results("int4", "clip=octav").get("worked") as Result;
    expect(gamma?.map(double)).toEqual([6144 / 775 / 7]);
  });

  it("decoded values are code x scale x gamma", () => {
    const nvfp4 = results("nvfp4", "default").get("heavy") as Result;
    const scale = (code: number): number => (code < 8 ? code / 512 : (8 + (code % 8)) * 2 ** ((code >> 3) - 10));
    const gamma = single(nvfp4.gamma?.[0] ?? "");
    expect(nvfp4.decoded.map(single)).toEqual(
      nvfp4.codes.map((code, i) => {
        const element = (code & 8 ? -1 : 1) * (e2m1[code & 7] ?? 0);
        return Math.fround(element * scale(nvfp4.scales?.[i >> 4] ?? 0) * gamma);
      }),
    );
    const int8 = results("int8", "default").get("heavy") as Result;
    expect(int8.decoded.map(double)).toEqual(
      int8.codes.map((code) => (code > 127 ? code - 256 : code) * double(int8.gamma?.[0] ?? "") + 0),
    );
  });

  it("E2M1 conversions, in each rounding, against its eight magnitudes", () => {
    const rows = (files.get("conversions/e2m1-encode.csv") ?? "").trim().split("\n").slice(1);
    expect(rows.length).toBeGreaterThan(80);
    for (const row of rows) {
      const [bits = "", , even, away, up, zero] = row.split(",");
      const value = single(bits);
      const magnitude = Math.min(6, Math.abs(value));
      const low = e2m1.findLastIndex((one) => one <= magnitude);
      const high = Math.min(7, low + 1);
      const middle = ((e2m1[low] ?? 0) + (e2m1[high] ?? 0)) / 2;
      const sign = value < 0 || Object.is(value, -0) ? 8 : 0;
      const nearest = (tie: number): string =>
        String(sign + (magnitude === middle ? tie : magnitude > middle ? high : low));
      expect([row, even, away, up, zero]).toEqual([
        row,
        String(toE2m1(value)),
        nearest(high),
        nearest(sign ? low : high),
        String(sign + low),
      ]);
    }
  });

  it("what is to be refused is", () => {
    expect(results("mxfp4", "default").get("nonfinite")).toEqual({ input: "nonfinite", refused: true });
    expect(results("mxfp4", "nonfinite=propagate").get("nonfinite")?.scales).toEqual([255, 127]);
    expect(results("int4", "unsigned=true").get("gauss")?.refused).toBe(true);
    expect(results("int4-vsq", "tail=refuse").get("tail")?.refused).toBe(true);
  });
});
