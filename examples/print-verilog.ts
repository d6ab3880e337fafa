/** Prints the Verilog of examples: `npx tsx examples/print-verilog.ts uart`; without a name it lists them. */
import { compile, emitVerilog, type Module } from "../hdl/index.ts";
import { examples } from "./all.ts";
import { exercises } from "./primer/exercises.ts";

/** All that has a name: the examples, and the exercises of the primer. */
const designs: Readonly<Record<string, () => readonly Module[]>> = {
  ...examples,
  ...Object.fromEntries(Object.entries(exercises).map(([name, make]) => [`primer/${name}`, () => [make()]])),
};

const names = process.argv.slice(2);
if (names.length === 0 || !names.every((name) => Object.hasOwn(designs, name))) {
  console.error(`name an example: ${Object.keys(designs).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const module of names.flatMap((name) => designs[name]!())) {
    for (const { text } of emitVerilog(compile(module))) console.log(text);
  }
}
