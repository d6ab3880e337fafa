import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatNpy, openQuantized, quantize, readNpy } from "../../golden/index.ts";
import { createSafetensors, openSafetensors } from "../../golden/safetensors/index.ts";
import { formatNames } from "../../spec/index.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-quantize-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const here = { cwd: scratch };
const at = (name: string): string => join(scratch, name);

function npy(name: string, shape: number[], value: (i: number) => number): string {
  const count = shape.reduce((product, size) => product * size, 1);
  writeFileSync(at(name), formatNpy({ shape, data: Float32Array.from({ length: count }, (_, i) => value(i)) }));
  return name;
}

const wave = npy("wave.npy", [3, 5, 40], (i) => Math.sin(i * 1.7) * (1 + (i % 7)));
const other = npy("other.npy", [70], (i) => Math.cos(i));

/** A model: two float tensors of two types, and one of integers. */
function model(): string {
  const writer = createSafetensors(at("model.safetensors"), 1000);
  const bytes = (data: Float32Array): Uint8Array => new Uint8Array(data.buffer);
  writer.add("encoder.0.weight", "F32", [2, 48], bytes(Float32Array.from({ length: 96 }, (_, i) => Math.sin(i))));
  writer.add("encoder.0.bias", "BF16", [4], Uint8Array.of(0x80, 0x3f, 0, 0xc0, 0x40, 0x40, 0, 0));
  writer.add("position_ids", "I64", [1], new Uint8Array(8));
  writer.finish();
  return "model.safetensors";
}
model();

test.each(formatNames)("%s: what is written is decoded to what was measured", async (format) => {
  const out = `${format}.safetensors`;
  const report = (await expectJson(["quantize", wave, other, "--format", format, "--out", out], here)) as {
    tensors: { name: string; results: { sqnr: number; mse: number; bitsPerElement: number }[] }[];
  };
  expect(report.tensors.map(({ name }) => name)).toEqual(["wave", "other"]);
  await expectJson(["dequantize", out, "--out", `${format}.back.safetensors`, "--dtype", "f64"], here);
  const back = openSafetensors(at(`${format}.back.safetensors`));
  for (const { name, results } of report.tensors) {
    const original = readNpy(at(`${name}.npy`));
    const decoded = back.readTensor(name);
    expect(decoded.shape).toEqual(original.shape);
    const errors = Array.from(original.data, (x, i) => (x - (decoded.data[i] ?? 0)) ** 2);
    const mse = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(mse).toBeCloseTo(results[0]!.mse, 12);
    expect(results[0]!.sqnr).toBeGreaterThan(format === "int3" ? 5 : 10);
    // A tail of a vector costs a whole scale, and "other" is short.
    expect(results[0]!.bitsPerElement).toBeLessThan(9);
  }
  back.close();
});

test("a table for a person, one line per tensor and one for all", async () => {
  const { code, stdout, stderr } = await callLodestone(
    ["quantize", wave, other, "--format", "int4-vsq", "--clip", "octav"],
    here,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^int4-vsq octav\ntensor +shape +bits +SQNR dB +MSE .* rounds\nwave +3 x 5 x 40 /);
  expect(stdout).toMatch(/^all +670 +4\.\d{3} /m);
});

test("a model: chosen tensors, integers left out with a note, another axis, more options", async () => {
  const { code, stdout, stderr } = await callLodestone(["quantize", "model.safetensors", "--format", "mxfp4"], here);
  expect(code).toBe(0);
  expect(stderr).toBe("left out, not floating point: position_ids (I64)\n");
  expect(stdout).toMatch(/^encoder\.0\.bias +4 /m);
  const args = ["quantize", "model.safetensors", "--tensor", "*.weight", "--format", "int6-vsq", "--vector", "16"];
  const more = [
    "--scale-bits",
    "10",
    "--coarse",
    "row",
    "--axis",
    "0",
    "--clip",
    "mse",
    "--policy",
    "rounding=half-away",
    "--policy",
    "tail=pad",
  ];
  const report = await expectJson([...args, ...more], here);
  const options = { vector: 16, scaleBits: 10, coarse: "row", axis: 0, clip: "mse", rounding: "half-away" };
  expect(report).toMatchObject({ tensors: [{ name: "encoder.0.weight", results: [{ format: "int6-vsq", options }] }] });
});

