import type { PlacedAssumption } from "../check/input-assumptions.ts";
import type { PropertyDefinition } from "../ir/index.ts";
import {
  type ClockingPort,
  clockingPorts,
  type Design,
  domainUses,
  type ModuleNetlist,
  statedProperties,
} from "../ir/index.ts";
import { liftAssumptions } from "../transform/lift-assumptions.ts";
import { emitVerilog, goalSuffix } from "../verilog/index.ts";
import { type ClockingOptions, clockingText, type MovingClock, type MovingReset, movingOf } from "./moving-clocks.ts";
import { bitsOf } from "./port-bits.ts";

/** Name of the module around the design. */
export const proofModule = "lodestone_proof";
/** Name of the design's instance in it. */
export const dutName = "dut";

/** A property of one instance of a design, and the cell that Yosys makes of it. */
export interface Goal {
  readonly property: PropertyDefinition;
  readonly path: readonly string[];
  readonly cell: string;
}

/** What a solver gets. */
export interface Harness {
  /** Verilog by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Yosys commands that read them and leave one flat module, with registers and memories as plain flip-flops. */
  readonly script: readonly string[];
}

/** A design with its properties as a solver gets it. */
export interface DesignHarness extends Harness {
  /** What is to be shown: assertions, covers, and what modules below the top assume of signals that the design makes. */
  readonly goals: readonly Goal[];
  /** What the design assumes of its inputs. */
  readonly assumptions: readonly PlacedAssumption[];
  /** Whether the first cycle is under reset. */
  readonly resets: boolean;
  /** The clocks of a design with several, and the resets that may come at any time. */
  readonly movingClocks: readonly MovingClock[];
  readonly movingResets: readonly MovingReset[];
  /** A property may fail in the last cycle of a run in which its clock does not tick: it fails when that clock ticks, too. */
  readonly freeClocks: boolean;
}

/**
 * A module around the design that resets it in the first cycle and leaves its inputs free, and its clocks, where it has
 * several.
 * @throws ToolError for both edges of a clock
 */
export function harnessOf(design: Design, options: ClockingOptions = {}): DesignHarness {
  const { top } = design;
  const resets = hasReset(design);
  const { assumptions, design: lifted } = liftAssumptions(design);
  const moving = movingOf(lifted, options);
  const activity = ({ name }: ClockingPort): string => moving.activity.get(name) ?? "";
  const body = instanceText(moving.design, top.name, dutName, [], activity);
  const inputs = moving.resets.map(({ input }) => input);
  const files: Record<string, string> = {};
  for (const file of emitVerilog(moving.design, { properties: "proof", sourceComments: false })) {
    files[file.fileName] = file.text;
  }
  files[`${proofModule}.v`] = surrounding(moving.design.top, clockingText(moving, resets) + body, inputs);
  const assumed = new Set(assumptions.map(({ path, property }) => [...path, property.name].join(".")));
  const isAssumed = ({ path, property }: Goal): boolean => assumed.has([...path, property.name].join("."));
  return {
    files,
    script: [`read_verilog -formal ${Object.keys(files).join(" ")}`, ...flatScript],
    goals: goalsOf(top, [top.name], dutName).filter((goal) => !isAssumed(goal)),
    assumptions,
    resets,
    movingClocks: moving.clocks,
    movingResets: moving.resets,
    freeClocks: moving.clocks.length > 0 && moving.free,
  };
}

/** Leaves the proof module alone, flat, with registers and memories as plain flip-flops. */
export const flatScript: readonly string[] = [
  `prep -flatten -top ${proofModule}`,
  "memory_map",
  "async2sync",
  "dffunmap",
  "opt_clean",
];

/**
 * The proof module: a clock, a reset that is active in the first cycle (`running` is 0), the inputs of `top` left free, and
 * inputs of one bit by the names of `more`.
 */
export function surrounding(top: ModuleNetlist, body: string, more: readonly string[] = []): string {
  const inputs = top.ports.filter((port) => port.direction === "input");
  const declared = [
    ...inputs.map((port, i) => `,\n  input wire [${bitsOf(port) - 1}:0] in_${i}`),
    ...more.map((name) => `,\n  input wire ${name}`),
  ];
  return `module ${proofModule} (
  input wire clock${declared.join("")}
);
  reg running = 1'b0;
  always @(posedge clock) running <= 1'b1;
${body}endmodule
`;
}

/**
 * An instance of a design's top inside the proof module; `outputs` are nets for its outputs, in their order. `activity` gives
 * what is 1 while a reset is active after the first cycle, or nothing.
 */
export function instanceText(
  design: Design,
  module: string,
  name: string,
  outputs: readonly string[],
  activity: (reset: ClockingPort) => string = () => "",
): string {
  const { ports } = design.top;
  const lines = clockingPorts(domainUses(design).get(design.top)!).map((port) => {
    if (port.role === "clock") return `    .${port.name}(clock)`;
    const again = activity(port);
    const high = port.domain.resetActive === "high";
    if (again === "") return `    .${port.name}(${high ? "!running" : "running"})`;
    return `    .${port.name}(${high ? `!running | ${again}` : `!(!running | ${again})`})`;
  });
  const inputs = ports.filter((port) => port.direction === "input").map((port, i) => `    .${port.name}(in_${i})`);
  const driven = ports.filter((port) => port.direction === "output");
  const read = outputs.map((net, i) => `    .${driven[i]!.name}(${net})`);
  return `  ${module} ${name} (\n${[...lines, ...inputs, ...read].join(",\n")}\n  );\n`;
}

/** Whether the first cycle of a run is under reset. */
export function hasReset(design: Design): boolean {
  return clockingPorts(domainUses(design).get(design.top)!).some(({ role }) => role === "reset");
}

function goalsOf(module: ModuleNetlist, path: readonly string[], prefix: string): Goal[] {
  const own = statedProperties(module).map((property) => ({
    property,
    path,
    cell: `${prefix}.${property.name}${goalSuffix}`,
  }));
  const below = module.instances.flatMap((instance) =>
    goalsOf(instance.module, [...path, instance.name], `${prefix}.${instance.name}`),
  );
  return [...own, ...below];
}
