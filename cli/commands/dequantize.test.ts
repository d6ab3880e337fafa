import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatNpy, readNpy } from "../../golden/index.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-dequantize-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const here = { cwd: scratch };
const at = (name: string): string => join(scratch, name);

const data = Float32Array.from({ length: 40 }, (_, i) => i - 20);
writeFileSync(at("a.npy"), formatNpy({ shape: [2, 20], data }));
writeFileSync(at("b.npy"), formatNpy({ shape: [2, 20], data }));
await callLodestone(["quantize", "a.npy", "--format", "int8", "--out", "a.safetensors"], here);
await callLodestone(["quantize", "a.npy", "b.npy", "--format", "mxfp8-e4m3", "--out", "ab.safetensors"], here);

test("one tensor as .npy, in float32 or float64", async () => {
  const { code, stdout, stderr } = await callLodestone(["dequantize", "a.safetensors", "--out", "out/a.npy"], here);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "1 tensor written to out/a.npy\n", stderr: "" });
  const back = readNpy(at("out/a.npy"));
  expect(back.shape).toEqual([2, 20]);
  expect(back.data).toBeInstanceOf(Float32Array);
  for (const [i, value] of data.entries()) expect(Math.abs((back.data[i] ?? 0) - value)).toBeLessThan(0.08);
  await expectJson(["dequantize", "a.safetensors", "--out", "a64.npy", "--dtype", "f64"], here);
  const wide = readNpy(at("a64.npy")).data;
  expect(wide).toBeInstanceOf(Float64Array);
  expect(Float32Array.from(wide)).toEqual(back.data);
});

test("several tensors as .safetensors", async () => {
  expect(await expectJson(["dequantize", "ab.safetensors", "--out", "ab2.safetensors"], here)).toEqual({
    ok: true,
    out: "ab2.safetensors",
    tensors: [
      { name: "a", format: "mxfp8-e4m3", shape: [2, 20] },
      { name: "b", format: "mxfp8-e4m3", shape: [2, 20] },
    ],
  });
});

/** The file a.safetensors with its header's text changed, and its length with it. */
function changed(name: string, change: (header: string) => string): string {
  const bytes = readFileSync(at("a.safetensors"));
  const length = Number(bytes.readBigUInt64LE(0));
  const header = Buffer.from(change(bytes.toString("utf8", 8, 8 + length)));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(at(name), Buffer.concat([size, header, bytes.subarray(8 + length)]));
  return name;
}

test("what does not fit is refused, and nothing is left behind", async () => {
  const layout = (from: string, to: string) => (header: string) => {
    expect(header).toContain(from);
    return header.replace(from, to);
  };
  const cases: [string[], RegExp][] = [
    [["ab.safetensors", "--out", "no.npy"], /a \.npy file holds one tensor, this file 2/],
    [["a.safetensors", "--out", "no.txt"], /\.safetensors and \.npy files are written/],
    [["a.safetensors"], /required option '-o, --out <file>'/],
    [["a.npy", "--out", "no.npy"], /a\.npy: this is no \.safetensors file|a\.npy: its header/],
    [["none.safetensors", "--out", "no.npy"], /no such file/],
    [
      [changed("v.safetensors", layout('"lodestone":"1"', '"lodestone":"2"')), "--out", "no.npy"],
      /version 2; version 1 is read/,
    ],
    [[changed("p.safetensors", layout('"lodestone":"1",', "")), "--out", "no.npy"], /holds no quantised tensors/],
    [
      [changed("f.safetensors", layout('\\"int8\\"', '\\"int9\\"')), "--out", "no.npy"],
      /format that is not known here: "int9"/,
    ],
    [[changed("g.safetensors", layout('\\"int8\\"', '\\"int4\\"')), "--out", "no.npy"], /no valid bits, 8/],
    [
      [changed("s.safetensors", layout("[2,20]", "[2,21]")), "--out", "no.npy"],
      /40 elements of type I8; its layout needs 42/,
    ],
    [[changed("h.safetensors", layout("[2,20]", "[1e9,1e9]")), "--out", "no.npy"], /no valid shape/],
    [[changed("n.safetensors", layout("[2,20]", "[-2,-20]")), "--out", "no.npy"], /no valid shape/],
    [[changed("x.safetensors", layout('\\"axis\\":1', '\\"axis\\":2')), "--out", "no.npy"], /no valid axis, 2/],
    [[changed("j.safetensors", layout('{\\"format', '[{\\"format')), "--out", "no.npy"], /no JSON object/],
    [[changed("m.safetensors", layout('"a.gamma"', '"a.delta"')), "--out", "no.npy"], /"a\.gamma" is missing/],
  ];
  for (const [args, message] of cases) await expectRefusal(["dequantize", ...args], message, here);
  expect(readdirSync(scratch).filter((name) => name.startsWith("no") || name.includes("tmp"))).toEqual([]);
});
