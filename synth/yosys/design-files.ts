import { basename } from "node:path";
import { YosysError } from "../../hdl/tools/yosys/yosys-error.ts";

/** A design as text: its Verilog files and the name of its top module. */
export interface DesignFiles {
  readonly top: string;
  readonly files: readonly { readonly fileName: string; readonly text: string }[];
}

/**
 * The files by names that Yosys takes: without their folders, which have no meaning to it.
 *
 * @throws YosysError when there are no files, two have the same name, or a name does not fit into a script
 */
export function yosysFiles(input: DesignFiles): Readonly<Record<string, string>> {
  if (!/^[A-Za-z_]\w*$/.test(input.top))
    throw new YosysError(`${JSON.stringify(input.top)} cannot be the top module: it is no Verilog identifier`, "");
  if (input.files.length === 0) throw new YosysError(`there are no Verilog files for ${input.top}`, "");
  const files: Record<string, string> = {};
  for (const { fileName, text } of input.files) {
    const name = basename(fileName);
    if (!/^[A-Za-z_][\w.-]*\.s?vh?$/.test(name))
      throw new YosysError(`${JSON.stringify(fileName)} is no name of a Verilog file: letters, digits, _ - and .v`, "");
    if (Object.hasOwn(files, name))
      throw new YosysError(`two Verilog files are called ${name}; Yosys would read one`, "");
    files[name] = text;
  }
  return files;
}
