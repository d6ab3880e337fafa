import { runEmbedded } from "./embedded.ts";
import { SCRIPT_NAME, type YosysOptions, type YosysResult } from "./engine.ts";
import { runSystem } from "./system.ts";
import { errorLine, YosysError } from "./yosys-error.ts";

/**
 * Runs a Yosys script over files that exist only for it: in memory for the embedded Yosys, in a private temporary folder
 * for the system's. The script names its files without a folder.
 *
 * @throws YosysError when Yosys reports an error or dies, YosysTimeoutError when its time is over, ToolError when the
 *   system's Yosys is missing or too old
 */
export async function runYosys(
  script: string,
  files: Readonly<Record<string, string>>,
  options: YosysOptions,
): Promise<YosysResult> {
  for (const name of Object.keys(files))
    if (!/^\w[\w.-]*$/.test(name) || name === SCRIPT_NAME)
      throw new YosysError(
        `${JSON.stringify(name)} cannot be the name of a file for Yosys: letters, digits, _ . - only`,
        "",
      );
  const all = { ...files, [SCRIPT_NAME]: script };
  const run = await (options.yosys === "embedded" ? runEmbedded : runSystem)(all, options);
  const version = versionOf(run.log, options.yosys);
  if (run.status !== 0) throw new YosysError(`Yosys: ${errorLine(run.log)}`, run.log, version);
  return { log: run.log, outputs: run.outputs, version };
}

/** `Yosys 0.55 (git sha1 60f126cd0), embedded`, out of the banner. */
function versionOf(log: string, engine: string): string {
  const [, product = "Yosys", commit] = /^[ |]*(Yosys \d+\.\d+\S*)(?: \((git sha1 \w+))?/m.exec(log) ?? [];
  return `${product}${commit === undefined ? "" : ` (${commit})`}, ${engine}`;
}
