import { truthTable } from "./boolean-function.ts";
import { LibertyError, type LibertyGroup } from "./parse-liberty.ts";

/** What the reports need to know of one cell of a library. */
export interface LibraryCell {
  readonly name: string;
  /** In the library's unit of area; square micrometres in every library known here. */
  readonly area: number;
  readonly kind: "gate" | "flip-flop" | "latch" | "other";
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly group: LibertyGroup;
}

/** A library's cells, and the cell whose area is one gate equivalent. */
export interface Library {
  /** The name in `library (...)`. */
  readonly name: string;
  readonly cells: ReadonlyMap<string, LibraryCell>;
  /** The smallest two-input NAND: its area is one gate equivalent. */
  readonly nand2: LibraryCell;
}

/** NAND of two inputs: false only where both are true. */
const NAND2_TABLE = 0b0111;

/**
 * The cells of a parsed Liberty library.
 *
 * @throws LibertyError when the library has no cell with an area, no two-input NAND or no D flip-flop, with what that means
 */
export function libraryOf(root: LibertyGroup, where: string): Library {
  const name = root.names[0] ?? "";
  const cells = new Map<string, LibraryCell>();
  for (const group of root.groups) {
    if (group.kind !== "cell") continue;
    const cell = cellOf(group);
    cells.set(cell.name, cell);
  }
  if (cells.size === 0) throw new LibertyError(`${where}: the library ${name} has no cells`);
  if (![...cells.values()].some((cell) => cell.area > 0))
    throw new LibertyError(`${where}: no cell of the library ${name} has an area, so there is no area to report`);
  let nand2: LibraryCell | undefined;
  for (const cell of cells.values()) if (isNand2(cell) && (!nand2 || cell.area < nand2.area)) nand2 = cell;
  if (nand2 === undefined)
    throw new LibertyError(
      `${where}: the library ${name} has no two-input NAND, so no gate equivalent can be given; a file that holds the combinational cells is needed`,
    );
  if (![...cells.values()].some(isUsableFlipFlop))
    throw new LibertyError(
      `${where}: the library ${name} has no D flip-flop, so registers cannot be mapped; when the library is split over files, merge combinational and sequential cells into one`,
    );
  return { name, cells, nand2 };
}

function cellOf(group: LibertyGroup): LibraryCell {
  const inputs: string[] = [];
  const outputs: string[] = [];
  for (const pin of group.groups) {
    if (pin.kind !== "pin") continue;
    const direction = pin.attributes.get("direction");
    if (direction === "input") inputs.push(...pin.names);
    else if (direction === "output") outputs.push(...pin.names);
  }
  return {
    name: group.names[0] ?? "",
    area: Number(group.attributes.get("area") ?? Number.NaN),
    kind: kindOf(group, outputs.length),
    inputs,
    outputs,
    group,
  };
}

function kindOf(group: LibertyGroup, outputs: number): LibraryCell["kind"] {
  if (group.attributes.has("clock_gating_integrated_cell")) return "other";
  for (const child of group.groups) {
    if (child.kind === "ff" || child.kind === "ff_bank") return "flip-flop";
    if (child.kind === "latch" || child.kind === "latch_bank") return "latch";
    if (child.kind === "statetable") return "other";
  }
  return outputs > 0 ? "gate" : "other";
}

function isNand2(cell: LibraryCell): boolean {
  if (cell.kind !== "gate" || cell.inputs.length !== 2 || cell.outputs.length !== 1 || !(cell.area > 0)) return false;
  const pin = cell.group.groups.find((group) => group.kind === "pin" && group.names[0] === cell.outputs[0]);
  const text = pin?.attributes.get("function");
  return text !== undefined && truthTable(text, cell.inputs) === NAND2_TABLE;
}

/** A flip-flop whose next state is one pin: what Yosys maps registers to. Scan flip-flops have a longer expression. */
function isUsableFlipFlop(cell: LibraryCell): boolean {
  if (cell.kind !== "flip-flop") return false;
  const next = cell.group.groups.find((group) => group.kind === "ff")?.attributes.get("next_state") ?? "";
  return cell.inputs.includes(next.replace(/[!'()\s]/g, ""));
}
