import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What one run cost. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly megabytes: number;
}

const preload = new URL("report-cpu.mjs", import.meta.url).href;
const root = fileURLToPath(new URL("..", import.meta.url));

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs Node on a script as a process of its own and reports what the whole process cost, start-up included. */
export function measureNode(args: readonly string[], timeoutSeconds = 600): Cost {
  const started = performance.now();
  const run = spawnSync(process.execPath, ["--import", preload, ...args], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    timeout: timeoutSeconds * 1000,
    encoding: "utf8",
  });
  const wallSeconds = (performance.now() - started) / 1000;
  if (run.status !== 0) throw new Error(`node ${args.join(" ")} ended with ${run.status}: ${run.stderr.trim()}`);
  const { cpuSeconds, megabytes } = JSON.parse(run.output[3]!) as Cost;
  return { cpuSeconds, megabytes, wallSeconds };
}

/** Medians of several runs, the first of which only warms caches. */
export function measureNodeMedian(args: readonly string[], runs: number): Cost {
  measureNode(args);
  const costs = Array.from({ length: runs }, () => measureNode(args));
  return {
    cpuSeconds: median(costs.map((cost) => cost.cpuSeconds)),
    wallSeconds: median(costs.map((cost) => cost.wallSeconds)),
    megabytes: median(costs.map((cost) => cost.megabytes)),
  };
}

/** Processor and real seconds of a piece of this process. */
export async function measureHere<T>(body: () => T | Promise<T>): Promise<Cost & { readonly result: T }> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const result = await body();
  const used = process.cpuUsage(cpu);
  return {
    result,
    cpuSeconds: (used.user + used.system) / 1e6,
    wallSeconds: (performance.now() - started) / 1000,
    megabytes: process.memoryUsage.rss() / 2 ** 20,
  };
}
