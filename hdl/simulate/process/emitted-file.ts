import { ToolError } from "../../tools/run-tool.ts";
import type { EmittedFile } from "../../verilog/emit.ts";

export type { EmittedFile } from "../../verilog/emit.ts";

/**
 * Makes sure that the files can lie side by side in one folder.
 *
 * @throws ToolError when a name is a path, an option or otherwise no plain file name, or is there twice.
 */
export function refuseUnsafeNames(files: readonly EmittedFile[]): void {
  const seen = new Set<string>();
  for (const { fileName } of files) {
    if (!/^[A-Za-z_][\w.$-]*$/.test(fileName)) throw new ToolError(`${fileName} is no plain file name for Verilog`);
    if (seen.has(fileName)) throw new ToolError(`two Verilog files are called ${fileName}`);
    seen.add(fileName);
  }
}
