import { bitWidth, clockingOf, type Port } from "../hdl/index.ts";
import type { VerilogBenchRequest } from "./verilog-bench.ts";

const range = (bits: number): string => (bits > 1 ? `[${bits - 1}:0] ` : "");

const bitsOf = (ports: readonly Port[]): number => ports.reduce((sum, port) => sum + bitWidth(port.type), 0);

/** What the bench calls its own things. A design may have ports of these names; the bench's then end in `_`. */
const ownNames = [
  "CYCLES",
  "stimulus",
  "expected",
  "look",
  "folder",
  "cycle",
  "compared",
  "failures",
  "unknown",
  "dut",
] as const;

/** The bench's names for its own things and for what each output must be. */
function freeNames(taken: ReadonlySet<string>) {
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  const own = Object.fromEntries(ownNames.map((name) => [name, free(name)])) as Record<
    (typeof ownNames)[number],
    string
  >;
  return { ...own, free, want: (port: Port) => free(`want_${port.name}`) };
}

/** The Verilog of a self-checking bench over `cycles` lines of stimulus. */
export function benchText({ design, seed, tolerateUnknown = false }: VerilogBenchRequest, cycles: number): string {
  const { top } = design;
  const name = `${top.name}_tb`;
  const inputs = top.ports.filter((port) => port.direction === "input");
  const outputs = top.ports.filter((port) => port.direction === "output");
  const { clocks, resets } = clockingOf(design);
  const clock = clocks.find(({ present }) => present) ?? clocks[0]!;
  const present = resets.filter((reset) => reset.present);
  const others = clocks.filter((other) => other.present && other !== clock);
  const pins = [...(clock.present ? [clock, ...others] : others), ...present, ...top.ports].map((pin) => pin.name);
  const own = freeNames(new Set(pins));
  // A combinational design has no clock port; the bench counts its cycles by one all the same.
  const tick = clock.present ? clock.name : own.free(clock.name);
  const edge = clock.edge === "rising" ? "posedge" : "negedge";
  const resetTo = (active: boolean): string =>
    present.map((reset) => `${reset.name} = 1'b${(reset.active === "high") === active ? 1 : 0};`).join(" ");
  const mismatch = (port: Port): string => `begin
          ${own.failures} = ${own.failures} + 1;
          if (${own.failures} <= 8)
            $display("MISMATCH cycle %0d ${port.name}: expected %h, found %h", ${own.cycle}, ${own.want(port)}, ${port.name});
        end`;
  // One bit that differs decides; none that does, and one that is not known, leaves it open.
  const tolerant = (port: Port): string => `
        case (|(${port.name} ^ ${own.want(port)}))
          1'b0: ${own.compared} = ${own.compared} + 1;
          1'b1: begin
            ${own.compared} = ${own.compared} + 1;
            ${mismatch(port).replaceAll("\n", "\n    ")}
          end
          default: ${own.unknown} = ${own.unknown} + 1;
        endcase`;
  const strict = (port: Port): string => `
        ${own.compared} = ${own.compared} + 1;
        if (${port.name} !== ${own.want(port)}) ${mismatch(port)}`;
  const check = (port: Port, i: number): string => `
      if (${own.look}[${outputs.length - 1 - i}]) begin${(tolerateUnknown ? tolerant : strict)(port)}
      end`;
  const list = (ports: readonly Port[]): string => ports.map((port) => port.name).join(", ");
  const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");
  const given = inputs.length > 0;
  const unknowns = tolerateUnknown ? [`  integer ${own.unknown};`] : [];
  const answers = tolerateUnknown ? ["// Answers: those of Lodestone's own engine to random inputs."] : [];
  const read = (path: string, file: string): string => `$readmemh(${path}, ${file});`;
  const files: readonly ("stimulus" | "expected")[] = given ? ["stimulus", "expected"] : ["expected"];
  const load = (path: (file: (typeof files)[number]) => string): string =>
    files.map((file) => `\n      ${read(path(file), own[file])}`).join("");
  return `// Self-checking test bench of ${top.name}: plain Verilog-2005, for any simulator.
// Vectors: ${files.map((file) => `${file}.hex`).join(" and ")} beside this file (seed ${seed}); run in this folder, or give their folder with
// +vectors=DIR. Prints PASS or FAIL as its last line.
${lines(answers)}module ${name};
  localparam ${own.CYCLES} = ${cycles};

  reg ${tick} = 1'b${clock.edge === "rising" ? 0 : 1};
${lines([
  ...present.map((reset) => `  reg ${reset.name} = 1'b${reset.active === "high" ? 1 : 0};`),
  ...others.map((other) => `  wire ${other.name} = ${other.edge === clock.edge ? "" : "~"}${tick};`),
  ...inputs.map((port) => `  reg ${range(bitWidth(port.type))}${port.name};`),
])}${lines(outputs.map((port) => `  wire ${range(bitWidth(port.type))}${port.name};`))}
  ${top.name} ${own.dut} (
${pins.map((pin) => `    .${pin}(${pin})`).join(",\n")}
  );

  always #5 ${tick} = ~${tick};

  // One line per cycle: the inputs; and which outputs to look at, with what they must be.
${given ? `  reg [${bitsOf(inputs) - 1}:0] ${own.stimulus} [0:${own.CYCLES}-1];\n` : ""}  reg [${bitsOf(outputs) + outputs.length - 1}:0] ${own.expected} [0:${own.CYCLES}-1];

  reg [${outputs.length - 1}:0] ${own.look};
${lines(outputs.map((port) => `  reg ${range(bitWidth(port.type))}${own.want(port)};`))}  reg [8*1024-1:0] ${own.folder};
  integer ${own.cycle};
  integer ${own.compared};
  integer ${own.failures};
${lines(unknowns)}
  initial begin
    if ($value$plusargs("vectors=%s", ${own.folder})) begin${load((file) => `{${own.folder}, "/${file}.hex"}`)}
    end else begin${load((file) => `"${file}.hex"`)}
    end
    ${own.compared} = 0;
    ${own.failures} = 0;
${tolerateUnknown ? `    ${own.unknown} = 0;\n` : ""}${given ? `    {${list(inputs)}} = ${bitsOf(inputs)}'d0;\n` : ""}    repeat (2) @(${edge} ${tick});
    #1${present.length > 0 ? ` ${resetTo(false)}` : ";"}
    // Inputs change just after an edge; outputs are read just before the next one.
    for (${own.cycle} = 0; ${own.cycle} < ${own.CYCLES}; ${own.cycle} = ${own.cycle} + 1) begin
${given ? `      {${list(inputs)}} = ${own.stimulus}[${own.cycle}];\n` : ""}      {${own.look}, ${outputs.map(own.want).join(", ")}} = ${own.expected}[${own.cycle}];
      #8;${outputs.map(check).join("")}
      @(${edge} ${tick});
      #1;
    end
    if (${own.failures} == 0 && ${own.compared} > 0)
      $display("PASS %0d outputs compared in %0d cycles${tolerateUnknown ? ", %0d unknown" : ""}", ${own.compared}, ${own.cycle}${tolerateUnknown ? `, ${own.unknown}` : ""});
    else
      $display("FAIL %0d of %0d outputs differ", ${own.failures}, ${own.compared});
    $finish;
  end
endmodule
`;
}
