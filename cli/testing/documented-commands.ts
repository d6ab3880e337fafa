import { readFileSync } from "node:fs";

/** The arguments of every `npx lodestone …` that a page shows for a module in a file. */
export function documentedCommands(page: URL): string[][] {
  const lines = readFileSync(page, "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith("npx lodestone ") && line.includes(" --file "))
    .map((line) => (line.match(/'[^']*'|\S+/g) ?? []).slice(2).map((word) => word.replaceAll("'", "")));
}
