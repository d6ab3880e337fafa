import { bitWidth, clockingOf, type Design, type Port, scalarOf } from "../hdl/index.ts";
import type { BenchCycle, DesignBench, PortValues } from "./bench-cycle.ts";

/** A file of the plain Verilog test bench; the path is relative to the folder of the bench. */
export interface BenchFile {
  readonly path: string;
  readonly text: string;
}

/** What the bench is made for. */
export interface VerilogBenchRequest {
  readonly design: Design;
  readonly bench: DesignBench;
  readonly latency: number;
  readonly seed: number;
  /** Cycles with stimulus. */
  readonly vectors: number;
}

/** The bits of a port with the given elements, element 0 least significant. */
function packPort(port: Port, values: ArrayLike<number>): bigint {
  const { width } = scalarOf(port.type);
  let bits = 0n;
  for (let i = values.length - 1; i >= 0; i--) {
    bits = (bits << BigInt(width)) | BigInt.asUintN(width, BigInt(values[i]!));
  }
  return bits;
}

/** Ports side by side, the first one most significant, as one hexadecimal number. */
function hexLine(ports: readonly Port[], values: PortValues): string {
  let bits = 0n;
  let width = 0;
  for (const port of ports) {
    const own = values[port.name];
    bits = (bits << BigInt(bitWidth(port.type))) | (own ? packPort(port, own) : 0n);
    width += bitWidth(port.type);
  }
  return bits.toString(16).padStart(Math.ceil(width / 4), "0");
}

const range = (bits: number): string => (bits > 1 ? `[${bits - 1}:0] ` : "");

function benchText({ design, seed }: VerilogBenchRequest, cycles: number): string {
  const { top } = design;
  const name = `${top.name}_tb`;
  const inputs = top.ports.filter((port) => port.direction === "input");
  const outputs = top.ports.filter((port) => port.direction === "output");
  const bitsOf = (ports: readonly Port[]): number => ports.reduce((sum, port) => sum + bitWidth(port.type), 0);
  const { clocks, resets } = clockingOf(design);
  const [clock] = clocks as [(typeof clocks)[number]];
  // A combinational design has no clock port; the bench counts its cycles by one all the same.
  const edge = clock.edge === "rising" ? "posedge" : "negedge";
  const present = resets.filter((reset) => reset.present);
  const others = clocks.slice(1).filter((other) => other.present);
  const pins = [
    ...[clock].filter((each) => each.present).map(({ name }) => name),
    ...[...others, ...present].map(({ name }) => name),
    ...top.ports.map((port) => port.name),
  ];
  const resetTo = (active: boolean): string =>
    present.map((reset) => `${reset.name} = 1'b${(reset.active === "high") === active ? 1 : 0};`).join(" ");
  const check = (port: Port, i: number): string => `
      if (look[${outputs.length - 1 - i}]) begin
        compared = compared + 1;
        if (${port.name} !== want_${port.name}) begin
          failures = failures + 1;
          if (failures <= 8)
            $display("MISMATCH cycle %0d ${port.name}: expected %h, found %h", cycle, want_${port.name}, ${port.name});
        end
      end`;
  return `// Self-checking test bench of ${top.name}: plain Verilog-2005, for any simulator.
// Vectors: stimulus.hex and expected.hex beside this file (seed ${seed}); run in this folder, or give their folder with
// +vectors=DIR. Prints PASS or FAIL as its last line.
module ${name};
  localparam CYCLES = ${cycles};

  reg ${clock.name} = 1'b${clock.edge === "rising" ? 0 : 1};
${present.map(({ name, active }) => `  reg ${name} = 1'b${active === "high" ? 1 : 0};\n`).join("")}${others.map(({ name }) => `  wire ${name} = ${clock.name};\n`).join("")}${inputs.map((port) => `  reg ${range(bitWidth(port.type))}${port.name};`).join("\n")}
${outputs.map((port) => `  wire ${range(bitWidth(port.type))}${port.name};`).join("\n")}

  ${top.name} dut (
${pins.map((pin) => `    .${pin}(${pin})`).join(",\n")}
  );

  always #5 ${clock.name} = ~${clock.name};

  // One line per cycle: the inputs; and which outputs to look at, with what they must be.
  reg [${bitsOf(inputs) - 1}:0] stimulus [0:CYCLES-1];
  reg [${bitsOf(outputs) + outputs.length - 1}:0] expected [0:CYCLES-1];

  reg [${outputs.length - 1}:0] look;
${outputs.map((port) => `  reg ${range(bitWidth(port.type))}want_${port.name};`).join("\n")}
  reg [8*1024-1:0] folder;
  integer cycle;
  integer compared;
  integer failures;

  initial begin
    if ($value$plusargs("vectors=%s", folder)) begin
      $readmemh({folder, "/stimulus.hex"}, stimulus);
      $readmemh({folder, "/expected.hex"}, expected);
    end else begin
      $readmemh("stimulus.hex", stimulus);
      $readmemh("expected.hex", expected);
    end
    compared = 0;
    failures = 0;
    {${inputs.map((port) => port.name).join(", ")}} = ${bitsOf(inputs)}'d0;
    repeat (2) @(${edge} ${clock.name});
    #1${present.length > 0 ? ` ${resetTo(false)}` : ";"}
    // Inputs change just after an edge; outputs are read just before the next one.
    for (cycle = 0; cycle < CYCLES; cycle = cycle + 1) begin
      {${inputs.map((port) => port.name).join(", ")}} = stimulus[cycle];
      {look, ${outputs.map((port) => `want_${port.name}`).join(", ")}} = expected[cycle];
      #8;${outputs.map(check).join("")}
      @(${edge} ${clock.name});
      #1;
    end
    if (failures == 0 && compared > 0)
      $display("PASS %0d outputs compared in %0d cycles", compared, cycle);
    else
      $display("FAIL %0d of %0d outputs differ", failures, compared);
    $finish;
  end
endmodule
`;
}

/** A self-checking test bench in plain Verilog with its vectors: `NAME_tb.v`, `stimulus.hex`, `expected.hex`. */
export function verilogBench(request: VerilogBenchRequest): BenchFile[] {
  const { design, bench, latency, seed, vectors } = request;
  const inputs = design.top.ports.filter((port) => port.direction === "input");
  const outputs = design.top.ports.filter((port) => port.direction === "output");
  const cycles: BenchCycle[] = [...bench.cycles(seed, vectors)];
  const expected: PortValues[] = [
    ...Array.from({ length: latency }, () => bench.quiet),
    ...cycles.map((c) => c.expected),
  ];
  const stimulus: PortValues[] = [...cycles.map((c) => c.inputs), ...Array.from({ length: latency }, () => bench.idle)];
  const expectedLine = (values: PortValues): string => {
    const look = outputs.reduce((mask, port) => (mask << 1n) | (values[port.name] ? 1n : 0n), 0n);
    const width = outputs.reduce((sum, port) => sum + bitWidth(port.type), 0);
    const bits = (look << BigInt(width)) | BigInt(`0x${hexLine(outputs, values)}`);
    return bits.toString(16).padStart(Math.ceil((width + outputs.length) / 4), "0");
  };
  return [
    { path: `${design.top.name}_tb.v`, text: benchText(request, stimulus.length) },
    { path: "stimulus.hex", text: `${stimulus.map((values) => hexLine(inputs, values)).join("\n")}\n` },
    { path: "expected.hex", text: `${expected.map(expectedLine).join("\n")}\n` },
  ];
}
