import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, type Engine, type EngineValues, emitVerilog, startEngine } from "../hdl/index.ts";
import { lint } from "../hdl/verilog/testing/tools.ts";
import { Random } from "../tb/index.ts";
import { examples } from "./all.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const designs = Object.entries(examples).flatMap(([name, make]) =>
  make().map((module) => [`${name}: ${module.moduleName}`, name, compile(module)] as const),
);

/** Memories without contents are unknown in Icarus; Verilator begins with zeros, as this process does. */
const twoState = new Set(["rv32i"]);

/** Values for every input, with the extremes among them. */
function stimulus(engine: Engine, random: Random): EngineValues[] {
  return engine.inputs.map(({ elements, elementWidth, signed }) => {
    const values = Array.from({ length: elements }, () => {
      const bits = BigInt(random.integer(0, 2 ** 32 - 1)) | (BigInt(random.integer(0, 2 ** 32 - 1)) << 32n);
      const any = random.oneIn(4) ? random.pick([0n, -1n]) : bits;
      return signed ? BigInt.asIntN(elementWidth, any) : BigInt.asUintN(elementWidth, any);
    });
    return elementWidth > 32 ? values : values.map(Number);
  });
}

/** All outputs of a run on random inputs, the first cycles under reset. */
function record(engine: Engine, cycles: number): (number | bigint)[][][] {
  const random = new Random(3);
  const seen: (number | bigint)[][][] = [];
  const apply = () => {
    for (const [port, values] of stimulus(engine, random).entries()) engine.write(port, values);
  };
  apply();
  engine.step(3, true);
  for (let cycle = 0; cycle < cycles; cycle++) {
    apply();
    seen.push(engine.outputs.map((_, port) => Array.from(engine.read(port) as ArrayLike<number | bigint>)));
    engine.step(1);
  }
  return seen;
}

describe.each(designs)("%s", (_title, name, design) => {
  test("has no warning in verilator -Wall", () => lint(emitVerilog(design)));

  test("answers to random inputs in its Verilog as in this process", async () => {
    // Random inputs do not keep the rules that a design relies on.
    const options = { assertions: "off" } as const;
    const here = await startEngine(design, options);
    const there = await startEngine(design, { ...options, engine: twoState.has(name) ? "verilator" : "icarus" });
    try {
      expect(there.inputs).toEqual(here.inputs);
      expect(record(there, 400)).toEqual(record(here, 400));
    } finally {
      here.dispose();
      there.dispose();
    }
  }, 60_000);
});

describe("the text", () => {
  // A copy whose sources can be edited, inside the project, so that its tools are found.
  const work = join(root, "build", `all-examples-${process.pid}`);
  const copy = join(work, "examples");
  const inCopy = (file: string) => join(copy, file);

  beforeAll(() => {
    mkdirSync(work, { recursive: true });
    cpSync(join(root, "examples"), copy, { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
    // The language does not lie beside the copy.
    const files = readdirSync(copy, { recursive: true, encoding: "utf8" });
    for (const name of files.filter((path) => path.endsWith(".ts"))) {
      const text = readFileSync(inCopy(name), "utf8");
      writeFileSync(
        inCopy(name),
        text.replaceAll(/"(?:\.\.\/)+hdl\/index\.ts"/g, `"${pathToFileURL(join(root, "hdl", "index.ts"))}"`),
      );
    }
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** The text of every module by its name, from a process of its own. */
  function emitted(): Map<string, string> {
    const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
    const printed = execFileSync(process.execPath, [tsx, inCopy("print-verilog.ts"), ...Object.keys(examples)], {
      encoding: "utf8",
      timeout: 60_000,
      cwd: root,
    });
    const texts = printed.split(/^(?<=endmodule\n)/m).map((text) => text.trim());
    return new Map(texts.filter((text) => text !== "").map((text) => [/^module (\w+)/m.exec(text)![1]!, text]));
  }

  test("is the same in two processes, and an edited line changes no other module", () => {
    const first = emitted();
    expect(first.size).toBeGreaterThanOrEqual(8);
    expect(emitted()).toEqual(first);
    // Each in front of all that the module declares.
    const edits = [
      ["uart/uart-transmitter.ts", "UartTransmitter"],
      ["axi-timer/axi-timer.ts", "AxiTimer"],
      ["fir/fir.ts", "Fir"],
      ["rv32i/alu.ts", "Alu"],
    ] as const;
    for (const [file] of edits) {
      const text = readFileSync(inCopy(file), "utf8");
      writeFileSync(inCopy(file), text.replace(/^ {2}build\(\) \{\n/m, "$&    // An edit.\n"));
    }
    const after = emitted();
    const changed = [...first].filter(([name, text]) => after.get(name) !== text).map(([name]) => name);
    expect([...after.keys()]).toEqual([...first.keys()]);
    // The comments that name lines move with them.
    expect(changed.sort()).toEqual(edits.map(([, module]) => module).sort());
    const code = (texts: Map<string, string>) => [...texts.values()].map((text) => text.replaceAll(/\s*\/\/.*$/gm, ""));
    expect(code(after)).toEqual(code(first));
  }, 120_000);
});
