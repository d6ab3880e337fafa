/** What a Verilog parameter can be given: a number (a fraction is a real there), a text, or true and false for 1 and 0. */
export type VerilogParameter = number | bigint | string | boolean;

/** A Verilog source file that comes with a design. */
export interface VerilogSource {
  readonly fileName: string;
  readonly text: string;
}

/**
 * A module that exists in Verilog already. Its netlist has the ports; their drivers describe its model, or are zeros
 * when it has none.
 */
export interface ExternalModule {
  /** Its parameters by name, in the order in which they are written. */
  readonly parameters: readonly (readonly [name: string, value: VerilogParameter])[];
  readonly sources: readonly VerilogSource[];
  /** Whether the netlist says what the module does. */
  readonly modelled: boolean;
}
