/**
 * Base of every hardware module. Ports are fields made by `input()` and `output()`; `build()` describes what is inside.
 * The constructor stores `params`, so field initialisers may use it and no module needs a constructor of its own.
 */
export abstract class Module<P extends object = object> {
  readonly params: P;

  constructor(params: P) {
    this.params = params;
  }

  /** Drives the outputs and the registers. Runs once, when the module is elaborated. */
  abstract build(): void;

  /** The name of the module in Verilog: the class's name, unless a class says otherwise. */
  get moduleName(): string {
    return this.constructor.name;
  }

  /** A line on what the module does, for the head of its Verilog file. */
  get description(): string | undefined {
    return undefined;
  }
}
