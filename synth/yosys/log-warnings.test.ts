import { expect, it } from "vitest";
import { warningsOf } from "./log-warnings.ts";

it("lists each warning once, with what belongs to it, and names a person can read", () => {
  const log = `1. Executing Verilog-2005 frontend: a.v
a.v:7: Warning: Identifier \`\\typo' is implicitly declared.
Latch inferred for signal \`\\top.\\q' from process \`\\top.$proc$a.v:5$4': $auto$proc_dlatch.cc:427:proc_dlatch$19
Warning: multiple conflicting drivers for top.\\b:
    port y[0] of cell s (sub)
    module input b[0]
Warning: Wire sub.\\z is used but has no driver.
Warning: Wire sub.\\w is unused.
  cell DFF_X1 is a direct match
Warning: found logic loop in module top:
    cell $auto$simplemap.cc:86:simplemap_bitop$97 ($_AND_)
    wire \\l1
    wire \\l2 [3] source: a.v:3.1-3.2
Warning: found logic loop in module top:
    cell $auto$simplemap.cc:86:simplemap_bitop$98 ($_AND_)
ABC: Warning: The network is combinational.
Warning: Wire sub.\\z is used but has no driver.
Warnings: 4 unique messages, 5 total
`;
  expect(warningsOf(log)).toEqual([
    "a.v:7: Identifier typo is implicitly declared.",
    "latch inferred for top.q",
    "multiple conflicting drivers for top.b: port y[0] of cell s (sub); module input b[0]",
    "Wire sub.z is used but has no driver.",
    "Wire sub.w is unused.",
    "combinational loop in top through l1, l2[3]",
    "combinational loop in top",
  ]);
  expect(warningsOf("All is well.\n")).toEqual([]);
});
