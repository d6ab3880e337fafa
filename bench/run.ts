import { cpus, loadavg } from "node:os";
import { formatNumber, formatTable } from "../cli/table.ts";
import { emission } from "./emission.ts";
import type { Benchmark } from "./figure.ts";
import { gemm } from "./gemm.ts";
import { octavBenchmark } from "./octav.ts";
import { quantizeBenchmark } from "./quantize.ts";
import { quantizer } from "./quantizer.ts";
import { scale } from "./scale.ts";
import { simulation } from "./simulation.ts";
import { start } from "./start.ts";
import { synthesis } from "./synthesis.ts";
import { types } from "./types.ts";

const benchmarks: readonly Benchmark[] = [
  emission,
  gemm,
  octavBenchmark,
  quantizeBenchmark,
  quantizer,
  scale,
  simulation,
  synthesis,
  start,
  types,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  const names = benchmarks.map(({ name }) => name).join(", ");
  console.error(`bench: there is no benchmark ${unknown.join(", ")}; there are ${names}`);
  process.exit(2);
}

const machine = `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
console.log(`${new Date().toISOString().slice(0, 10)}, ${machine}, load ${loadavg()[0]!.toFixed(1)}`);
let missed = 0;
for (const benchmark of benchmarks) {
  if (wanted.length > 0 && !wanted.includes(benchmark.name)) continue;
  console.log(`\n${benchmark.name}: ${benchmark.summary}`);
  const rows = (await benchmark.run()).map(({ name, value, unit, goal, met }) => {
    if (met === false) missed++;
    const digits = value >= 1000 ? 0 : value >= 100 ? 1 : 2;
    return [`  ${name}`, formatNumber(value, digits), unit, goal, met === undefined ? "" : met ? "met" : "MISSED"];
  });
  const columns = [{ title: "" }, { title: "", align: "right" as const }, { title: "" }, { title: "" }, { title: "" }];
  console.log(formatTable(columns, rows));
}
process.exitCode = missed > 0 ? 1 : 0;
