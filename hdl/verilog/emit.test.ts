import { describe, expect, it } from "vitest";
import * as ir from "../ir/index.ts";
import { bit, sint, uint, vec } from "../types/index.ts";
import { emitVerilog } from "./emit.ts";
import { inputPort, inputs, moduleOf, outputPort, outputsOf, textOf } from "./testing/build.ts";
import { checkWithYosys, lint, simulate } from "./testing/tools.ts";

const scalar = (port: string, width: number, signed = false): ir.Node => ir.input(port, 0, width, signed);
const number = (value: number, width: number, signed = false): ir.Node => ir.constant(BigInt(value), width, signed);

/** Emits, lints and checks; returns the text of the top. */
function clean(module: ir.ModuleNetlist): string {
  const files = emitVerilog(ir.designOf(module));
  lint(files);
  checkWithYosys(files);
  return files[files.length - 1]!.text;
}

const longestLine = (text: string): number => text.split("\n").reduce((most, line) => Math.max(most, line.length), 0);

function writable(depth: number, addressBits: number): ir.ModuleNetlist {
  const address = scalar("address", addressBits);
  return moduleOf({
    name: "Memory",
    ports: [
      inputPort("address", uint(addressBits)),
      inputPort("enable", bit),
      inputPort("data", uint(8)),
      outputPort("read", uint(8), ir.memoryRead(0, address, 8, false)),
    ],
    memories: [
      {
        id: 0,
        name: "words",
        depth,
        width: 8,
        signed: false,
        writes: [{ enable: scalar("enable", 1), address, data: scalar("data", 8) }],
      },
    ],
  });
}

