import { captureSource, DesignError, type Diagnostic, type Place, type Source } from "../diagnostics/index.ts";
import type { Attributes } from "../ir/index.ts";
import { currentContext } from "./context.ts";

/** Where the module being built is put in place, for what is told of its own lines; none for the top. */
function placeOfInstance(): Place[] {
  const source = currentContext()?.source;
  return source === undefined ? [] : [{ source, note: "put in place here" }];
}

/**
 * Base of every hardware module. Ports are fields made by `input()` and `output()`; `build()` describes what is inside.
 * The constructor stores `params`, so field initialisers may use it and no module needs a constructor of its own.
 */
export abstract class Module<P extends object = object> {
  readonly params: P;
  /** Where a top module, or its class, is made; a child has the place of its instance. */
  readonly #made: Source | undefined = currentContext() ? undefined : captureSource();

  constructor(params: P) {
    this.params = params;
  }

  /** Where a module was made, for one that was made while no other was being built. @internal */
  static madeAt(module: Module): Source | undefined {
    return #made in module ? module.#made : undefined;
  }

  /**
   * Refuses parameters that the module cannot be built with (LS0111); nothing else is built then. For the beginning of
   * `build()`: `this.require(this.params.depth >= 2, "depth must be at least 2")`.
   */
  protected require(condition: boolean, message: string): asserts condition {
    if (condition) return;
    const diagnostic: Diagnostic = {
      code: "LS0111",
      severity: "error",
      message: `${message} (parameters: ${JSON.stringify(this.params)})`,
      module: this.moduleName,
      places: [{ source: captureSource() }, ...placeOfInstance()],
      hint: "change the parameters where the module is made",
    };
    throw new DesignError([diagnostic]);
  }

  /** Drives the outputs and the registers. Runs once, when the module is elaborated. */
  abstract build(): void;

  /** The name of the module in Verilog: the class's name, unless a class says otherwise. */
  get moduleName(): string {
    return this.constructor.name;
  }

  /**
   * Short names of parameters for the name in Verilog: with `{ vectorSize: "v", elementBits: "e" }` a VectorMac becomes
   * `VectorMac_v64_e4`, wherever it is used. Without them the name is the class's, and only modules of one design that
   * differ get the parameters in which they do behind it.
   */
  get parameterNames(): { readonly [K in keyof P]?: string } {
    return {} as { readonly [K in keyof P]?: string };
  }

  /** Verilog attributes of the module: `{ keep_hierarchy: "yes" }`. Those of what is in it are given by `attribute()`. */
  get attributes(): Attributes {
    return {};
  }

  /** A line on what the module does, for the head of its Verilog file. */
  get description(): string | undefined {
    return undefined;
  }
}
