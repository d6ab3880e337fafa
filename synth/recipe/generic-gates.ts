/** A gate of the technology-free mapping: its area is relative, its delay is one gate. */
export interface GenericGate {
  readonly name: string;
  /** In gate equivalents: the area of Nangate's 45 nm cell of drive strength 1 over that of its NAND2, 0.798 square micrometres. */
  readonly area: number;
  /** The function of output Y, in the notation of Genlib. */
  readonly function: string;
  /** How Genlib describes the output's dependence on an input. */
  readonly phase: "INV" | "NONINV" | "UNKNOWN";
}

const ge = (squareMicrometres: number): number => Math.round((squareMicrometres / 0.798) * 1000) / 1000;

/**
 * The gates that a design is mapped to when no Liberty file is given. Areas after the Nangate 45 nm open cell library;
 * other libraries differ by up to a third for single gates, less for whole designs.
 */
export const GENERIC_GATES: readonly GenericGate[] = [
  { name: "BUF", area: ge(0.798), function: "A", phase: "NONINV" },
  { name: "INV", area: ge(0.532), function: "!A", phase: "INV" },
  { name: "NAND2", area: ge(0.798), function: "!(A*B)", phase: "INV" },
  { name: "NOR2", area: ge(0.798), function: "!(A+B)", phase: "INV" },
  { name: "AND2", area: ge(1.064), function: "A*B", phase: "NONINV" },
  { name: "OR2", area: ge(1.064), function: "A+B", phase: "NONINV" },
  { name: "AOI21", area: ge(1.064), function: "!(A*B+C)", phase: "INV" },
  { name: "OAI21", area: ge(1.064), function: "!((A+B)*C)", phase: "INV" },
  { name: "AOI22", area: ge(1.33), function: "!(A*B+C*D)", phase: "INV" },
  { name: "OAI22", area: ge(1.33), function: "!((A+B)*(C+D))", phase: "INV" },
  { name: "XOR2", area: ge(1.596), function: "A*!B+!A*B", phase: "UNKNOWN" },
  { name: "XNOR2", area: ge(1.596), function: "A*B+!A*!B", phase: "UNKNOWN" },
  { name: "MUX2", area: ge(1.862), function: "A*!S+B*S", phase: "UNKNOWN" },
];

/** Gate equivalents of the storage cells that remain Yosys's own: plain, with asynchronous set or reset, with both; latch. */
const STORAGE: readonly (readonly [RegExp, number])[] = [
  [/^\$_DFF_[PN]_$/, ge(4.522)],
  [/^\$_DFF_[PN]{2}[01]_$/, ge(5.32)],
  [/^\$_DFFSR_[PN]{3}_$/, ge(6.384)],
  [/^\$_DLATCH_[PN]_$/, ge(2.66)],
];

const GATE_AREAS: ReadonlyMap<string, number> = new Map(GENERIC_GATES.map((gate) => [gate.name, gate.area]));

/** The area of a cell of the technology-free mapping in gate equivalents; undefined for a cell it does not know. */
export function genericArea(type: string): number | undefined {
  return GATE_AREAS.get(type) ?? STORAGE.find(([pattern]) => pattern.test(type))?.[1];
}

/** The gates in Genlib form, for ABC: each with a delay of one from every input. */
export function genericGenlib(): string {
  const lines = GENERIC_GATES.map(
    (gate) => `GATE ${gate.name} ${gate.area} Y=${gate.function}; PIN * ${gate.phase} 1 999 1.0 0.0 1.0 0.0`,
  );
  return `${lines.join("\n")}\nGATE _const0_ 0 Y=CONST0;\nGATE _const1_ 0 Y=CONST1;\n`;
}
