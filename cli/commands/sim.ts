import type { Command } from "commander";
import type { EngineName } from "../../hdl/index.ts";
import type { SimReport } from "../../tb/index.ts";
import { palette } from "../colour.ts";
import { headLine } from "../design.ts";
import { formatMismatches } from "../mismatch-report.ts";
import { formatModuleSim, moduleSimJson } from "../module-sim-report.ts";
import {
  addEngineOption,
  addExamples,
  addJsonOption,
  addSeedOption,
  type JsonOption,
  wholeNumber,
} from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitFailed, exitGood } from "../report-error.ts";
import { verilogSimulator } from "../simulator-choice.ts";
import type { Finish } from "../subcommand.ts";
import { addSubjectArgument, buildSubject, readSubject, type Subject, type SubjectOptions } from "../subject.ts";
import { formatNumber } from "../table.ts";

interface SimOptions extends JsonOption, SubjectOptions {
  readonly engine: EngineName;
  readonly vectors: number;
  readonly seed: number;
  readonly wave?: string;
}

/**
 * `lodestone sim`: random vectors and corner cases on a simulator, every output held against the golden model; of a module
 * in a file, in this process and in a simulator of the emitted Verilog.
 */
export function define(command: Command, finish: Finish): void {
  addEngineOption(addSubjectArgument(command));
  command.option("-n, --vectors <n>", "cycles with stimulus", wholeNumber(1, 100_000_000), 1000);
  addSeedOption(command);
  command.option("-w, --wave <file.vcd>", "write a wave; without it one is written when something differs");
  addJsonOption(command);
  addExamples(command, [
    ["lodestone sim vector-mac", "1000 vectors in this process"],
    ["lodestone sim mac-array --engine verilator --vectors 20000 --seed 7", "the emitted Verilog, compiled"],
    ["lodestone sim vector-mac --vectors 100 --wave lane.vcd", "with a wave"],
    ["lodestone sim --file counter.ts --set limit=9", "a module of your own, against its Verilog"],
  ]);
  command.action(async (name: string | undefined, options: SimOptions) => {
    const subject = await readSubject("sim", name, options);
    if (subject.kind === "built-in") return simulateDesign(subject, options, finish);
    const asked = command.getOptionValueSource("engine") === "default" ? undefined : options.engine;
    return simulateModule(subject, options, asked, finish);
  });
}

const waveName = (name: string, seed: number): string => `${name}-seed${seed}.vcd`;

async function simulateDesign(
  { configured, name }: Extract<Subject, { kind: "built-in" }>,
  options: SimOptions,
  finish: Finish,
): Promise<void> {
  const { runSim } = await import("../../tb/index.ts");
  const { engine, seed, vectors, wave } = options;
  const report = await withProgress(`Simulating ${name} (${engine})`, (progress) =>
    runSim({
      design: configured,
      engine,
      vectors,
      seed,
      wave,
      waveOnMismatch: waveName(name, seed),
      onProgress: (cycles) => progress.update(cycles, vectors),
    }),
  );
  if (options.json) printJson({ ok: report.mismatched === 0, ...report });
  else printText(formatSim(report));
  finish(report.mismatched === 0 ? exitGood : exitFailed);
}

/** @param asked the engine that was asked for; whichever is installed when none was */
async function simulateModule(
  subject: Subject,
  options: SimOptions,
  asked: EngineName | undefined,
  finish: Finish,
): Promise<void> {
  const { name, parameters } = subject;
  const { runModuleSim } = await import("../../tb/index.ts");
  const { seed, vectors, wave } = options;
  const against = await verilogSimulator(asked);
  const built = await buildSubject(subject);
  if (!options.json) built.printWarnings();
  const report = await withProgress(`Simulating ${name}${against ? ` (${against})` : ""}`, (progress) =>
    runModuleSim({
      design: built.design,
      against,
      vectors,
      seed,
      wave,
      waveOnFailure: waveName(name, seed),
      onProgress: (cycles) => progress.update(cycles, vectors),
    }),
  );
  const good = report.mismatched === 0 && report.failures.length === 0;
  if (options.json) {
    printJson({ ok: good, design: name, parameters, diagnostics: built.warnings, ...moduleSimJson(report) });
  } else {
    printText(`${headLine(name, parameters)}\n${formatModuleSim(report)}`);
  }
  finish(good ? exitGood : exitFailed);
}

/** What a person reads of a simulation. */
export function formatSim(report: SimReport): string {
  const { green, red } = palette();
  const { compared, cycles, mismatched, seed, simulator, vectors, wave } = report;
  const lines = [
    headLine(report.design, report.parameters),
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
