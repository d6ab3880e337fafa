import { codeBlocks } from "../docs-programs.ts";

/** A module of the cookbook as the reader sees it: the same thing twice. */
export interface Recipe {
  /** The page, from docs/. */
  readonly page: string;
  /** The module's name on both sides: the last module of the Verilog. */
  readonly name: string;
  readonly verilog: string;
  /** The line in the page where the Verilog begins. */
  readonly line: number;
  /** The classes on the Lodestone side. */
  readonly classes: readonly string[];
}

/** A parameter of a recipe and its default, under the name that the Verilog gives it. */
export interface RecipeParameter {
  readonly name: string;
  readonly value: number;
}

/** The recipes of a page: a Verilog block followed by a Lodestone block. @throws Error for a block without the other. */
export function recipesOf(page: string): Recipe[] {
  const [, ...blocks] = codeBlocks(page).filter(({ language }) => language === "ts" || language === "verilog");
  const recipes: Recipe[] = [];
  for (let i = 0; i < blocks.length; i += 2) {
    const [left, right] = [blocks[i]!, blocks[i + 1]];
    if (left.language !== "verilog" || right?.language !== "ts") {
      throw new Error(`${page}:${left.line}: a recipe is a verilog block followed by a ts block`);
    }
    const classes = [...right.code.matchAll(/^class (\w+) extends Module\b/gm)].map((match) => match[1]!);
    const name = moduleNames(left.code).at(-1)!;
    if (!classes.includes(name)) throw new Error(`${page}:${right.line}: there is no class ${name}`);
    recipes.push({ page, name, verilog: left.code, line: left.line, classes });
  }
  return recipes;
}

/** The modules of a Verilog text, in order. */
export function moduleNames(verilog: string): string[] {
  return [...verilog.matchAll(/^module (\w+)/gm)].map((match) => match[1]!);
}

/** The parameters in the head of the recipe's module. */
export function parametersOf({ name, verilog }: Recipe): RecipeParameter[] {
  const head = new RegExp(`^module ${name} #\\(([^)]*)\\)`, "m").exec(verilog)?.[1] ?? "";
  return [...head.matchAll(/parameter (\w+) = (\d+)/g)].map((match) => ({ name: match[1]!, value: Number(match[2]) }));
}

/** The names in the port list of the recipe's module, sorted. */
export function portNamesOf({ name, verilog }: Recipe): string[] {
  const list = new RegExp(`^module ${name} (?:#\\([^)]*\\) )?\\(([^;]*)\\);`, "m").exec(verilog)?.[1] ?? "";
  return list
    .replaceAll(/\[[^\]]*\]/g, "")
    .match(/\w+/g)!
    .filter((word) => !["input", "output", "reg", "signed", "wire"].includes(word))
    .sort();
}

/** The name of a parameter in TypeScript: `CLOCK_CYCLES` is `clockCycles`. */
export function camelCase(name: string): string {
  return name.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
