import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const repositoryRoot = fileURLToPath(new URL("..", import.meta.url));

/** Not ours, or made from what is. In a linked work tree `.git` is a file, and the packages may be a link. */
const skipped: ReadonlySet<string> = new Set(["node_modules", "build", ".git"]);

/** Paths of all files from the root, sorted, with `/` between parts; no packages, build products or git's own. */
export function repositoryFiles(folder = ""): string[] {
  const entries = readdirSync(join(repositoryRoot, folder), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      if (skipped.has(entry.name)) return [];
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return repositoryFiles(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

/** Our program text: TypeScript and plain JavaScript. */
export function sourceFiles(): string[] {
  return repositoryFiles().filter((path) => /\.(ts|mts|mjs|js|cjs|tsx)$/.test(path));
}

/** The text of one file. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(repositoryRoot, path), "utf8");
}
