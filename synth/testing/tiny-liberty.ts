/** One cell of the tiny library: its area in square micrometres, the function of its output, its delay factor. */
interface TinyGate {
  readonly name: string;
  readonly area: number;
  readonly inputs: readonly string[];
  readonly function: string;
}

const GATES: readonly TinyGate[] = [
  { name: "TINV", area: 0.5, inputs: ["A"], function: "!A" },
  { name: "TBUF", area: 0.75, inputs: ["A"], function: "A" },
  { name: "TNAND2", area: 0.8, inputs: ["A", "B"], function: "!(A & B)" },
  { name: "TNAND2X2", area: 1.2, inputs: ["A", "B"], function: "(A B)'" },
  { name: "TNOR2", area: 0.8, inputs: ["A", "B"], function: "!(A + B)" },
  { name: "TXOR2", area: 1.6, inputs: ["A", "B"], function: "A ^ B" },
  { name: "TAOI21", area: 1.1, inputs: ["A", "B", "C"], function: "!((A * B) | C)" },
];

/** What the library for tests contains. */
export interface TinyLibertyOptions {
  /** Cells to leave out. */
  readonly without?: readonly string[];
}

/**
 * A Liberty library for tests: seven gates, a flip-flop and a scan flip-flop with invented areas and a linear delay of 10 ps and 2 ps per
 * femtofarad, with the groups and the loose syntax that real libraries have (comments, continued lines, power tables).
 */
export function tinyLiberty(options: TinyLibertyOptions = {}): string {
  const kept = (name: string): boolean => options.without?.includes(name) !== true;
  return `/* A library for tests { not a real one } */
library ("tiny") {
  technology (cmos);
  delay_model : table_lookup;
  time_unit : "1ps";
  voltage_unit : "1V";
  current_unit : "1mA";
  pulling_resistance_unit : "1kohm";
  leakage_power_unit : "1nW";
  capacitive_load_unit (1, ff);
  slew_lower_threshold_pct_rise : 20; slew_upper_threshold_pct_rise : 80;
  default_max_transition : 200;
  lu_table_template (delay) {
    variable_1 : input_net_transition;
    variable_2 : total_output_net_capacitance;
    index_1 ("1, 100"); index_2 ("1, 20");
  }
${GATES.filter((gate) => kept(gate.name))
  .map(gateText)
  .join("\n")}
${kept("TDFF") ? FLIP_FLOP : ""}${SCAN_FLIP_FLOP}}
`;
}

const TABLE = `(delay) { index_1 ("1, 100"); index_2 ("1, 20"); values ("12, 50", \\
          "22, 60"); }`;

function gateText(gate: TinyGate): string {
  const inputs = gate.inputs.map(
    (pin) =>
      `    pin (${pin}) { direction : input; capacitance : 1.0; rise_capacitance : 1.0; fall_capacitance : 1.0; }`,
  );
  const timings = gate.inputs.map(
    (pin) => `      timing () { related_pin : "${pin}"; timing_sense : non_unate;
        cell_rise ${TABLE} cell_fall ${TABLE} rise_transition ${TABLE} fall_transition ${TABLE} }
      internal_power () { related_pin : "${pin}"; rise_power (scalar) { values ("1"); } }`,
  );
  return `  cell (${gate.name}) {
    area : ${gate.area};
    cell_leakage_power : 1.0;
${inputs.join("\n")}
    pin (Y) { direction : output; function : "${gate.function}"; max_capacitance : 40;
${timings.join("\n")}
    }
  }`;
}

const FLIP_FLOP = `  cell (TDFF) {
    area : 4.4;
    ff (IQ, IQN) { next_state : "D"; clocked_on : "CK"; }
    pin (D) { direction : input; capacitance : 1.0;
      timing () { related_pin : "CK"; timing_type : setup_rising; rise_constraint (scalar) { values ("5"); } } }
    pin (CK) { direction : input; capacitance : 1.0; clock : true; }
    pin (Q) { direction : output; function : "IQ"; }
  }
`;

/** Yosys passes over cells whose next state is an expression, with a warning. */
const SCAN_FLIP_FLOP = `  cell (TSDFF) {
    area : 5.6;
    ff (IQ, IQN) { next_state : "SE*SI+D*!SE"; clocked_on : "CK"; }
    pin (D) { direction : input; capacitance : 1.0; }
    pin (SI) { direction : input; capacitance : 1.0; }
    pin (SE) { direction : input; capacitance : 1.0; }
    pin (CK) { direction : input; capacitance : 1.0; clock : true; }
    pin (Q) { direction : output; function : "IQ"; }
  }
`;
