import { type Clocking, clockingOf, type Design } from "../../ir/index.ts";
import { ToolError } from "../../tools/tool-error.ts";
import type { FrameLayout } from "./ports.ts";
import { mostClocks } from "./protocol.ts";

/** Name of the design's instance in a bench; the first scope of a wave. */
export const dutName = "dut";

/** A name for the bench module that no module of the design has. */
export function benchModuleName(design: Design): string {
  const taken = new Set(design.modules.map((module) => module.name));
  let name = "lodestone_bench";
  while (taken.has(name)) name += "_";
  return name;
}

/** A clock or a reset that a bench drives: its name in the bench, its number, and the levels it has. */
export interface BenchLine {
  readonly name: string;
  readonly number: number;
  /** The level at rest: before the first edge, or while the reset is not active. */
  readonly rest: 0 | 1;
  readonly other: 0 | 1;
  /** Port of the design. */
  readonly port: string;
}

/** The clocks and resets that the design has ports for. */
export interface BenchLines {
  readonly clocks: readonly BenchLine[];
  readonly resets: readonly BenchLine[];
  /** Whether something changes at the second edge of a clock too. */
  readonly bothEdges: boolean;
  readonly clocking: Clocking;
}

/** What a bench drives besides the ports that the design declares. */
export function benchLines(design: Design): BenchLines {
  const clocking = clockingOf(design);
  if (Math.max(clocking.clocks.length, clocking.resets.length) > mostClocks) {
    throw new ToolError(`${design.top.name} has more than ${mostClocks} clocks or resets: simulate it in process`);
  }
  const clocks = clocking.clocks.flatMap(({ name: port, present, edge }, number): BenchLine[] => {
    const rest = edge === "rising" ? 0 : 1;
    return present ? [{ name: `clock_${number}`, number, rest, other: rest === 0 ? 1 : 0, port }] : [];
  });
  const resets = clocking.resets.flatMap(({ name: port, present, active }, number): BenchLine[] => {
    const rest = active === "high" ? 0 : 1;
    return present ? [{ name: `reset_${number}`, number, rest, other: rest === 0 ? 1 : 0, port }] : [];
  });
  return { clocks, resets, bothEdges: clocking.clocks.some((clock) => clock.bothEdges), clocking };
}

/**
 * The instance of the design in a bench. The bench calls port number i `in_<i>` or `out_<i>`, so that no port name of
 * the design meets a reserved word of the bench's language.
 */
export function dutInstance(design: Design, lines: BenchLines, inputs: FrameLayout, outputs: FrameLayout): string {
  const connections = [
    ...[...lines.clocks, ...lines.resets].map(({ port, name }) => `    .${port}(${name})`),
    ...inputs.ports.map((port, i) => `    .${port.name}(in_${i})`),
    ...outputs.ports.map((port, i) => `    .${port.name}(out_${i})`),
  ];
  return [`  ${design.top.name} ${dutName} (`, connections.join(",\n"), "  );"].join("\n");
}

/** `[7:0]` with a space behind it; nothing for one bit. */
export function bitRange(bits: number): string {
  return bits === 1 ? "" : `[${bits - 1}:0] `;
}
