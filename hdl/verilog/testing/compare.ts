import type { Design, ModuleNetlist } from "../../ir/index.ts";
import { bitWidth, leavesOf, type PackedType, rangeOf, wrapTo } from "../../types/index.ts";
import { emitVerilog } from "../emit.ts";
import { Interpreter } from "./interpret.ts";
import { simulate } from "./tools.ts";

type Values = ReadonlyMap<string, readonly bigint[]>;

/** Elements in their packed form, element 0 least significant. */
function packed(type: PackedType, values: readonly bigint[]): bigint {
  let bits = 0n;
  let at = 0n;
  leavesOf(type).forEach((leaf, i) => {
    bits |= BigInt.asUintN(leaf.type.width, values[i]!) << at;
    at += BigInt(leaf.type.width);
  });
  return bits;
}

/** Ports side by side, the first one least significant. */
function joined(ports: readonly { type: PackedType; values: readonly bigint[] }[]): bigint {
  let bits = 0n;
  let at = 0n;
  for (const { type, values } of ports) {
    bits |= packed(type, values) << at;
    at += BigInt(bitWidth(type));
  }
  return bits;
}

/** Random and corner values for every input, from a generator of numbers below 2^32. */
export function stimulus(module: ModuleNetlist, count: number, random: () => number): Map<string, bigint[]>[] {
  return Array.from({ length: count }, (_, cycle) => {
    const frame = new Map<string, bigint[]>();
    for (const port of module.ports) {
      if (port.direction === "output") continue;
      const values = leavesOf(port.type).map(({ type }) => {
        const { min, max } = rangeOf(type.width, type.kind === "sint");
        const corners = [min, max, 0n, max >> 1n];
        if (cycle < corners.length) return corners[cycle]!;
        if (random() % 4 === 0) return corners[random() % corners.length]!;
        const bits = (BigInt(random()) << 64n) | (BigInt(random()) << 32n) | BigInt(random());
        return wrapTo(bits, type.width, type.kind === "sint");
      });
      frame.set(port.name, values);
    }
    return frame;
  });
}

const resetCycles = 40;

/**
 * Runs a top whose children are `parts` (child `k` has the ports of `parts[k]` with `p<k>_` before their names) in
 * Icarus and in the interpreter. Returns the first difference in words, or undefined.
 */
export function firstDifference(
  design: Design,
  parts: readonly ModuleNetlist[],
  frames: readonly (readonly Values[])[],
): string | undefined {
  const { top } = design;
  const ins = top.ports.filter((port) => port.direction === "input");
  const outs = top.ports.filter((port) => port.direction === "output");
  const wide = (ports: typeof ins): number => ports.reduce((sum, port) => sum + bitWidth(port.type), 0);
  const list = (ports: typeof ins): string =>
    ports
      .map((port) => port.name)
      .reverse()
      .join(", ");
  const nets = [...ins, ...outs].map((port) => `  wire [${bitWidth(port.type) - 1}:0] ${port.name};`);
  const clocked = parts.some((part) => part.registers.length > 0);
  const reset = parts.some((part) => part.registers.some((register) => register.reset !== undefined));
  const pins = [...(clocked ? ["clock"] : []), ...(reset ? ["reset"] : []), ...[...ins, ...outs].map((p) => p.name)];
  const bench = `module bench;
  reg [${wide(ins) - 1}:0] in;
  reg [${wide(ins) - 1}:0] vectors [0:${frames.length - 1}];
  reg clock, reset;
  integer i;
${nets.join("\n")}
  wire [${wide(outs) - 1}:0] out = {${list(outs)}};
  assign {${list(ins)}} = in;
  ${top.name} dut (${pins.map((pin) => `.${pin}(${pin})`).join(", ")});
  initial begin
    $readmemh("vectors.hex", vectors);
    clock = 0; reset = 1; in = vectors[0];
    for (i = 0; i < ${resetCycles}; i = i + 1) begin #1 clock = 1; #1 clock = 0; end
    reset = 0;
    for (i = 0; i < ${frames.length}; i = i + 1) begin
      in = vectors[i];
      #1 $display("%h", out);
      clock = 1; #1 clock = 0;
    end
  end
endmodule
`;
  const words = frames.map((frame) =>
    joined(parts.flatMap((part, k) => portsOf(part, "input", frame[k]!))).toString(16),
  );
  const lines = simulate(emitVerilog(design), bench, { "vectors.hex": `${words.join("\n")}\n` });

  const models = parts.map((part) => new Interpreter(part));
  for (let i = 0; i < resetCycles; i++) {
    models.forEach((model, k) => {
      model.step(model.settle(frames[0]![k]!), true);
    });
  }
  for (let cycle = 0; cycle < frames.length; cycle++) {
    const line = lines[cycle] ?? "nothing";
    const expected = models.flatMap((model, k) => {
      const values = model.settle(frames[cycle]![k]!);
      model.step(values, false);
      return parts[k]!.ports.filter((port) => port.direction === "output").map((port) => ({
        name: `p${k}_${port.name}`,
        type: port.type,
        values: port.drivers.map((d) => values.get(d)!),
      }));
    });
    if (/[xz]/i.test(line)) return `cycle ${cycle}: unknown output ${line}`;
    const found = BigInt(`0x${line}`);
    if (found === joined(expected)) continue;
    let at = 0n;
    for (const { name, type, values } of expected) {
      const got = BigInt.asUintN(bitWidth(type), found >> at);
      if (got !== packed(type, values)) {
        return `cycle ${cycle}, ${name}: expected ${packed(type, values).toString(16)}, found ${got.toString(16)}`;
      }
      at += BigInt(bitWidth(type));
    }
  }
  return undefined;
}

function portsOf(
  module: ModuleNetlist,
  direction: "input",
  frame: Values,
): { type: PackedType; values: readonly bigint[] }[] {
  return module.ports
    .filter((port) => port.direction === direction)
    .map((port) => ({ type: port.type, values: frame.get(port.name)! }));
}
