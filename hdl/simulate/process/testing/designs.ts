import {
  arithmetic,
  constant,
  type Design,
  designOf,
  input,
  type MemoryDefinition,
  type ModuleNetlist,
  memoryRead,
  type Node,
  type Port,
  type RegisterDefinition,
  register,
} from "../../../ir/index.ts";
import { bit, leavesOf, type PackedType, sint, uint, vec } from "../../../types/index.ts";
import type { EmittedFile } from "../emitted-file.ts";

/** A design as a netlist and as Verilog, both written by hand. */
export interface HandWritten {
  readonly design: Design;
  readonly files: readonly EmittedFile[];
}

/** An 8-bit counter with reset, an enable and a step: `count <= reset ? 3 : enable ? count + amount : count`. */
export function counter(increment = "count_r + amount"): HandWritten {
  const count = register(0, 8, false);
  return handWritten({
    name: "counter",
    ports: [inputPort("enable", bit), inputPort("amount", uint(4)), outputPort("count", uint(8), [count])],
    registers: [{ node: count, name: "count_r", next: count, reset: 3n, group: 0 }],
    text: `module counter (
  input clock,
  input reset,
  input enable,
  input [3:0] amount,
  output [7:0] count
);
  reg [7:0] count_r;
  assign count = count_r;
  always @(posedge clock)
    if (reset) count_r <= 8'd3;
    else count_r <= enable ? ${increment} : count_r;
endmodule
`,
  });
}

/** Four signed 5-bit sums of vectors of 4-bit elements; combinational, without a clock. */
export function adder(): HandWritten {
  const sums = [0, 1, 2, 3].map((i) => arithmetic("add", input("a", i, 4, true), input("b", i, 4, true), 5, true));
  const lane = (i: number): string =>
    `  assign sum[${5 * i} +: 5] = $signed(a[${4 * i} +: 4]) + $signed(b[${4 * i} +: 4]);`;
  return handWritten({
    name: "adder",
    ports: [inputPort("a", vec(4, sint(4))), inputPort("b", vec(4, sint(4))), outputPort("sum", vec(4, sint(5)), sums)],
    text: `module adder (input [15:0] a, input [15:0] b, output [19:0] sum);
${[0, 1, 2, 3].map(lane).join("\n")}
endmodule
`,
  });
}

/**
 * Wide ports, registered once without a reset: `sum = a + b` on 200 bits, and a vector of 33-bit signed elements that
 * passes through. One port is called `double`, a reserved word of C++ only.
 */
export function wide(): HandWritten {
  const sum = register(0, 200, false);
  const elements = [0, 1, 2].map((i) => register(i + 1, 33, true));
  const definition = (node: ReturnType<typeof register>, name: string, next: Node): RegisterDefinition => ({
    node,
    name,
    next,
    reset: undefined,
    group: node.id,
  });
  return handWritten({
    name: "wide",
    ports: [
      inputPort("a", uint(200)),
      inputPort("b", uint(200)),
      inputPort("double", vec(3, sint(33))),
      outputPort("sum", uint(200), [sum]),
      outputPort("passed", vec(3, sint(33)), elements),
    ],
    registers: [
      definition(sum, "sum_r", arithmetic("add", input("a", 0, 200, false), input("b", 0, 200, false), 200, false)),
      ...elements.map((node, i) => definition(node, `passed_${i}`, input("double", i, 33, true))),
    ],
    text: `module wide (
  input clock,
  input [199:0] a,
  input [199:0] b,
  input [98:0] double,
  output reg [199:0] sum,
  output reg [98:0] passed
);
  always @(posedge clock) begin
    sum <= a + b;
    passed <= double;
  end
endmodule
`,
  });
}

/** A memory of 16 words of 12 bits with one write port and an asynchronous read; nothing is ever reset. */
export function memory(): HandWritten {
  const address = input("read_address", 0, 4, false);
  const words: MemoryDefinition = {
    id: 0,
    name: "words",
    depth: 16,
    width: 12,
    signed: true,
    writes: [
      {
        enable: input("write", 0, 1, false),
        address: input("write_address", 0, 4, false),
        data: input("data", 0, 12, true),
      },
    ],
  };
  return handWritten({
    name: "scratchpad",
    ports: [
      inputPort("write", bit),
      inputPort("write_address", uint(4)),
      inputPort("data", sint(12)),
      inputPort("read_address", uint(4)),
      outputPort("value", sint(12), [memoryRead(0, address, 12, true)]),
      outputPort("address", uint(4), [address]),
    ],
    memories: [words],
    text: `module scratchpad (
  input clock,
  input write,
  input [3:0] write_address,
  input signed [11:0] data,
  input [3:0] read_address,
  output signed [11:0] value,
  output [3:0] address
);
  reg [11:0] words [0:15];
  assign value = words[read_address];
  assign address = read_address;
  always @(posedge clock) if (write) words[write_address] <= data;
endmodule
`,
  });
}

/** Logic that loops for ever while `go` is 1: a simulator that hangs. */
export function endless(): HandWritten {
  return handWritten({
    name: "endless",
    ports: [inputPort("go", bit), outputPort("wave", bit, [constant(0n, 1, false)])],
    text: `module endless (input go, output reg wave);
  always @* begin
    wave = 1'b0;
    while (go) wave = ~wave;
  end
endmodule
`,
  });
}

interface Parts {
  readonly name: string;
  readonly ports: readonly Port[];
  readonly registers?: readonly RegisterDefinition[];
  readonly memories?: readonly MemoryDefinition[];
  readonly text: string;
}

function handWritten(parts: Parts): HandWritten {
  const { name, ports, registers = [], memories = [], text } = parts;
  const top: ModuleNetlist = { name, params: {}, ports, wires: [], registers, memories, instances: [] };
  return { design: designOf(top), files: [{ module: name, fileName: `${name}.v`, text }] };
}

function inputPort(name: string, type: PackedType): Port {
  return { name, direction: "input", type, drivers: [] };
}

function outputPort(name: string, type: PackedType, drivers: readonly Node[]): Port {
  if (drivers.length !== leavesOf(type).length) throw new Error(`${name}: wrong number of drivers`);
  return { name, direction: "output", type, drivers };
}
