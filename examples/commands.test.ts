import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { documentedCommands } from "../cli/testing/documented-commands.ts";
import { callLodestone } from "../cli/testing/run-lodestone.ts";
import { examples } from "./all.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const work = join(root, "build", `example-commands-${process.pid}`);
const commands = documentedCommands(new URL("README.md", import.meta.url));

beforeAll(() => mkdirSync(work, { recursive: true }));
afterAll(() => rmSync(work, { recursive: true, force: true }));

test("the page simulates every example", () => {
  const simulated = commands.filter(([command]) => command === "sim").map((args) => args.join(" "));
  expect(simulated).toHaveLength(Object.values(examples).flatMap((make) => make()).length);
  for (const name of Object.keys(examples)) expect(simulated.join("\n")).toContain(`--file examples/${name}/`);
});

test.each(commands.map((args) => [args.join(" "), args] as const))("lodestone %s", async (_line, args) => {
  const here = args.map((word) => word.replace(/^build\//, `${work}/`));
  const { code, stderr, stdout } = await callLodestone(here, { cwd: root });
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
});

// The page shows one of each; what it simulates can also be written, and its Verilog is held to the recorded answers.
test.each(commands.filter(([command]) => command === "sim").map((args) => [args[2]!, args] as const))(
  "%s can be generated",
  async (file, [, ...args]) => {
    const out = join(work, file.replaceAll(/\W+/g, "-"));
    const { code, stderr } = await callLodestone(["generate", ...args, "--out", out, "--vectors", "16"], { cwd: root });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  },
);
