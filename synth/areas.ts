import type { LibertyFile } from "./liberty/read-liberty.ts";
import type { CellArcs } from "./netlist/cell-arcs.ts";
import { GENERIC_GATES, genericArea } from "./recipe/generic-gates.ts";

/** What a report needs to know of the cells that a design was mapped to. */
export interface CellFacts {
  /** Gate equivalents of one cell; undefined for a cell that has no area. */
  gateEquivalents(type: string): number | undefined;
  /** Square micrometres of one gate equivalent; null without a library. */
  readonly squareMicrometresPerGate: number | null;
  isFlipFlop(type: string): boolean;
  arcs(type: string): CellArcs | undefined;
}

const GATE_NAMES: ReadonlySet<string> = new Set(GENERIC_GATES.map((gate) => gate.name));

/** Yosys's own storage cells: `$_DFF_P_`, `$_SDFFE_PP0P_`, `$_ALDFF_PP_`... */
const OWN_FLIP_FLOP = /^\$_(S?DFF|ALDFF|DFFSR)/;

/** The cells of the technology-free mapping. */
export const genericCells: CellFacts = {
  gateEquivalents: genericArea,
  squareMicrometresPerGate: null,
  isFlipFlop: (type) => OWN_FLIP_FLOP.test(type),
  arcs: (type) => (GATE_NAMES.has(type) ? { outputs: ["Y"], stops: false } : ownArcs(type)),
};

/** The cells of a Liberty library. */
export function libraryCells({ library }: LibertyFile): CellFacts {
  const area = (type: string): number | undefined => {
    const value = library.cells.get(type)?.area;
    return value === undefined || Number.isNaN(value) ? undefined : value / library.nand2.area;
  };
  return {
    gateEquivalents: area,
    squareMicrometresPerGate: library.nand2.area,
    isFlipFlop: (type) => library.cells.get(type)?.kind === "flip-flop" || OWN_FLIP_FLOP.test(type),
    arcs: (type) => {
      const cell = library.cells.get(type);
      return cell === undefined ? ownArcs(type) : { outputs: cell.outputs, stops: cell.kind !== "gate" };
    },
  };
}

/** A cell that was left as Yosys made it: storage, or something that could not be mapped. */
function ownArcs(type: string): CellArcs | undefined {
  return type.startsWith("$_") ? { outputs: ["Q", "Y"], stops: !/^\$_(NOT|AND|OR|XOR|MUX)_$/.test(type) } : undefined;
}
