import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { interruptible, mapInTurn } from "./interruptible.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-interrupt-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("without a signal all items are worked through and nothing is cleaned up", async () => {
  const cleanUp = vi.fn();
  const listeners = process.listenerCount("SIGINT");
  const run = (work: (item: number, i: number) => number) => interruptible(cleanUp, () => mapInTurn([3, 4], work));
  expect(await run((item, i) => item * 10 + i)).toEqual([30, 41]);
  await expect(
    run(() => {
      throw new Error("broken");
    }),
  ).rejects.toThrow("broken");
  expect(cleanUp).not.toHaveBeenCalled();
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});

/** A file of many tensors of zeros that takes no room on the disk. */
function longWork(): string {
  const path = join(scratch, "long.safetensors");
  const bytes = 2 ** 20;
  const entries = Array.from({ length: 2000 }, (_, i) => [
    `t${i}`,
    { dtype: "F32", shape: [bytes / 4], data_offsets: [bytes * i, bytes * (i + 1)] },
  ]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, "w");
  writeSync(file, Buffer.concat([start, header]));
  ftruncateSync(file, 8 + header.length + bytes * entries.length);
  closeSync(file);
  return path;
}

test("Ctrl-C ends quantize with 130 and takes its temporary file away", async () => {
  const program = fileURLToPath(new URL("../bin/lodestone.mjs", import.meta.url));
  const args = [program, "quantize", longWork(), "--format", "int4", "--out", join(scratch, "out.safetensors")];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: "ignore",
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await vi.waitFor(() => expect(readdirSync(scratch).some((name) => name.endsWith(".tmp"))).toBe(true), 30_000);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(readdirSync(scratch)).toEqual(["long.safetensors"]);
});
