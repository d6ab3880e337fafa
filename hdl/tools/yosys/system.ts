import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findTool } from "../find-tool.ts";
import { runTool, ToolTimeoutError } from "../run-tool.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { SCRIPT_NAME, timeoutLine, type YosysOptions, type YosysRun } from "./engine.ts";
import { YosysTimeoutError } from "./yosys-error.ts";

/** The `yosys` on the path, in a folder of its own that is removed afterwards. */
export async function runSystem(files: Readonly<Record<string, string>>, options: YosysOptions): Promise<YosysRun> {
  const tool = await findTool("yosys");
  const folder = temporaryFolder("yosys");
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const result = await runTool(tool.path, [SCRIPT_NAME], {
      cwd: folder,
      timeoutMs: options.timeoutMs,
      maxOutputBytes: 256 * 1024 * 1024,
      // ABC, a child of Yosys, keeps its files where it is killed with us: in the folder that is removed.
      env: { TMPDIR: folder },
    });
    const log = result.stdout + result.stderr;
    if (options.onLine !== undefined) for (const line of log.split("\n")) options.onLine(line);
    const outputs: Record<string, string> = {};
    for (const entry of await readdir(folder, { withFileTypes: true }))
      if (entry.isFile() && !Object.hasOwn(files, entry.name))
        outputs[entry.name] = await readFile(join(folder, entry.name), "utf8");
    return { status: result.status, log, outputs };
  } catch (error) {
    if (error instanceof ToolTimeoutError) throw new YosysTimeoutError(timeoutLine(options.timeoutMs), "");
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
