import type { YosysEngine } from "../hdl/tools/yosys/engine.ts";
import { runYosys } from "../hdl/tools/yosys/run-yosys.ts";
import { errorLine, YosysError, YosysTimeoutError } from "../hdl/tools/yosys/yosys-error.ts";
import { type DesignFiles, yosysFiles } from "./yosys/design-files.ts";
import { LOOP, warningsOf } from "./yosys/log-warnings.ts";

/** Which Yosys checks a design, and for how long. */
export interface LintOptions {
  readonly yosys: YosysEngine;
  /** Real time after which Yosys is stopped; 2 minutes unless told. */
  readonly timeoutMs?: number | undefined;
}

/** What Yosys says of a design. */
export interface LintReport {
  /** Whether Yosys had nothing to say. */
  readonly clean: boolean;
  /** One line each: errors of reading and of the hierarchy, warnings, latches. */
  readonly messages: readonly string[];
  /** Product and version. */
  readonly version: string;
}

/** Between the checks of single modules and those of the whole design in the log. */
const FLATTEN = "Executing FLATTEN pass";

/**
 * Yosys's checks of a design: syntax, missing modules and ports, nets without or with several drivers, combinational
 * loops (through module boundaries too), latches, implicit nets. A design that Yosys refuses is not clean; nothing is
 * thrown for it.
 *
 * @throws YosysTimeoutError when Yosys does not end, ToolError when the system's Yosys is missing, YosysError for names
 *   that are none
 */
export async function lintWithYosys(input: DesignFiles, options: LintOptions): Promise<LintReport> {
  const sources = yosysFiles(input);
  const run = (commands: readonly string[]) => {
    const reads = Object.keys(sources).map((file) => `read_verilog ${file}`);
    const script = [...reads, `hierarchy -check -top ${input.top}`, "proc", ...commands, ""].join("\n");
    return runYosys(script, sources, { yosys: options.yosys, timeoutMs: options.timeoutMs ?? 120_000 });
  };
  try {
    const { log, version } = await run(["check", "flatten", "check"]);
    const cut = log.indexOf(FLATTEN);
    const all = warningsOf(log);
    // The second check repeats the first under longer names, so it counts only when the first found nothing.
    const single = warningsOf(log.slice(0, cut < 0 ? log.length : cut)).filter(isNoLoop);
    const messages = [...(single.length > 0 ? single : all.filter(isNoLoop))];
    if (!all.every(isNoLoop)) {
      // Yosys 0.23 takes a bus that feeds its own next bit for a loop, and then misses real ones. Single gates tell.
      const bits = await run(["flatten", "techmap", "opt_clean", "check"]);
      messages.push(...warningsOf(bits.log).filter((message) => !isNoLoop(message)));
    }
    return { clean: messages.length === 0, messages, version };
  } catch (error) {
    if (!(error instanceof YosysError) || error instanceof YosysTimeoutError || !error.log.includes("ERROR:"))
      throw error;
    return { clean: false, messages: [...warningsOf(error.log), errorLine(error.log)], version: error.version };
  }
}

function isNoLoop(message: string): boolean {
  return !message.startsWith(LOOP);
}
