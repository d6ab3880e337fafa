import { clockingOf, type Design, emitVerilog } from "../../hdl/index.ts";
import { domainOf } from "../../hdl/ir/index.ts";
import { bitWidth } from "../../hdl/types/index.ts";
import { moduleNames } from "./recipes.ts";

/** A design and a Verilog module with the same ports, to be told apart by random inputs. */
export interface Match {
  /** What the report calls it; an identifier. */
  readonly label: string;
  readonly verilog: string;
  /** The module in `verilog`. */
  readonly name: string;
  /** What its parameters are given. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly design: Design;
  /** Clock cycles, or input vectors where there is no clock. */
  readonly cycles: number;
  /** A reset is active in one of so many cycles. */
  readonly resetEvery: number;
}

const marked = (text: string, names: readonly string[], mark: string): string =>
  text.replaceAll(new RegExp(`\\b(${names.join("|")})\\b`, "g"), `$1_${mark}`);

/** The design's Verilog under names that no other one has. */
function made({ design, label }: Match): string {
  const files = emitVerilog(design, { sourceComments: false });
  const names = files.map((file) => file.module);
  return marked(files.map((file) => file.text).join("\n"), names, `made_${label}`);
}

/** The module that drives both with the same inputs and compares all outputs before and after every clock edge. */
function referee(match: Match, seed: number): string {
  const { cycles, design, label, name, parameters, resetEvery } = match;
  const { top } = design;
  const { clocks, resets } = clockingOf(design);
  const clock = clocks.find(({ present }) => present);
  const reset = resets.find(({ present }) => present);
  const asynchronous = domainOf(top, 0).resetKind === "asynchronous";
  const inputs = top.ports.filter((port) => port.direction === "input");
  const outputs = top.ports.filter((port) => port.direction === "output");
  const shared = [clock?.name, reset?.name, ...inputs.map((port) => port.name)].filter((port) => port !== undefined);
  const pins = (mark: string): string =>
    [
      ...shared.map((port) => `.${port}(in_${port})`),
      ...outputs.map((port) => `.${port.name}(${mark}_${port.name})`),
    ].join(", ");
  const range = (type: Parameters<typeof bitWidth>[0]): string => `[${bitWidth(type) - 1}:0]`;
  const all = `[${outputs.reduce((sum, port) => sum + bitWidth(port.type), 0) - 1}:0]`;
  const given = Object.entries(parameters).map(([key, value]) => `.${key}(${value})`);
  // Phases of 64 cycles: every input changes in each, or seldom; corners come up in both.
  const drive = inputs.map(({ name: port, type }) => {
    const words = Array.from({ length: Math.ceil(bitWidth(type) / 32) }, () => "$random(seed)").join(", ");
    return `      if (cycle[6] == 0 || $random(seed) % 12 == 0)
        in_${port} = $random(seed) % 8 ? {${words}} : {${bitWidth(type)}{cycle[0]}};`;
  });
  const active = reset?.active === "high" ? 1 : 0;
  return `module referee_${label};
${[clock, reset].flatMap((port) => (port ? [`  reg in_${port.name};`] : [])).join("\n")}
${inputs.map(({ name: port, type }) => `  reg ${range(type)} in_${port};`).join("\n")}
${outputs.flatMap(({ name: port, type }) => ["hand", "made"].map((mark) => `  wire ${range(type)} ${mark}_${port};`)).join("\n")}
  ${name}_hand_${label} ${given.length > 0 ? `#(${given.join(", ")}) ` : ""}hand (${pins("hand")});
  ${top.name}_made_${label} made (${pins("made")});
  wire ${all} left = {${outputs.map((port) => `hand_${port.name}`).join(", ")}};
  wire ${all} right = {${outputs.map((port) => `made_${port.name}`).join(", ")}};
  reg ${all} last;
  integer seed, cycle, differences, unknown, changes;
  task compare;
    begin
      if (left !== right) begin
        if (differences == 0) $display("${label}: differs in cycle %0d: %h by hand, %h made", cycle, left, right);
        differences = differences + 1;
      end
      if (^left === 1'bx && cycle >= ${Math.floor(cycles / 2)}) unknown = unknown + 1;
      if (left !== last) changes = changes + 1;
      last = left;
    end
  endtask
  initial begin
    seed = ${seed}; differences = 0; unknown = 0; changes = 0;
${clock ? `    in_${clock.name} = ${clock.edge === "rising" ? 0 : 1};` : ""}
${inputs.map(({ name: port }) => `    in_${port} = 0;`).join("\n")}
    for (cycle = 0; cycle < ${cycles}; cycle = cycle + 1) begin
${drive.join("\n")}
${reset ? `      in_${reset.name} = cycle < 3 || $random(seed) % ${resetEvery} == 0 ? ${active} : ${1 - active};` : ""}
      #1 ${reset && !asynchronous ? "if (cycle > 0) " : ""}compare;
${clock ? `      in_${clock.name} = ~in_${clock.name}; #1 compare; in_${clock.name} = ~in_${clock.name}; #1 ;` : ""}
    end
    $display("${label}: done, %0d differences, %0d unknown, %0d changes", differences, unknown, changes);
  end
endmodule
`;
}

/** One Verilog text that decides all matches: top module \`bench\`. */
export function versusBench(matches: readonly Match[]): string {
  const parts = matches.flatMap((match, i) => [
    marked(match.verilog, moduleNames(match.verilog), `hand_${match.label}`),
    made(match),
    referee(match, 1000 + i),
  ]);
  const all = matches.map(({ label }) => `  referee_${label} ${label}_referee ();`).join("\n");
  return `${parts.join("\n")}\nmodule bench;\n${all}\nendmodule\n`;
}

/** What the bench printed of one match. */
export interface Outcome {
  readonly differences: number;
  /** Cycles of the second half in which an output was unknown. */
  readonly unknown: number;
  /** How often the first output changed. */
  readonly changes: number;
  /** The first difference. */
  readonly first: string | undefined;
}

/** The outcomes by label, from what the bench printed. */
export function outcomesOf(printed: readonly string[]): Map<string, Outcome> {
  const firsts = new Map<string, string>();
  const outcomes = new Map<string, Outcome>();
  for (const line of printed) {
    const [, label = "", rest = ""] = /^(\w+): (.*)$/.exec(line) ?? [];
    const done = /^done, (\d+) differences, (\d+) unknown, (\d+) changes$/.exec(rest);
    if (done === null) firsts.set(label, rest);
    else {
      const [differences, unknown, changes] = done.slice(1).map(Number) as [number, number, number];
      outcomes.set(label, { differences, unknown, changes, first: firsts.get(label) });
    }
  }
  return outcomes;
}
