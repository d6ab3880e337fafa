import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Benchmark, below, plain } from "./figure.ts";
import { measureNodeMedian } from "./measure.ts";

/** The chip's array from class to Verilog files, as a whole process. */
export const emission: Benchmark = {
  name: "emission",
  summary: "mac-array at chip size: elaborate, check, emit; whole process, start-up included",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "lodestone-bench-"));
    try {
      const command = ["bin/lodestone.mjs", "generate", "mac-array", "--vectors", "0", "--out", folder];
      const cost = measureNodeMedian(command, 5);
      const start = measureNodeMedian(["bin/lodestone.mjs", "--version"], 5);
      return [
        below("processor time", cost.cpuSeconds, "s", 1),
        plain("real time", cost.wallSeconds, "s"),
        plain("peak memory", cost.megabytes, "MB"),
        plain("of which start-up (lodestone --version), processor time", start.cpuSeconds, "s"),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
