import { type Design, needsClock, needsReset } from "../../ir/index.ts";
import type { FrameLayout } from "./ports.ts";

/** Name of the design's instance in a bench; the first scope of a wave. */
export const dutName = "dut";

/** A name for the bench module that no module of the design has. */
export function benchModuleName(design: Design): string {
  const taken = new Set(design.modules.map((module) => module.name));
  let name = "lodestone_bench";
  while (taken.has(name)) name += "_";
  return name;
}

/**
 * The instance of the design in a bench. The bench calls port number i `in_<i>` or `out_<i>`, so that no port name of
 * the design meets a reserved word of the bench's language.
 */
export function dutInstance(design: Design, inputs: FrameLayout, outputs: FrameLayout): string {
  const connections = [
    ...(needsClock(design.top) ? ["    .clock(clock)"] : []),
    ...(needsReset(design.top) ? ["    .reset(reset)"] : []),
    ...inputs.ports.map((port, i) => `    .${port.name}(in_${i})`),
    ...outputs.ports.map((port, i) => `    .${port.name}(out_${i})`),
  ];
  return [`  ${design.top.name} ${dutName} (`, connections.join(",\n"), "  );"].join("\n");
}

/** `[7:0]` with a space behind it; nothing for one bit. */
export function bitRange(bits: number): string {
  return bits === 1 ? "" : `[${bits - 1}:0] `;
}
