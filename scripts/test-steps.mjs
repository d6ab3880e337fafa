import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./run-command.mjs";
import { countReport } from "./test-counts.mjs";

/** @typedef {{ counts: import("./test-counts.mjs").Counts, complaint: string | undefined }} StepResult */

/**
 * Lint and format, counted as one test.
 * @param {string} root
 * @returns {Promise<StepResult>}
 */
export function runLint(root) {
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  return runCheck("lint", root, [biome, "check", "--error-on-warnings", "."]);
}

/**
 * The TypeScript checker, counted as one test.
 * @param {string} root
 * @returns {Promise<StepResult>}
 */
export function runTypecheck(root) {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  return runCheck("typecheck", root, [tsc, "--noEmit", "--pretty", String(process.stdout.isTTY === true)]);
}

/**
 * Vitest, shown as it runs; the counts come from its JSON report.
 * @param {string} root
 * @param {readonly string[]} extraArguments
 * @returns {Promise<StepResult>}
 */
export async function runVitest(root, extraArguments) {
  const folder = mkdtempSync(join(tmpdir(), "lodestone-test-"));
  const reportPath = join(folder, "report.json");
  try {
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`, ...extraArguments];
    const { code, timedOut } = await runCommand(process.execPath, [vitest, ...args], {
      seconds: 1800,
      cwd: root,
      show: true,
    });
    if (timedOut) {
      return { counts: { passed: 0, failed: 1, skipped: 0 }, complaint: "vitest did not finish within 30 minutes" };
    }
    const result = countReport(readJson(reportPath), code);
    return { ...result, complaint: result.complaint?.replaceAll(`${root}/`, "") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCheck(name, root, nodeArguments) {
  const { code, timedOut } = await runCommand(process.execPath, nodeArguments, { seconds: 300, cwd: root, show: true });
  if (code === 0) {
    console.log(`${name}: passed`);
    return { counts: { passed: 1, failed: 0, skipped: 0 }, complaint: undefined };
  }
  const complaint = timedOut ? `${name} did not finish within 5 minutes` : name;
  return { counts: { passed: 0, failed: 1, skipped: 0 }, complaint };
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
