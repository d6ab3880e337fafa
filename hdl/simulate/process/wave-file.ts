import { writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { makeFolders } from "../../tools/make-folders.ts";
import { ToolError } from "../../tools/run-tool.ts";

/**
 * The absolute path of a wave to write, after making sure that it can be: simulators only complain later, or not.
 *
 * @throws ToolError when the file cannot be written.
 */
export async function prepareWave(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const absolute = resolve(path);
  try {
    makeFolders(dirname(absolute));
    await writeFile(absolute, "");
  } catch (error) {
    throw new ToolError(`the wave ${absolute} cannot be written: ${(error as Error).message}`);
  }
  return absolute;
}
