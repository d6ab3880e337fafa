import type { Source } from "../../diagnostics/source.ts";

/** What every node of the netlist has. A node is a value: an integer of `width` bits, signed or not. */
export interface NodeBase {
  readonly width: number;
  readonly signed: boolean;
  /** Where the user wrote it; also the first choice for its name. */
  readonly source?: Source | undefined;
  /** A name given on purpose (`.named("x")` or by a library function); beats the one from `source`. */
  readonly label?: string | undefined;
}

/** Name and place that a factory passes on to the node it makes. */
export interface Origin {
  readonly source?: Source | undefined;
  readonly label?: string | undefined;
}
