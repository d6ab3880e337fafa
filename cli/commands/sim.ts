import type { Command } from "commander";
import type { EngineName } from "../../hdl/index.ts";
import type { SimReport } from "../../tb/index.ts";
import { palette } from "../colour.ts";
import { addDesignArgument, configureDesign, describeParameters } from "../design.ts";
import { formatMismatches } from "../mismatch-report.ts";
import {
  addEngineOption,
  addExamples,
  addJsonOption,
  addSeedOption,
  type JsonOption,
  type ParameterOptions,
  wholeNumber,
} from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitFailed, exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { formatNumber } from "../table.ts";

interface SimOptions extends JsonOption, ParameterOptions {
  readonly engine: EngineName;
  readonly vectors: number;
  readonly seed: number;
  readonly wave?: string;
}

/** `lodestone sim`: random vectors and corner cases on a simulator, every output held against the golden model. */
export function define(command: Command, finish: Finish): void {
  addEngineOption(addDesignArgument(command));
  command.option("-n, --vectors <n>", "cycles with stimulus", wholeNumber(1, 100_000_000), 1000);
  addSeedOption(command);
  command.option("-w, --wave <file.vcd>", "write a wave; without it one is written when something differs");
  addJsonOption(command);
  addExamples(command, [
    ["lodestone sim vector-mac", "1000 vectors in this process"],
    ["lodestone sim mac-array --engine verilator --vectors 20000 --seed 7", "the emitted Verilog, compiled"],
    ["lodestone sim vector-mac --vectors 100 --wave lane.vcd", "with a wave"],
  ]);
  command.action(async (name: string, options: SimOptions) => {
    const design = await configureDesign(name, options);
    const { runSim } = await import("../../tb/index.ts");
    const { engine, seed, vectors, wave } = options;
    const report = await withProgress(`Simulating ${name} (${engine})`, (progress) =>
      runSim({
        design,
        engine,
        vectors,
        seed,
        wave,
        waveOnMismatch: `${name}-seed${seed}.vcd`,
        onProgress: (cycles) => progress.update(cycles, vectors),
      }),
    );
    if (options.json) printJson({ ok: report.mismatched === 0, ...report });
    else printText(formatSim(report));
    finish(report.mismatched === 0 ? exitGood : exitFailed);
  });
}

/** What a person reads of a simulation. */
export function formatSim(report: SimReport): string {
  const { bold, dim, green, red } = palette();
  const { compared, cycles, mismatched, seed, simulator, vectors, wave } = report;
  const lines = [
    `${bold(report.design)}  ${dim(describeParameters(report.parameters))}`,
    `${simulator}, ${formatNumber(vectors)} vectors, seed ${seed}, ${formatNumber(report.seconds, 2)} s`,
  ];
  const amount = `${formatNumber(compared)} outputs in ${formatNumber(cycles)} cycles`;
  if (mismatched === 0) {
    lines.push(`${green("equal")}  ${amount} are what the golden model says`);
  } else {
    lines.push(`${red("MISMATCH")}  ${formatNumber(mismatched)} of ${amount} differ from the golden model`);
    lines.push(formatMismatches(report.mismatches, mismatched), `again with --seed ${seed} --vectors ${vectors}`);
  }
  if (wave !== undefined) lines.push(`wave: ${wave}`);
  return lines.join("\n");
}
