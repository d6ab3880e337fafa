import type { Source } from "../../diagnostics/source.ts";
import type {
  ClockEdge,
  Clocking,
  ConstantNode,
  InputNode,
  OperatorNode,
  PropertyKind,
  RegisterNode,
} from "../../ir/index.ts";
import type { Enumeration } from "../../types/index.ts";

/** The nodes that are left when wires, ports and instances are dissolved. */
export type CellNode = OperatorNode | ConstantNode | InputNode | RegisterNode;

/**
 * One value of the flattened design. `node` tells what computes it; its own operands are replaced by `operands`, which
 * are cell numbers. An operand may be narrower than the node's operand was (extensions are dissolved: they do not
 * change a value), so bits must be taken from the value, with the width that the node states.
 */
export interface Cell {
  readonly node: CellNode;
  /** Cell numbers, in the order of `operandsOf(node)`; always smaller than the cell's own number. */
  readonly operands: readonly number[];
  /** Width and sign of the value; they differ from the node's where a cast was merged into it. */
  readonly width: number;
  readonly signed: boolean;
  /** Register, input element or memory number for the nodes that refer to one; −1 otherwise. */
  readonly place: number;
  /** Bounds of the value when it is not wide; infinite when it is. */
  readonly min: number;
  readonly max: number;
  /** Whether the value needs more than a 32-bit word: not within −2^31 .. 2^31−1 nor 0 .. 2^32−1. */
  readonly wide: boolean;
}

/** A register anywhere in the hierarchy. */
export interface FlatRegister {
  readonly scope: readonly string[];
  readonly name: string;
  readonly width: number;
  readonly signed: boolean;
  readonly reset: bigint | undefined;
  /** Position in `Clocking.resets` of the reset that acts on it, and whether it acts without a clock edge. */
  readonly resetLine: number;
  readonly asynchronous: boolean;
  /** Position in `FlatDesign.events`. */
  readonly event: number;
  /** Cell of the next value. */
  readonly next: number;
}

/**
 * An edge of a clock at which something changes; `clock` is a position in `Clocking.clocks`, or −1 for what changes
 * whenever the logic has settled: the memories of latches.
 */
export interface FlatEvent {
  readonly clock: number;
  readonly edge: ClockEdge;
}

/** One write port of a memory, as cells. */
export interface FlatWrite {
  readonly enable: number;
  readonly address: number;
  readonly data: number;
  /** One bit for each part of the word; none when all parts are written. */
  readonly mask: number | undefined;
  /** Number of parts. */
  readonly parts: number;
  /** Position in `FlatDesign.events`. */
  readonly event: number;
}

/** A memory anywhere in the hierarchy. */
export interface FlatMemory {
  readonly scope: readonly string[];
  readonly name: string;
  readonly depth: number;
  readonly width: number;
  readonly signed: boolean;
  readonly writes: readonly FlatWrite[];
  readonly init: readonly bigint[];
}

/** An input port of the top module; its elements are numbered through over all ports from `first` on. */
export interface FlatInput {
  readonly name: string;
  readonly first: number;
  readonly elements: number;
  readonly width: number;
  readonly signed: boolean;
}

/** An output port of the top module and the cells that drive its elements. */
export interface FlatOutput {
  readonly name: string;
  readonly width: number;
  readonly signed: boolean;
  readonly drivers: readonly number[];
}

/** A name inside the design and the cells of its elements, element 0 first. */
export interface FlatName {
  readonly scope: readonly string[];
  readonly name: string;
  readonly enumeration?: Enumeration | undefined;
  readonly width: number;
  readonly signed: boolean;
  readonly elements: readonly number[];
}

/** A property anywhere in the hierarchy. */
export interface FlatProperty {
  readonly kind: PropertyKind;
  readonly scope: readonly string[];
  readonly name: string;
  readonly message: string;
  /** Position in `FlatDesign.events` of the clock edge at which it is looked at. */
  readonly event: number;
  /** Position in `Clocking.resets` of the reset that disables it; −1 when none does. */
  readonly resetLine: number;
  /** Cell of the condition. */
  readonly condition: number;
  readonly watches: readonly FlatName[];
  readonly source: Source | undefined;
}

/** The whole hierarchy as one list of cells. Operands stand before their users. */
export interface FlatDesign {
  readonly cells: readonly Cell[];
  readonly clocking: Clocking;
  readonly events: readonly FlatEvent[];
  readonly registers: readonly FlatRegister[];
  readonly memories: readonly FlatMemory[];
  readonly inputs: readonly FlatInput[];
  readonly outputs: readonly FlatOutput[];
  readonly properties: readonly FlatProperty[];
  /** All that has a name. Computed when called, as it may add cells for values that nothing reads. */
  names(): readonly FlatName[];
}
