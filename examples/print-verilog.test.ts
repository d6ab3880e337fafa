import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { examples } from "./all.ts";
import { exercises } from "./primer/exercises.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");

function print(...names: string[]) {
  const script = join(root, "examples", "print-verilog.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsx, script, ...names], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, modules: [...stdout.matchAll(/^module (\w+) \($/gm)].map((match) => match[1]), stderr };
}

test("each example prints its modules", () => {
  const modules = ["UartTransmitter", "UartReceiver", "SpiController", "Fir", "Alu", "Core", "Computer"];
  modules.push("add16", "csel32");
  expect(print("uart", "spi", "fir", "rv32i", "primer/22_csel32")).toEqual({ status: 0, modules, stderr: "" });
});

test("a name that is none of them is refused", () => {
  expect(print("uart", "toString")).toEqual({
    status: 2,
    modules: [],
    stderr: `name an example: ${[...Object.keys(examples), ...Object.keys(exercises).map((name) => `primer/${name}`)].join(", ")}\n`,
  });
});
