/** What a module, or a hierarchy, is made of. */
export interface Amount {
  /** Cells, flip-flops included, instances of modules not. */
  readonly cells: number;
  readonly flipFlops: number;
  /** 1 gate equivalent (GE) is the area of one two-input NAND. */
  readonly gateEquivalents: number;
  /** Null without a Liberty file. */
  readonly squareMicrometres: number | null;
}

/** The longest combinational path of a module. */
export interface ModulePath {
  /**
   * Cells in a row between two ends, each a port of this module or a register in it or in the modules it contains: the
   * path crosses the boundaries of contained modules, not the module's own. Null when there is none, or a loop.
   */
  readonly gates: number | null;
  readonly from: string | null;
  readonly to: string | null;
  /**
   * With a Liberty file: delay of the longest path through this module's own gates, contained modules left out, without
   * wires, clock-to-output and set-up time, as ABC's static timing tells it. Null without a Liberty file or gates.
   */
  readonly picoseconds: number | null;
}

/** One distinct module of the hierarchy. */
export interface ModuleReport {
  readonly name: string;
  /** How often the whole design contains it; 1 for the top. */
  readonly instances: number;
  /** Distance from the top where the module stands in the list; it may be contained elsewhere too. */
  readonly level: number;
  /** The module's own cells, contained modules left out. */
  readonly own: Amount;
  /** One instance of the module with all that it contains. */
  readonly total: Amount;
  /** The module's own cells by type. */
  readonly cellTypes: Readonly<Record<string, number>>;
  readonly path: ModulePath;
}

/** All that is needed to get the same numbers again. */
export interface Recipe {
  /** Product and version. */
  readonly yosys: string;
  readonly yosysScript: string;
  /** ABC's commands; they are in the Yosys script too. */
  readonly abcScript: string;
  /** Real time of the whole synthesis. */
  readonly seconds: number;
  readonly library: {
    /** The name in `library (...)`. */
    readonly name: string;
    readonly fileName: string;
    readonly sha256: string;
    /** The cell that is one gate equivalent, and its area in square micrometres. */
    readonly nand2: string;
    readonly nand2Area: number;
  } | null;
  /** The gates that a design is mapped to without a Liberty file, in Genlib form: the script's file `gates.genlib`. */
  readonly genlib: string | null;
  /** Where the areas come from. */
  readonly areas: string;
}

/** The result of a synthesis: plain data, ready for JSON. */
export interface SynthesisReport {
  readonly top: string;
  /** The top first, each contained module once, below the one that contains it. */
  readonly modules: readonly ModuleReport[];
  /** What Yosys warned of, and cells that have no area. */
  readonly warnings: readonly string[];
  readonly recipe: Recipe;
}
