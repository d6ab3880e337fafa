import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as lodestone from "../../index.ts";
import { exampleText } from "../codes/code-record.ts";
import { DesignError } from "../design-error.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { formatDiagnostic } from "../format.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const names = Object.keys(lodestone);

/** What Lodestone exports and `text` uses. */
function usedNames(text: string): string[] {
  const code = text.replace(/\/\/.*$/gm, "");
  return names.filter((name) => new RegExp(`(?<!\\.)\\b${name}\\b`).test(code));
}

/**
 * The file of an example. The import stands last, where it works as well and leaves the example's line numbers alone.
 * @param from what to import: the package's name, or a path
 */
export function exampleFile(example: string, from: string): string {
  const text = exampleText(example);
  const result = /\bclass Example\b/.test(text) ? "export { Example };\n" : "";
  return `${text}\n\nimport { ${usedNames(text).join(", ")} } from "${from}";\n${result}export {};\n`;
}

/** Runs an example and returns what is told of it. */
export async function runExample(name: string, example: string): Promise<readonly Diagnostic[]> {
  // Inside the project, where the test runner translates TypeScript.
  const folder = join(root, "build", `examples-${process.pid}`);
  const file = join(folder, `${name}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, exampleFile(example, "../../hdl/index.ts"));
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { Example?: new (params: object) => lodestone.Module };
    if (!loaded.Example) return [];
    const { diagnostics } = lodestone.inspect(new loaded.Example({}));
    // While the file is there, since the user's lines are read when the message is made.
    diagnostics.map(formatDiagnostic);
    return diagnostics;
  } catch (error) {
    if (!(error instanceof DesignError)) throw error;
    return error.diagnostics;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The complaints as a person reads them, with `example.ts` for the path of the file. */
export function exampleMessages(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map((diagnostic) => formatDiagnostic(diagnostic).replace(/--> \S*\.ts:/g, "--> example.ts:"))
    .join("\n\n");
}
