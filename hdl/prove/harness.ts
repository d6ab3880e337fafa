import type { PropertyDefinition } from "../ir/index.ts";
import {
  clockingOf,
  clockingPorts,
  type Design,
  domainUses,
  type ModuleNetlist,
  statedProperties,
} from "../ir/index.ts";
import { ToolError } from "../tools/tool-error.ts";
import { emitVerilog, goalSuffix } from "../verilog/index.ts";
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
  /** What is to be shown: assertions, covers, and assumptions below the top. */
  readonly goals: readonly Goal[];
  /** The assumptions of the top. */
  readonly assumptions: readonly PropertyDefinition[];
  /** Whether the first cycle is under reset. */
  readonly resets: boolean;
}

/**
 * A module around the design that resets it in the first cycle and leaves its inputs free.
 * @throws ToolError for a design with several clocks or with both edges of one
 */
export function harnessOf(design: Design): DesignHarness {
  const { top } = design;
  refuseClocks(design);
  const text = surrounding(top, instanceText(design, top.name, dutName, []));
  const files: Record<string, string> = {};
  for (const file of emitVerilog(design, { properties: "proof", sourceComments: false })) {
    files[file.fileName] = file.text;
  }
  files[`${proofModule}.v`] = text;
  const goals = goalsOf(top, [top.name], dutName);
  return {
    files,
    script: [`read_verilog -formal ${Object.keys(files).join(" ")}`, ...flatScript],
    goals: goals.filter(({ property, path }) => property.kind !== "assume" || path.length > 1),
    assumptions: statedProperties(top).filter(({ kind }) => kind === "assume"),
    resets: hasReset(design),
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

/** The proof module: a clock, a reset that is active in the first cycle (`running` is 0), and the inputs of `top` left free. */
export function surrounding(top: ModuleNetlist, body: string): string {
  const inputs = top.ports.filter((port) => port.direction === "input");
  const declared = inputs.map((port, i) => `,\n  input wire [${bitsOf(port) - 1}:0] in_${i}`);
  return `module ${proofModule} (
  input wire clock${declared.join("")}
);
  reg running = 1'b0;
  always @(posedge clock) running <= 1'b1;
${body}endmodule
`;
}

/** An instance of a design's top inside the proof module; `outputs` are nets for its outputs, in their order. */
export function instanceText(design: Design, module: string, name: string, outputs: readonly string[]): string {
  const { ports } = design.top;
  const lines = clockingPorts(domainUses(design).get(design.top)!).map(({ name: port, role, domain }) => {
    if (role === "clock") return `    .${port}(clock)`;
    return `    .${port}(${domain.resetActive === "high" ? "!running" : "running"})`;
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

/** @throws ToolError for a design with several clocks or with both edges of one */
export function refuseClocks(design: Design): void {
  const clocks = clockingOf(design).clocks.filter(({ present }) => present);
  if (clocks.length > 1) {
    throw new ToolError(
      `${design.top.name} has ${clocks.length} clocks (${clocks.map(({ name }) => name).join(", ")}): a proof takes one; prove its parts`,
    );
  }
  if (clocks.some(({ bothEdges }) => bothEdges)) {
    throw new ToolError(`${design.top.name} uses both edges of its clock: a proof takes one`);
  }
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
