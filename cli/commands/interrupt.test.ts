import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/lodestone.mjs", import.meta.url));

/** Starts a run that would take hours, sends it a signal while it simulates, and waits for its end. */
async function interrupt(engine: string, signal: NodeJS.Signals): Promise<NodeJS.Signals | number | "late" | null> {
  const size = ["--set", "vectorSize=4", "--set", "wideBits=0", "--vectors", "100000000"];
  const child = spawn(process.execPath, [bin, "sim", "vector-mac", ...size, "--engine", engine], { stdio: "ignore" });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.on("exit", (code, by) => resolve(by ?? code));
  });
  // Long enough for the simulation to have begun; a build before it ends by a signal as well.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  child.kill(signal);
  const late = new Promise<"late">((resolve) => setTimeout(() => resolve("late"), 5000));
  const outcome = await Promise.race([ended, late]);
  if (outcome === "late") child.kill("SIGKILL");
  return outcome;
}

test.each([
  ["inprocess", "SIGINT"],
  ["verilator", "SIGINT"],
  ["icarus", "SIGTERM"],
] as const)("a simulation on %s ends at once by %s", async (engine, signal) => {
  expect(await interrupt(engine, signal)).toBe(signal);
});
