import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, inspect, type Module } from "../hdl/index.ts";
import { mutantsOf } from "./cookbook/mutants.ts";
import { camelCase, parametersOf, portNamesOf, type Recipe, recipesOf } from "./cookbook/recipes.ts";
import { type Match, type Outcome, outcomesOf, versusBench } from "./cookbook/versus.ts";
import { docsPages, programsOf } from "./docs-programs.ts";

const work = fileURLToPath(new URL(`../build/cookbook-${process.pid}`, import.meta.url));
const pages = docsPages().filter((page) => page.startsWith("cookbook/") && !page.endsWith("README.md"));
const recipes = pages.flatMap(recipesOf);

type Classes = Readonly<Record<string, new (params: Record<string, number>) => Module>>;
const classes = new Map<string, Classes>();

// What random inputs reach late: the clock has to see its hours.
const long: Readonly<Record<string, { cycles: number; resetEvery: number }>> = {
  BcdClock: { cycles: 100_000, resetEvery: 200_000 },
};

/** A folder for one run of a simulator. */
function icarus(bench: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "cookbook-"));
  const run = (program: string, args: readonly string[]): string =>
    execFileSync(program, args, { cwd: folder, encoding: "utf8", timeout: 60_000, stdio: ["ignore", "pipe", "pipe"] });
  try {
    writeFileSync(join(folder, "bench.v"), bench);
    // Without assertions: random inputs keep no rules.
    run("iverilog", ["-g2005", "-DSYNTHESIS", "-s", "bench", "-o", "bench.vvp", "bench.v"]);
    return run("vvp", ["-n", "bench.vvp"]).trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The recipe with its default parameters, and once more with larger ones where it has any. */
function matchesOf(recipe: Recipe): Match[] {
  const parameters = parametersOf(recipe);
  const variants = parameters.length === 0 ? [0] : [0, 3];
  return variants.map((more) => {
    const values = parameters.map(({ name, value }) => [name, value + more] as const);
    const Class = classes.get(recipe.page)![recipe.name]!;
    const module = new Class(Object.fromEntries(values.map(([name, value]) => [camelCase(name), value])));
    expect(inspect(module).diagnostics, `${recipe.page}: ${recipe.name}`).toEqual([]);
    return {
      label: `${recipe.name}${more || ""}`,
      verilog: recipe.verilog,
      name: recipe.name,
      parameters: Object.fromEntries(values),
      design: compile(module),
      cycles: 3000,
      resetEvery: 60,
      ...long[recipe.name],
    };
  });
}

beforeAll(async () => {
  mkdirSync(work, { recursive: true });
  for (const page of pages) {
    const [program] = programsOf(page);
    const names = recipesOf(page).flatMap((recipe) => recipe.classes);
    const language = JSON.stringify(fileURLToPath(new URL("../hdl/index.ts", import.meta.url)));
    const code = `${program!.code.replace('"lodestone"', language)}\nexport { ${names.join(", ")} };\n`;
    const file = join(work, program!.fileName);
    writeFileSync(file, code);
    classes.set(page, (await import(pathToFileURL(file).href)) as Classes);
  }
}, 60_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe("the cookbook", () => {
  test("has 40 modules, each name once", () => {
    expect(recipes.length).toBeGreaterThanOrEqual(40);
    expect(new Set(recipes.map(({ name }) => name)).size).toBe(recipes.length);
  });

  describe.each(pages)("%s", (page) => {
    let found: ReadonlyMap<string, Outcome>;
    let matches: readonly Match[];
    let mutants: readonly Match[];
    const mine = recipesOf(page);

    beforeAll(() => {
      matches = mine.flatMap(matchesOf);
      mutants = mine.flatMap((recipe) => {
        const match = matches.find(({ label }) => label === recipe.name)!;
        return mutantsOf(recipe.verilog).map((verilog, i) => ({
          ...match,
          verilog,
          label: `${match.label}_mutant${i}`,
        }));
      });
      found = outcomesOf(icarus(versusBench([...matches, ...mutants])));
    }, 60_000);

    test.each(mine.map((recipe) => [recipe.name, recipe] as const))(
      "%s: both sides have the same ports",
      (_, recipe) => {
        const { design } = matches.find(({ name }) => name === recipe.name)!;
        const all = [...design.top.ports.map(({ name }) => name)].sort();
        const implicit = ["clock", "reset", "clk", "rst_n"];
        expect(portNamesOf(recipe).filter((name) => !implicit.includes(name))).toEqual(all);
      },
    );

    test.each(mine.map(({ name }) => name))("%s: both sides do the same", (name) => {
      for (const { label } of matches.filter((match) => match.name === name)) {
        expect(found.get(label), label).toMatchObject({ differences: 0, unknown: 0, first: undefined });
        expect(found.get(label)!.changes, label).toBeGreaterThan(2);
      }
    });

    test.each(mine.map(({ name }) => name))("%s: a changed line is noticed", (name) => {
      const changed = mutants.filter((match) => match.name === name);
      expect(changed.length).toBeGreaterThan(0);
      const unnoticed = changed.filter(({ label }) => found.get(label)!.differences === 0);
      expect(unnoticed.map(({ verilog }) => verilog)).toEqual([]);
    });
  });
});
