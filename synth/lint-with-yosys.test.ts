import { describe, expect, it } from "vitest";
import type { YosysEngine } from "../hdl/tools/yosys/engine.ts";
import { lintWithYosys } from "./lint-with-yosys.ts";
import { smallArray } from "./testing/small-array.ts";

const lint = (text: string, yosys: YosysEngine = "system", top = "top") =>
  lintWithYosys({ top, files: [{ fileName: "top.v", text }] }, { yosys });

describe.each<YosysEngine>(["embedded", "system"])("lintWithYosys, %s", (yosys) => {
  it("has nothing to say about a sound design", async () => {
    const report = await lintWithYosys(smallArray, { yosys });
    expect(report).toMatchObject({ clean: true, messages: [] });
    expect(report.version).toMatch(/^Yosys \d/);
  });

  it("finds a double driver, an undriven net, a latch, an implicit net and a loop in one run", async () => {
    const { clean, messages } = await lint(
      `module sub (input a, output y); wire z; assign y = a & z; endmodule
module top (input a, input b, output y, output reg q, output w, output [3:0] v);
  sub s (.a(a), .y(y)); assign y = b;
  wire l1, l2; assign l1 = l2 & a; assign l2 = l1 | b; assign w = l1;
  always @* if (a) q = b;
  assign v[0] = a; assign v[3:1] = v[2:0] ^ {3{b}};
  assign implicit = a;
endmodule
`,
      yosys,
    );
    expect(clean).toBe(false);
    expect(messages.map((line) => line.replace(/l2, l1/, "l1, l2"))).toEqual([
      "top.v:7: Identifier implicit is implicitly declared.",
      "latch inferred for top.q",
      expect.stringMatching(/^multiple conflicting drivers for top\.(b|y)/),
      "Wire sub.z is used but has no driver.",
      "combinational loop in top through l1, l2",
    ]);
  });
});

describe("lintWithYosys", () => {
  it("finds a loop that goes through two modules", async () => {
    const { messages } = await lint(`module inv (input a, output y); assign y = ~a; endmodule
module top (output y); wire u, w; inv i0 (.a(u), .y(w)); inv i1 (.a(w), .y(u)); assign y = w; endmodule
`);
    expect(messages).toEqual([expect.stringMatching(/^combinational loop in top through /)]);
  });

  it("takes a bus that feeds its own next bit for no loop", async () => {
    const ripple = "module top (input a, input b, output [3:0] v); assign v = {v[2:0] ^ {3{b}}, a}; endmodule\n";
    expect(await lint(ripple)).toMatchObject({ clean: true, messages: [] });
  });

  it("finds an input that an instance leaves open", async () => {
    const { messages } = await lint(`module inv (input a, output y); assign y = ~a; endmodule
module top (output y); inv i (.y(y)); endmodule
`);
    expect(messages).toEqual([expect.stringContaining("is used but has no driver")]);
  });

  it("reports what Yosys refuses as a message", async () => {
    expect((await lint("module top (;\n")).messages).toEqual([expect.stringMatching(/^top\.v:1: syntax error/)]);
    expect((await lint("module a; endmodule\n")).messages).toEqual([expect.stringContaining("top not found")]);
    expect((await lint("module top; gone u (); endmodule\n")).messages).toEqual([
      expect.stringMatching(/gone.*is not part of the design/),
    ]);
  });

  it("refuses names that would not survive a script", async () => {
    await expect(lint("", "system", "top; shell ls")).rejects.toThrow(/no Verilog identifier/);
    await expect(lintWithYosys({ top: "top", files: [] }, { yosys: "system" })).rejects.toThrow(/no Verilog files/);
    const twice = [
      { fileName: "a/top.v", text: "" },
      { fileName: "b/top.v", text: "" },
    ];
    await expect(lintWithYosys({ top: "top", files: twice }, { yosys: "system" })).rejects.toThrow(/two Verilog files/);
    const odd = [{ fileName: "a b.v", text: "" }];
    await expect(lintWithYosys({ top: "top", files: odd }, { yosys: "system" })).rejects.toThrow(/"a b\.v"/);
  });
});