describe("emitVerilog", () => {
  it("gives one file for each distinct module, children first", () => {
    const leaf = moduleOf({
      name: "Leaf",
      ports: [inputPort("x", bit), outputPort("y", bit, ir.not(scalar("x", 1)))],
    });
    const at = (id: number, x: ir.Node): ir.InstanceDefinition => ({
      id,
      name: `leaf_${id}`,
      module: leaf,
      inputs: new Map([["x", [x]]]),
    });
    const a = at(0, scalar("x", 1));
    const b = at(1, outputsOf(a, "y")[0]!);
    const top = moduleOf({
      name: "Top",
      ports: [inputPort("x", bit), outputPort("y", bit, outputsOf(b, "y")[0]!)],
      instances: [a, b],
    });
    const files = emitVerilog(ir.designOf(top));
    expect(files.map((file) => [file.module, file.fileName])).toEqual([
      ["Leaf", "Leaf.v"],
      ["Top", "Top.v"],
    ]);
    expect(emitVerilog(ir.designOf(top))).toEqual(files);
    for (const file of files) expect(file.text.endsWith("endmodule\n")).toBe(true);
    clean(top);
  });

  it("declares a child's nets ahead where the child waits for its own output", () => {
    const x = scalar("x", 4);
    const held = ir.register(0, 4, false);
    const child = moduleOf({
      name: "Stage",
      ports: [inputPort("x", uint(4)), outputPort("held", uint(4), held)],
      registers: [{ node: held, name: "held_q", next: x, reset: 0n, group: 0 }],
    });
    const child0: ir.InstanceDefinition = { id: 0, name: "stage", module: child, inputs: new Map() };
    const out = outputsOf(child0, "held")[0]!;
    (child0.inputs as Map<string, ir.Node[]>).set("x", [ir.arithmetic("add", out, x, 4, false)]);
    const top = moduleOf({
      name: "Loop",
      ports: [inputPort("x", uint(4)), outputPort("y", uint(4), ir.not(out))],
      instances: [child0],
    });
    expect(clean(top)).toMatch(/wire \[3:0\] stage_held;\n(.*\n)*.*\.x\(stage_held \+ x\)/);
  });

  it("declares a wire before every use, also between two children that feed each other", () => {
    const pass = moduleOf({
      name: "Half",
      ports: [
        inputPort("a", bit),
        inputPort("b", bit),
        outputPort("p", bit, ir.not(scalar("a", 1))),
        outputPort("q", bit, ir.not(scalar("b", 1))),
      ],
    });
    const left: ir.InstanceDefinition = { id: 0, name: "left", module: pass, inputs: new Map() };
    const right: ir.InstanceDefinition = { id: 1, name: "right", module: pass, inputs: new Map() };
    const link = ir.wire(0, 1, false);
    const back = ir.wire(1, 1, false);
    const set = (of: ir.InstanceDefinition, a: ir.Node, b: ir.Node): void => {
      (of.inputs as Map<string, ir.Node[]>).set("a", [a]).set("b", [b]);
    };
    set(left, scalar("x", 1), back);
    set(right, link, scalar("x", 1));
    const top = moduleOf({
      name: "Cross",
      ports: [inputPort("x", bit), outputPort("y", bit, outputsOf(left, "q")[0]!), outputPort("z", bit, link)],
      wires: [
        { node: link, name: "link", driver: ir.not(outputsOf(left, "p")[0]!) },
        { node: back, name: "back", driver: outputsOf(right, "q")[0]! },
      ],
      instances: [left, right],
    });
    const text = clean(top);
    const unread = outputsOf(right, "p").length;
    expect(unread).toBe(1);
    expect(text).toContain("wire unused = &{1'b0, right_p};");
    const printed = simulate(
      emitVerilog(ir.designOf(top)),
      'module bench; reg x; wire y, z; Cross dut (.x(x), .y(y), .z(z)); initial begin x = 1; #1 $display("%b%b", y, z); x = 0; #1 $display("%b%b", y, z); end endmodule',
      {},
    );
    expect(printed).toEqual(["11", "00"]);
  });

  it("gathers what nothing reads: ports, bits, child outputs, memories", () => {
    const child = moduleOf({
      name: "Two",
      ports: [
        inputPort("x", vec(2, uint(4))),
        outputPort("y", vec(2, uint(4)), ...inputs("x", vec(2, uint(4))).reverse()),
        outputPort("z", uint(4), inputs("x", vec(2, uint(4)))[0]!),
      ],
    });
    const two: ir.InstanceDefinition = {
      id: 0,
      name: "two",
      module: child,
      inputs: new Map([["x", inputs("a", vec(2, uint(4)))]]),
    };
    const text = clean(
      moduleOf({
        name: "Partial",
        ports: [
          inputPort("a", vec(2, uint(4))),
          inputPort("b", uint(8)),
          inputPort("c", sint(3)),
          inputPort("unused", bit),
          outputPort(
            "y",
            uint(3),
            ir.concat([ir.slice(scalar("b", 8), 5, 5), ir.slice(outputsOf(two, "y")[1]!, 1, 0)]),
          ),
        ],
        memories: [
          {
            id: 0,
            name: "log",
            depth: 4,
            width: 2,
            signed: false,
            writes: [
              {
                enable: number(1, 1),
                address: ir.slice(scalar("b", 8), 1, 0),
                data: ir.slice(scalar("b", 8), 3, 2),
              },
            ],
          },
        ],
        instances: [two],
      }),
    );
    expect(text).toContain(
      "  // Bits that nothing reads.\n  wire unused_value = &{1'b0, b[7:6], b[4], c, unused, log[2'd0], two_y[7:6], two_y[3:0], two_z};",
    );
    expect(text).toContain("assign y = {b[5], two_y[5:4]};");
  });

  it("addresses memories with as many bits as their depth asks for", () => {
    for (const [depth, bits] of [
      [1, 1],
      [2, 1],
      [10, 4],
      [16, 4],
      [16, 3],
      [5, 1],
    ] as const) {
      expect(clean(writable(depth, bits)), `${depth} words, ${bits} bits`).not.toContain("?");
    }
    for (const [depth, bits] of [
      [1, 3],
      [10, 6],
      [16, 5],
    ] as const) {
      expect(clean(writable(depth, bits)), `${depth} words, ${bits} bits`).toContain("8'd0");
    }
  });

  it("reads 0 and writes nothing beyond the depth when the address could reach there", () => {
    const bench = `module bench;
  reg clock; reg [5:0] address; reg enable; reg [7:0] data; wire [7:0] read;
  integer i;
  Memory dut (.clock(clock), .address(address), .enable(enable), .data(data), .read(read));
  initial begin
    enable = 1;
    for (i = 0; i < 64; i = i + 1) begin
      clock = 0; address = i; data = 100 + i; #1 clock = 1; #1 clock = 0;
    end
    for (i = 0; i < 64; i = i + 1) begin address = i; #1 $display("%0d", read); end
  end
endmodule
`;
    const printed = simulate(emitVerilog(ir.designOf(writable(10, 6))), bench, {});
    expect(printed.map(Number)).toEqual(Array.from({ length: 64 }, (_, i) => (i < 10 ? 100 + i : 0)));
  });

  it("reads 0 from a memory that nothing writes", () => {
    const module = writable(8, 3);
    const text = clean({ ...module, memories: [{ ...module.memories[0]!, writes: [] }] });
    expect(text).toContain("assign read = 8'd0;");
  });

  it("decides comparisons that cannot come out otherwise", () => {
    const x = scalar("x", 4);
    const s = scalar("s", 4, true);
    const drivers = [
      ir.compare("ge", x, number(0, 4)),
      ir.compare("lt", x, number(0, 4)),
      ir.compare("le", x, number(15, 4)),
      ir.compare("gt", number(200, 8), x),
      ir.compare("eq", x, number(16, 5)),
      ir.compare("lt", s, number(-8, 4, true)),
      ir.compare("lt", s, number(-7, 4, true)),
      ir.compare("eq", s, number(-1, 9, true)),
    ];
    const text = clean(
      moduleOf({
        name: "Decided",
        ports: [inputPort("x", uint(4)), inputPort("s", sint(4)), outputPort("y", vec(8, bit), ...drivers)],
      }),
    );
    expect(text).toContain("{s == -4'sd1, s < -4'sd7, 1'b0, 1'b0, 1'b1, 1'b1, 1'b0, 1'b1}");
  });

  it("names nets after the label, then the source, then what they do", () => {
    const [x, y] = [scalar("x", 4), scalar("y", 4)];
    const named = (name: string): ir.Origin => ({ source: { name, location: undefined } });
    const twice = (node: ir.Node): ir.Node => ir.concat([node, node]);
    const text = clean(
      moduleOf({
        name: "Named",
        ports: [
          inputPort("x", uint(4)),
          inputPort("y", uint(4)),
          outputPort("p", uint(8), twice(ir.bitwise("and", x, y, { ...named("from_source"), label: "from_label" }))),
          outputPort("q", uint(8), twice(ir.bitwise("or", x, y, named("from_source")))),
          outputPort("r", uint(8), twice(ir.bitwise("xor", x, y))),
          outputPort("s", uint(8), twice(ir.arithmetic("add", x, y, 4, false, named("_T$")))),
          outputPort("t", uint(8), twice(ir.arithmetic("sub", x, y, 4, false, named("logic")))),
          outputPort("u", uint(8), twice(ir.arithmetic("mul", x, y, 4, false, named("p")))),
        ],
      }),
    );
    for (const net of [
      "from_label = x & y",
      "from_source = x | y",
      "toggled = x ^ y",
      "T = x + y",
      "logic_value = x - y",
      "p_value = x * y",
    ]) {
      expect(text).toContain(`  wire [3:0] ${net};`);
    }
  });

  it("reads single bits in place and gives wider elements a net only where something computes with them", () => {
    const flags = inputs("flags", vec(4, bit));
    const a = inputs("a", vec(4, sint(4)));
    const text = clean(
      moduleOf({
        name: "Elements",
        ports: [
          inputPort("flags", vec(4, bit)),
          inputPort("a", vec(4, sint(4))),
          outputPort("any", bit, ir.bitwise("or", flags[0]!, flags[3]!)),
          outputPort("rest", uint(2), ir.concat([flags[2]!, flags[1]!])),
          outputPort("upper", vec(2, sint(4)), a[2]!, a[3]!),
          outputPort("low", uint(2), ir.slice(a[0]!, 1, 0)),
          outputPort("sum", sint(5), ir.arithmetic("add", a[0]!, a[1]!, 5, true)),
          outputPort("all", vec(4, sint(4)), ...a),
        ],
      }),
    );
    expect(text).toContain("assign any = flags[0] | flags[3];");
    expect(text).toContain("assign rest = flags[2:1];");
    expect(text).toContain("assign upper = a[15:8];");
    expect(text).toContain("assign sum = a_0 + a_1;");
    expect(text).toContain("assign all = a;");
    expect(text).not.toContain("a_2");
  });

  it("writes a hundred thousand chained adders, and a chain of muxes, without deep recursion or deep text", () => {
    const chain = (step: (x: ir.Node, i: number) => ir.Node): string => {
      let x = scalar("x", 16);
      for (let i = 0; i < 100_000; i++) x = step(x, i);
      return textOf(
        moduleOf({
          name: "Chain",
          ports: [inputPort("x", uint(16)), inputPort("y", uint(16)), outputPort("z", uint(16), x)],
        }),
      );
    };
    const y = scalar("y", 16);
    const adders = chain((x) => ir.arithmetic("add", x, y, 16, false));
    expect(adders.split(" + ").length).toBe(100_001);
    const muxes = chain((x, i) => ir.mux(ir.compare("eq", y, number(i % 65536, 16)), y, x));
    expect(muxes.split("?").length).toBe(100_001);
    for (const text of [adders, muxes]) expect(longestLine(text)).toBeLessThanOrEqual(100);
  });

  it("breaks long joins and chains of conditionals into lines", () => {
    const x = scalar("x", 4);
    let chosen: ir.Node = number(0, 8);
    for (let i = 15; i >= 0; i--) {
      chosen = ir.mux(ir.compare("eq", x, number(i, 4)), number((i * 37) % 256, 8), chosen);
    }
    const taps = Array.from({ length: 40 }, (_, i) => ir.register(i, 4, false));
    const text = clean(
      moduleOf({
        name: "Wide",
        ports: [
          inputPort("x", uint(4)),
          outputPort("lookup", uint(8), chosen),
          outputPort("taps", vec(40, uint(4)), ...taps),
        ],
        registers: taps.map((node, i) => ({
          node,
          name: `delayed_${i}`,
          next: i === 0 ? x : taps[i - 1]!,
          reset: 0n,
          group: 0,
        })),
      }),
    );
    expect(text).toContain("  assign lookup =\n    (x == 4'd0) ? 8'd0 :");
    expect(longestLine(text)).toBeLessThanOrEqual(100);
  });
});
