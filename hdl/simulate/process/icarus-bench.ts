import { type Design, holdsProperties } from "../../ir/index.ts";
import { type BenchLine, benchLines, benchModuleName, bitRange, dutInstance, dutName } from "./bench-names.ts";
import type { CoverCounter } from "./cover-counters.ts";
import type { FrameLayout } from "./ports.ts";
import { operations } from "./protocol.ts";

/** Name of the argument (`+wave=PATH`) that asks the bench for a VCD file. */
export const waveArgument = "wave";

/**
 * A Verilog test bench that reads commands as hexadecimal text from file descriptor 3 and writes replies to 4. A reply
 * is one line with the digits of every output; it ends when the commands end. A wave shows all nets and `memoryWords`.
 */
export function icarusBench(
  design: Design,
  inputs: FrameLayout,
  outputs: FrameLayout,
  covers: readonly CoverCounter[],
  memoryWords: readonly string[],
): string {
  const lines = benchLines(design);
  const { clocks, resets, bothEdges } = lines;
  const edges = (level: "rest" | "other"): string =>
    clocks.map((line) => `      if (operation[${line.number + 4}]) ${line.name} = ${line[level]};\n`).join("");
  const declared = ({ name, rest }: BenchLine): string => `  reg ${name} = ${rest};\n`;
  const held = ({ name, number, rest }: BenchLine): string =>
    `          ${name} = ${rest === 0 ? "" : "~"}count[${number}];\n`;
  const inNames = inputs.ports.map((_, i) => `in_${i}`);
  const outNames = outputs.ports.map((_, i) => `out_${i}`);
  const readInputs = inNames.map((name) => `      status = $fscanf(commands, "%h", ${name});`);
  const reply = `$fwrite(replies, "${outNames.map(() => "%h").join("")}\\n"${outNames.map((name) => `, ${name}`).join("")});`;
  // Reports of failing properties must be out before the reply is.
  const hear = holdsProperties(design.top) ? "          $fflush(32'h1);\n" : "";
  return `\`timescale 1ns/1ns
module ${benchModuleName(design)};
${[...clocks, ...resets].map(declared).join("")}${inputs.ports
  .map((port, i) => `  reg ${bitRange(port.bits)}in_${i} = 0;\n`)
  .join("")}${outputs.ports.map((port, i) => `  wire ${bitRange(port.bits)}out_${i};\n`).join("")}
${dutInstance(design, lines, inputs, outputs)}

  integer commands, replies, status;
  reg [31:0] operation, count, i;
  reg [32767:0] wave;

  task read_inputs;
    begin
${readInputs.join("\n")}
    end
  endtask

  // The edge at which the clocks that tick leave their rest, and the way back: with what settled before, one period.
  task tick;
    begin
${edges("other")}      #1;
${edges("rest")}${bothEdges ? "      #1;\n" : ""}    end
  endtask

  initial begin
    if ($value$plusargs("${waveArgument}=%s", wave)) begin
      $dumpfile(wave);
      $dumpvars(0, ${dutName});
${memoryWords.map((word) => `      $dumpvars(0, ${word});\n`).join("")}    end
    commands = $fopen("/dev/fd/3", "r");
    replies = $fopen("/dev/fd/4", "w");
    if (commands == 0 || replies == 0) begin
      $display("the pipes cannot be opened");
      $finish;
    end
    $fwrite(replies, "ready 1\\n");
    $fflush(replies);
    status = $fscanf(commands, "%h %h", operation, count);
    while (status == 2) begin
      if (operation[3:0] == ${operations.replay}) begin
        for (i = 0; i < count; i = i + 1) begin
          read_inputs;
          #1;
          ${reply}
          if (i[3:0] == 15) $fflush(replies);
          tick;
        end
${hear}        $fflush(replies);
      end else begin
        read_inputs;
        if (operation[3:0] == ${operations.sample}) begin
          // Lets everything settle without the passing of time, so that looking leaves no trace in a wave.
          #0;
          ${reply}
${hear}          $fflush(replies);
        end else if (operation[3:0] == ${operations.covers}) begin
${covers.map(({ register }) => `          $fwrite(replies, "%h", ${register});\n`).join("")}          $fwrite(replies, "\\n");
          $fflush(replies);
        end else if (operation[3:0] == ${operations.setResets}) begin
          #0;
${resets.map(held).join("")}          // Registers change in the last part of a time step, after #0.
          #1;
        end else begin
          for (i = 0; i < count; i = i + 1) begin
            #1;
            tick;
          end
        end
      end
      status = $fscanf(commands, "%h %h", operation, count);
    end
    $finish;
  end
endmodule
`;
}
