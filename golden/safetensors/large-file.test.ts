import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lodestone-large-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of 2 GiB that takes no room on the disk: all its tensors are zero. */
function sparseFile(tensors: number, elements: number): string {
  const path = join(folder, "large.safetensors");
  const header = Object.fromEntries(
    Array.from({ length: tensors }, (_, i) => [
      `t${i}`,
      { dtype: "BF16", shape: [elements], data_offsets: [2 * elements * i, 2 * elements * (i + 1)] },
    ]),
  );
  const text = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(8 + text.length);
  start.writeBigUInt64LE(BigInt(text.length));
  start.set(text, 8);
  const file = openSync(path, "w");
  writeSync(file, start);
  ftruncateSync(file, start.length + 2 * elements * tensors);
  closeSync(file);
  return path;
}

test("2 GiB are read tensor by tensor in little more memory than the largest tensor takes", () => {
  const path = sparseFile(256, 2 ** 22);
  const script = `
    import { openSafetensors } from ${JSON.stringify(new URL("./read-safetensors.ts", import.meta.url).href)};
    const file = openSafetensors(process.argv[1]);
    const before = process.resourceUsage().maxRSS;
    let sum = 0;
    for (const { name } of file.entries.slice(0, 32)) sum += file.readTensor(name).data.length;
    sum += file.readTensor(file.entries.at(-1).name).data.length;
    console.log(sum, Math.round((process.resourceUsage().maxRSS - before) / 1024));
  `;
  const args = ["--import", "tsx", "--input-type=module", "--eval", script, path];
  const output = execFileSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
  const [sum, megabytes] = output.trim().split(" ").map(Number);
  expect(sum).toBe(33 * 2 ** 22);
  // A tensor is 16 MiB as float32; the rest is what the garbage collector has not yet taken away.
  expect(megabytes).toBeLessThan(300);
});
