import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { documentedCommands } from "../testing/documented-commands.ts";
import { callLodestone } from "../testing/run-lodestone.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const work = join(root, "build", `tour-commands-${process.pid}`);
const page = new URL("../../docs/tour.md", import.meta.url);
const commands = documentedCommands(page);

/** The tour's imports, enumeration and modules, without the programs between them: those run in other tests. */
function modulesOfTour(): string {
  const blocks = [...readFileSync(page, "utf8").matchAll(/^```ts\n(.*?)^```/gms)].map((match) => match[1]!);
  const statements = blocks.join("\n").split(/^(?=[a-z/])/m);
  return statements.filter((text) => /^(import|export class|const Motion|\/\*\*)/.test(text)).join("");
}

beforeAll(() => {
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "tour.ts"), modulesOfTour());
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test("the page has a command of each kind", () => {
  expect(commands.map(([command]) => command)).toEqual(["lint", "sim", "generate", "synth"]);
});

test.each(commands.map((args) => [args[0]!, args] as const))(
  "lodestone %s does what the page says",
  async (_name, args) => {
    const here = args.map((word) => word.replace(/^build\//, `${work}/`));
    const { code, stderr, stdout } = await callLodestone(here);
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
  },
);
