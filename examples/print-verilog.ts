/** Prints the Verilog of examples: `npx tsx examples/print-verilog.ts uart`; without a name it lists them. */
import { compile, emitVerilog } from "../hdl/index.ts";
import { examples } from "./all.ts";

const names = process.argv.slice(2);
if (names.length === 0 || !names.every((name) => Object.hasOwn(examples, name))) {
  console.error(`name an example: ${Object.keys(examples).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const module of names.flatMap((name) => examples[name]!())) {
    for (const { text } of emitVerilog(compile(module))) console.log(text);
  }
}
