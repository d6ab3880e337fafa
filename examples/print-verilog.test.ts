import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

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
  expect(print("uart")).toEqual({ status: 0, modules: ["UartTransmitter", "UartReceiver"], stderr: "" });
  expect(print("spi")).toEqual({ status: 0, modules: ["SpiController"], stderr: "" });
  expect(print("fir")).toEqual({ status: 0, modules: ["Fir"], stderr: "" });
});

test("another name is refused", () => {
  for (const names of [[], ["toString"]]) {
    expect(print(...names)).toEqual({ status: 2, modules: [], stderr: "name an example: uart, spi, fir\n" });
  }
});