test("reports as JSON and as a page without scripts or addresses", async () => {
  await expectJson(["quantize", wave, "--format", "nvfp4", "--report", "deep/r.json"], here);
  expect(JSON.parse(readFileSync(at("deep/r.json"), "utf8"))).toMatchObject({
    tensors: [
      {
        name: "wave",
        shape: [3, 5, 40],
        elements: 600,
        results: [{ format: "nvfp4", clippedShare: expect.any(Number) }],
      },
    ],
    total: [{ label: "nvfp4" }],
  });
  npy("<b>&.npy", [64], (i) => i);
  await expectJson(["quantize", "<b>&.npy", wave, "--format", "int4", "--clip", "octav", "--report", "r.html"], here);
  const page = readFileSync(at("r.html"), "utf8");
  expect(page).toContain("<h2>&lt;b&gt;&amp;</h2>");
  expect(page).not.toMatch(/<b>|<script|https?:|url\(|NaN|undefined|Infinity/);
  expect(page.match(/<svg class="plot"/g)).toHaveLength(3);
});

test("a tensor without error is null in JSON and exact in words", async () => {
  npy("zeros.npy", [16], () => 0);
  expect(await expectJson(["quantize", "zeros.npy", "--format", "int8"], here)).toMatchObject({
    tensors: [{ results: [{ sqnr: null, mse: 0, zeroCodeShare: 1 }] }],
  });
  const { stdout } = await callLodestone(["quantize", "zeros.npy", "--format", "mxint8", "--report", "z.html"], here);
  expect(stdout).toMatch(/^zeros +16 .* exact /m);
  expect(readFileSync(at("z.html"), "utf8")).not.toMatch(/NaN|undefined|Infinity/);
});

test("NaN is refused with its place, or replaced and counted when asked", async () => {
  npy("nan.npy", [2, 8], (i) => (i === 11 ? Number.NaN : i));
  const args = ["quantize", wave, "nan.npy", "--format", "int4", "--out", "nan.safetensors", "--report", "nan.json"];
  await expectRefusal(args, /nan\[1, 3\] is NaN/, here);
  expect(existsSync(at("nan.safetensors")) || existsSync(at("nan.json"))).toBe(false);
  const { stdout } = await callLodestone([...args, "--nonfinite", "saturate"], here);
  expect(stdout).toMatch(/^1 NaN or infinities were replaced$/m);
});

test("wrong use and bad files are refused in one line, and nothing is left behind", async () => {
  npy("empty.npy", [0, 4], () => 0);
  npy("single.npy", [], () => 1);
  writeFileSync(at("bad.safetensors"), Buffer.from("\u0005\0\0\0\0\0\0\0{not json", "latin1"));
  writeFileSync(at("bad.npz"), "PK");
  const q = (...args: string[]) => ["quantize", "--out", "no.safetensors", ...args];
  const cases: [string[], RegExp][] = [
    [["quantize", wave], /required option '-f, --format <format>' not specified/],
    [["quantize", "--format", "int4"], /missing required argument 'input'/],
    [q(wave, "--format", "int5"), /no format "int5"; nearest: /],
    [q(wave, "--format", "int4", "--clip", "octave"), /no clipping rule "octave"/],
    [q(wave, "--format", "int4", "--clip", "percentile:0"), /percentile is a number above 0/],
    [q(wave, "--format", "mxfp4", "--clip", "octav"), /mxfp4 takes its scales from the maximum/],
    [q(wave, "--format", "int4", "--vector", "16"), /int4 has no vectors/],
    [q(wave, "--format", "int4-vsq", "--vector", "300"), /whole number from 8 to 256/],
    [q(wave, "--format", "int4-vsq", "--axis", "3"), /wave: there is no axis 3 in the shape 3 x 5 x 40/],
    [q(wave, "--format", "int4-vsq", "--policy", "tail=refuse"), /no whole number of vectors of 64/],
    [q(wave, "--format", "int4-vsq", "--policy", "tails=refuse"), /no such policy; nearest: tail/],
    [q(wave, "--format", "int4-vsq", "--policy", "tail=x"), /tail is one of pad, refuse/],
    [q(wave, "--format", "int4-vsq", "--policy", "tail"), /give a name and a value/],
    [q(wave, "--format", "int4", "--unsigned"), /unsigned codes have no negative numbers/],
    [q(wave, "--format", "int4", "--report", "r.txt"), /ends in neither \.json nor \.html/],
    [["quantize", wave, "--format", "int4", "--out", "no.npy"], /written as \.safetensors/],
    [q(wave, wave, "--format", "int4"), /both hold a tensor "wave"/],
    [q(wave, "--format", "int4", "--tensor", "wvae"), /--tensor wvae: no tensor has such a name; .* wave/],
    [q("model.safetensors", "--format", "int4", "--tensor", "pos*"), /position_ids \(I64\) hold no floating point/],
    [q("none.npy", "--format", "int4"), /none\.npy: there is no such file/],
    [q("none.txt", "--format", "int4"), /\.safetensors, \.npz and \.npy files are read/],
    [q("empty.npy", "--format", "int4"), /empty: the shape is 0 x 4/],
    [q("single.npy", "--format", "int4"), /single: the tensor has rank 0/],
    [q("bad.safetensors", "--format", "int4"), /bad\.safetensors: its header is not valid/],
    [q("bad.npz", "--format", "int4"), /bad\.npz: the file has 2 bytes/],
    [["quantize", wave, "--format", "int4", "--out", "wave.npy/x.safetensors"], /cannot write .*not a folder/],
  ];
  for (const [args, message] of cases) await expectRefusal(args, message, here);
  expect(readdirSync(scratch).filter((name) => name.startsWith("no") || name.includes("tmp"))).toEqual([]);
});

test("a vector size that was asked for and does not divide is refused; the format's own fills up", async () => {
  const args = ["quantize", wave, "--format", "int4-vsq", "--out", "uneven.safetensors"];
  await expectRefusal(
    [...args, "--vector", "16"],
    /wave: 40 elements along axis 2 are no whole number of vectors of 16; take a size that divides/,
    here,
  );
  expect(existsSync(at("uneven.safetensors"))).toBe(false);
  await expectJson([...args, "--vector", "8"], here);
  await expectJson([...args, "--vector", "16", "--policy", "tail=pad"], here);
  await expectJson(args, here);
  const formats = ["--formats", "int4-vsq,mxfp4,int4", "--vector", "16"];
  await expectRefusal(["compare", wave, ...formats], /are no whole number of vectors of 16/, here);
  await expectJson(["compare", other, "--formats", "mxfp4,int4-vsq", "--vector", "10", "--html", "u.html"], here);
});

test("tensors that go to threads come out in order and in every bit as in one thread", async () => {
  const sizes = [70_000, 3, 66_000, 80_000, 65_536, 10];
  const writer = createSafetensors(at("many.safetensors"), 2000);
  const tensors = sizes.map((size, t) => ({
    name: `t${t}`,
    shape: [1, size],
    data: Float32Array.from({ length: size }, (_, i) => Math.sin(i * (t + 1)) ** 3),
  }));
  for (const { name, shape, data } of tensors) writer.add(name, "F32", shape, new Uint8Array(data.buffer));
  writer.finish();
  await expectJson(
    ["quantize", "many.safetensors", "--format", "int4-vsq", "--clip", "octav", "--out", "m.safetensors"],
    here,
  );
  const file = openQuantized(at("m.safetensors"));
  expect([...file.layouts.keys()]).toEqual(tensors.map(({ name }) => name));
  for (const tensor of tensors) {
    const { codes, gamma, scales } = quantize(tensor, { format: "int4-vsq", clip: "octav" });
    const read = file.read(tensor.name);
    expect(Buffer.from(read.codes).equals(Buffer.from(codes))).toBe(true);
    expect([...(read.scales ?? [])]).toEqual([...(scales ?? [])]);
    expect(read.gamma).toEqual(gamma);
  }
  file.close();
});
