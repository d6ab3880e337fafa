import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What the type checker says of each statement, all its lines, in one program that begins with `before` and ends with
 * `after`; undefined where it says nothing.
 */
export function complaintsAbout(
  before: string,
  statements: readonly string[],
  after: string,
): readonly (string | undefined)[] {
  const work = join(root, "build", `types-${process.pid}`);
  const said: (string | undefined)[] = statements.map(() => undefined);
  try {
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, "all.ts"), before + statements.map((each) => `{ ${each} }`).join("\n") + after);
    writeFileSync(
      join(work, "tsconfig.json"),
      JSON.stringify({ extends: join(root, "tsconfig.json"), include: ["*.ts"] }),
    );
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "--noEmit", "--pretty", "false", "-p", work], {
      encoding: "utf8",
      timeout: 120_000,
    });
    const first = before.split("\n").length;
    for (const [, line, message] of stdout.matchAll(/all\.ts\((\d+),\d+\): error TS\d+: (.*(?:\n .*)*)/g)) {
      const i = Number(line) - first;
      if (i < 0 || i >= statements.length) throw new Error(`outside the statements, in line ${line}: ${message}`);
      said[i] ??= message;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return said;
}
