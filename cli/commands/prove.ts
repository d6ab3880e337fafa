import { type Command, InvalidArgumentError, Option } from "commander";
import type { Diagnostic, ProofTask, ProofTaskReport, ProveOptions } from "../../hdl/index.ts";
import { InputError } from "../../spec/index.ts";
import { describeParameters } from "../design.ts";
import { addExamples, addJsonOption, type JsonOption, wholeNumber } from "../options.ts";
import { printJson, printNote, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { proveText } from "../prove-report.ts";
import { exitFailed, exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { addSubjectArgument, checkSubject, readSubject, type SubjectOptions } from "../subject.ts";

interface ProveCommandOptions extends JsonOption, SubjectOptions {
  readonly only?: string;
  readonly depth?: number;
  readonly induction?: number;
  readonly bounded?: boolean;
  readonly engine?: "sat" | "smt";
  readonly yosys?: "embedded" | "system";
  readonly timeLimit: number;
  readonly period?: Readonly<Record<string, number>>;
  readonly resets?: "start" | "any";
  readonly wave?: string;
  readonly verbose?: boolean;
}

/** `lodestone prove`: the assertions of a design or of a module in a file, for all inputs. */
export function define(command: Command, finish: Finish): void {
  addSubjectArgument(command)
    .option("--only <proof>", "one of the design's proofs, by name")
    .option("--depth <cycles>", "cycles after reset that are looked at in all runs (20)", wholeNumber(1, 100_000))
    .option("--induction <cycles>", "longest induction tried, 0 for none (10)", wholeNumber(0, 1000))
    .option("--bounded", "what holds to the depth counts as good")
    .addOption(new Option("--engine <engine>", "sat: inside Yosys; smt: z3 or cvc5").choices(["sat", "smt"]))
    .addOption(
      new Option("--yosys <which>", "the Yosys from npm, or the one installed").choices(["embedded", "system"]),
    )
    .option(
      "--period <domain=units>",
      "units between two edges of a clock domain, for a design with several; 1 for those not named. Unless told, any clock may have its edge in any cycle",
      addPeriod,
    )
    .addOption(
      new Option("--resets <when>", "active in the first cycle alone, or at any time").choices(["start", "any"]),
    )
    .option("--time-limit <seconds>", "for each proof", wholeNumber(1, 86_400), 300)
    .option("--verbose", "the run of every counterexample, and those that reach covers")
    .option("--wave <file.vcd>", "write the first counterexample as a wave");
  addJsonOption(command);
  addExamples(command, [
    ["lodestone prove mac-array", "what is proven of the array, in sizes that a solver finishes"],
    ["lodestone prove --file counter.ts --set limit=9", "the assertions of your own module"],
    ["lodestone prove --file counter.ts --depth 50 --bounded", "all runs of 50 cycles are enough"],
    ["lodestone prove --file bridge.ts --period fast=1 --period slow=3", "three edges of one clock to each of another"],
  ]);
  command.action(async (name: string | undefined, options: ProveCommandOptions) => {
    const { tasks, lodestone } = await tasksFor(name, options);
    const settings: ProveOptions = {
      depth: options.depth,
      induction: options.induction,
      engine: options.engine,
      yosys: options.yosys,
      timeLimitMs: options.timeLimit * 1000,
      wave: options.wave,
      periods: options.period,
      resets: options.resets,
    };
    const warnings = new Map<string, Diagnostic>();
    const onWarning = (warning: Diagnostic): void => {
      warnings.set(lodestone.formatDiagnostic(warning), warning);
    };
    const reports = await withProgress("Proving", async (progress) => {
      const done: ProofTaskReport[] = [];
      for (const task of tasks) {
        progress.stage(`Proving ${task.name}`);
        const onProgress = (step: string): void => progress.stage(`Proving ${task.name}: ${step}`);
        done.push(await lodestone.runProofTask(task, { ...settings, onProgress, onWarning }));
      }
      return done;
    });
    if (options.json) {
      const told = [...warnings.values()].map(lodestone.diagnosticJson);
      printJson({ ok: reports.every(({ good }) => good), warnings: told, proofs: reports.map(plainReport) });
    } else {
      for (const text of warnings.keys()) printNote(`${text}\n`);
      printText(
        proveText(reports, {
          verbose: options.verbose === true,
          formatFailure: ({ trace, message }) =>
            trace?.failure ? lodestone.formatFailure(trace.failure) : `${message}: no run is known`,
        }),
      );
    }
    finish(reports.every(({ good }) => good) ? exitGood : exitFailed);
  });
}

/** `fast=3`, once for each domain. */
function addPeriod(given: string, before: Readonly<Record<string, number>> = {}): Record<string, number> {
  const [, domain, units] = /^(\w+)=(\d+)$/.exec(given) ?? [];
  if (domain === undefined) throw new InvalidArgumentError("give a clock domain and a number of units: fast=3");
  return { ...before, [domain]: Number(units) };
}

/** A report as data: places as file, line and column instead of what finds them. */
function plainReport(report: ProofTaskReport): object {
  const { proof } = report;
  if (!proof) return report;
  const properties = proof.properties.map(({ source, trace, ...rest }) => ({
    ...rest,
    location: source?.location,
    trace: trace && { ...trace, failure: trace.failure && { ...trace.failure, source: undefined } },
  }));
  return { ...report, proof: { ...proof, properties } };
}

type Lodestone = typeof import("../../hdl/index.ts");

async function tasksFor(
  name: string | undefined,
  options: ProveCommandOptions,
): Promise<{ tasks: readonly ProofTask[]; lodestone: Lodestone }> {
  const subject = await readSubject("prove", name, options);
  const claim = options.bounded ? { cycles: options.depth ?? 20 } : "always";
  if (subject.kind === "file") {
    await checkSubject(subject);
    const { create, lodestone } = subject.loaded;
    const summary = `every assertion of ${subject.name}`;
    return { tasks: [{ name: subject.name, summary, create, claim, covers: true }], lodestone };
  }
  const lodestone = await import("../../hdl/index.ts");
  const { generatorNamed } = await import("../../generators/index.ts");
  const generator = generatorNamed(subject.name);
  const own = generator.proofs?.() ?? [];
  // With parameters the design itself is meant, in that size.
  if (options.set !== undefined || options.config !== undefined || own.length === 0) {
    const { configured } = subject;
    const summary = `every assertion of the design: ${describeParameters(configured.params)}`;
    return {
      tasks: [{ name: generator.name, summary, create: () => configured.create(), claim, covers: true }],
      lodestone,
    };
  }
  const tasks = options.only === undefined ? own : own.filter((task) => task.name === options.only);
  if (tasks.length > 0) return { tasks, lodestone };
  throw new InputError(
    `${generator.name} has no proof ${options.only}; proofs: ${own.map((task) => task.name).join(", ")}`,
  );
}
