import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createQuantized, dequantize, type QuantizeOptions, quantize } from "../golden/index.ts";
import { formatDeclarations, formatNames, minifloatFormats, minifloatLargest } from "../spec/index.ts";
import { policyTable } from "./policy-table.ts";
import { readRepositoryFile } from "./repository-files.ts";

const numerics = readRepositoryFile("docs/numerics.md");

describe("docs/numerics.md", () => {
  it("has the table of policies as spec/formats/policies.ts declares them", () => {
    const table = /<!-- policies[^>]*-->\n\n([\s\S]*?)\n\n<!-- end of policies -->/.exec(numerics)?.[1];
    expect(table).toBe(policyTable());
  });

  it("names every format", () => {
    const formats = /## Formats\n([\s\S]*?)\n### /.exec(numerics)?.[1] ?? "";
    // `int8-vsq` to `int3-vsq` stand for those between them.
    const missing = formatNames.filter((name) => !formats.includes(`\`${name}\``));
    expect(missing).toEqual(["int6-vsq", "int4-vsq"]);
  });

  it.each(["e2m1", "e2m3", "e3m2", "e4m3", "e5m2", "ue4m3", "e8m0"] as const)("lays out %s as declared", (name) => {
    const row = numerics.split("\n").find((line) => line.startsWith(`| ${name.toUpperCase()} |`));
    const declared = minifloatFormats[name];
    const [, , bits, bias, largest] = row?.split("|").map((cell) => cell.trim()) ?? [];
    expect(bits).toBe(`${declared.signed ? 1 : 0} ${declared.exponentBits} ${declared.mantissaBits}`);
    expect(bias).toBe(String(declared.bias));
    expect(largest).toBe(name === "e8m0" ? "2^127" : String(minifloatLargest(declared)));
  });
});

describe("the decoder in docs/quantize.md", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lodestone-decoder-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, "decode.mjs");
  const block = /```js\n([\s\S]*?)```/.exec(readRepositoryFile("docs/quantize.md"))?.[1] ?? "";
  writeFileSync(program, block);
  const { decodeFile } = (await import(pathToFileURL(program).href)) as {
    decodeFile(path: string): Map<string, { shape: number[]; data: Float64Array }>;
  };

  const data = Float32Array.from({ length: 2 * 3 * 75 }, (_, i) => Math.sin(i * i) * 2 ** (i % 9));
  const tensor = { name: "a.b", shape: [2, 3, 75], data };
  const positive = { name: "p", shape: [2, 3, 75], data: data.map(Math.abs) };

  it("needs nothing of ours", () => {
    expect(block).toContain("decodeFile");
    expect(block.match(/from "[^"]*"/g)).toEqual(['from "node:fs"']);
  });

  it.each(formatNames)("decodes %s to what dequantize gives", (format) => {
    const path = join(folder, `${format}.safetensors`);
    const { coarse, element, scale } = formatDeclarations[format];
    const ways: QuantizeOptions[] = [{ format }, { format, axis: 0 }, { format, axis: 1 }];
    if (coarse === "float64") ways.push({ format, coarse: "row", axis: 1 });
    if (scale === "unsigned") ways.push({ format, scaleBits: 10, vector: 8, coarse: "row" });
    if (coarse === "float64" && element.kind === "integer") ways.push({ format, unsigned: true });
    if (scale === "e8m0") ways.push({ format, nonfinite: "propagate" });
    const made = ways.map((way, i) => {
      const source = way.unsigned ? positive : tensor;
      const values = source.data.slice();
      if (way.nonfinite) values[40] = Number.NaN;
      return quantize({ ...source, data: values, name: `${source.name}.${i}` }, way);
    });
    const writer = createQuantized(
      path,
      made.map(({ name, shape }) => ({ name, rank: shape.length })),
    );
    for (const quantized of made) writer.add(quantized);
    writer.finish();
    const decoded = decodeFile(path);
    expect(decoded.size).toBe(made.length);
    for (const quantized of made) {
      const expected = dequantize(quantized);
      expect(decoded.get(quantized.name)).toEqual({ shape: [2, 3, 75], data: Float64Array.from(expected.data) });
    }
  });
});
