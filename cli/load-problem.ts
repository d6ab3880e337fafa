import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this installation: what `npm install` is to be given. */
export function installation(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "hdl", "index.ts")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** A path as one would type it here. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near === "" || near.startsWith("..") ? path : near;
}

/** Where in the user's code an error was thrown: the first place in its stack that is neither Node's nor Lodestone's. */
function placeOf(error: Error): string {
  const own = installation();
  for (const line of (error.stack ?? "").split("\n")) {
    const [, file, row, column] =
      /(?:\(|at (?:async )?)((?:file:|\/|[A-Za-z]:)[^()]*?):(\d+):(\d+)\)?$/.exec(line) ?? [];
    if (file === undefined) continue;
    const path = (file.startsWith("file:") ? fileURLToPath(file) : file).replace(/\?.*$/, "");
    const inside = relative(own, path);
    if (/^(hdl|cli|build[\\/]compiled-[^\\/]*|bin)[\\/]/.test(inside) || /[\\/]node_modules[\\/]/.test(path)) continue;
    return ` (${shown(path)}:${row}:${column})`;
  }
  return "";
}

/** What an error that is not ours says, in one line, with the place in the user's code where there is one. */
export function problemLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error).replaceAll(/\s+/g, " ");
  const { message } = error;
  // esbuild: the first line only counts the errors, the second has place and text of the first one.
  const [, file, line, column, said] = /^Transform failed.*\n(.*?):(\d+):(\d+): ERROR: (.*)/.exec(message) ?? [];
  if (file !== undefined && said !== undefined) {
    const hint = said.startsWith("Top-level await")
      ? '; put "type": "module" into the package.json beside it, or let the file end in .mts'
      : "";
    return `${shown(file)}:${line}:${Number(column) + 1}: ${said}${hint}`;
  }
  const first = message.split("\n")[0] ?? "";
  if (/^Cannot find (module|package) 'lodestone/.test(first)) {
    return `it imports lodestone, which is not installed there; in its project: npm install ${installation()}`;
  }
  const name = error.name === "Error" ? "" : `${error.name}: `;
  return `${name}${first}${placeOf(error)}`;
}
