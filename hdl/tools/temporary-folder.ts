import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeAtExit } from "./remove-at-exit.ts";
import { ToolError } from "./run-tool.ts";

/**
 * Makes a fresh folder that only this user can enter, below the system's folder for temporary files; `what` becomes part
 * of its name. It is also removed when this process ends in an orderly way before whoever made it has removed it.
 * @throws ToolError when none can be made there.
 */
export function temporaryFolder(what: string): string {
  let folder: string;
  try {
    folder = mkdtempSync(join(tmpdir(), `lodestone-${what}-`));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw new ToolError(
      `no temporary folder can be made in ${tmpdir()} (${reason}): set TMPDIR to one that can be written`,
    );
  }
  removeAtExit(folder);
  return folder;
}
