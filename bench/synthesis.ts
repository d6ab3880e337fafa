import { MacArray } from "../generators/index.ts";
import { compile, emitVerilog } from "../hdl/index.ts";
import { hasTool } from "../hdl/tools/find-tool.ts";
import { macArrayParameters } from "../spec/index.ts";
import { synthesize } from "../synth/index.ts";
import { type Benchmark, below, plain } from "./figure.ts";
import { measureHere } from "./measure.ts";

/** The whole array through Yosys, hierarchy kept. */
export const synthesis: Benchmark = {
  name: "synthesis",
  summary: "mac-array at chip size, hierarchical, generic gates",
  async run() {
    const files = emitVerilog(compile(new MacArray(macArrayParameters.parse({}))));
    const run = (yosys: "embedded" | "system") => measureHere(() => synthesize({ top: "MacArray", files }, { yosys }));
    const embedded = await run("embedded");
    const top = embedded.result.modules[0]!;
    const figures = [
      below("embedded Yosys, real time", embedded.wallSeconds, "s", 60),
      plain("gate equivalents", top.total.gateEquivalents, "GE"),
    ];
    if (!(await hasTool("yosys"))) return figures;
    const system = await run("system");
    return [
      ...figures,
      plain(`the system's ${system.result.recipe.yosys}, real time`, system.wallSeconds, "s"),
      plain("gate equivalents from it", system.result.modules[0]!.total.gateEquivalents, "GE"),
    ];
  },
};
