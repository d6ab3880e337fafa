import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { access, constants, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { makeFolders } from "../../tools/make-folders.ts";
import { ToolError } from "../../tools/run-tool.ts";

/**
 * The folder for built simulators: `wanted` when given, else `build/verilator-cache` beside the nearest package.json
 * above the working directory, else a folder in the user's cache. It is made when it is not there.
 *
 * @throws ToolError when none can be written.
 */
export async function findCacheFolder(wanted?: string): Promise<string> {
  // GNU make cannot work below a folder with a space in its name.
  const candidates = wanted === undefined ? defaultFolders().filter((folder) => !/\s/.test(folder)) : [resolve(wanted)];
  for (const folder of candidates) {
    try {
      makeFolders(folder);
      await access(folder, constants.W_OK | constants.X_OK);
      return folder;
    } catch {
      // Not writable; the next one may be.
    }
  }
  throw new ToolError(`no folder for built simulators can be written (tried ${candidates.join(", ")}); give cacheDir`);
}

function defaultFolders(): string[] {
  const project = nearestPackage(process.cwd());
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return [
    ...(project === undefined ? [] : [join(project, "build", "verilator-cache")]),
    join(caches, "lodestone", "verilator"),
    join(tmpdir(), `lodestone-${process.getuid?.() ?? "user"}`, "verilator"),
  ];
}

/** This project's folder, when the command runs inside it; other projects are left alone. */
function nearestPackage(folder: string): string | undefined {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) return /"name":\s*"lodestone"/.test(readFileSync(manifest, "utf8")) ? folder : undefined;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}

/**
 * Puts the finished folder `built` at `target` in one move, so that nobody ever sees half of it. When another process
 * was first, its result, which is the same, stays.
 */
export async function moveIntoCache(built: string, target: string): Promise<void> {
  try {
    await rename(built, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    await rm(built, { recursive: true, force: true });
  }
}

/** Takes a broken entry out of the way. Renamed first: a process that is using it keeps its open files. */
export async function discardEntry(entry: string): Promise<void> {
  const doomed = temporaryName(entry);
  try {
    await rename(entry, doomed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  await rm(doomed, { recursive: true, force: true });
}

/** A name beside `path` that no other process uses; such names are never taken for entries. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
}

/** Removes the entries that were used longest ago, and abandoned temporary folders, beyond `keep` entries. */
export async function pruneCache(folder: string, keep: number): Promise<void> {
  const names = await readdir(folder);
  const dated: { path: string; time: number }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const time = await stat(path).then(
      (facts) => facts.mtimeMs,
      () => undefined,
    );
    if (time === undefined) continue;
    const abandoned = name.endsWith(".tmp") && Date.now() - time > 24 * 3600 * 1000;
    if (abandoned) await rm(path, { recursive: true, force: true });
    else if (!name.endsWith(".tmp")) dated.push({ path, time });
  }
  dated.sort((a, b) => b.time - a.time);
  for (const { path } of dated.slice(keep)) await discardEntry(path);
}
