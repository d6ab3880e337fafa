import type { ModuleNetlist } from "../../ir/index.ts";
import { leavesOf, scalarOf } from "../../types/index.ts";
import type { EnginePort } from "../engine.ts";
import { packedBits } from "./packing.ts";

/** A port and where its packed value stands in a frame. */
export interface FramePort extends EnginePort {
  readonly bits: number;
  /** First byte within the frame. */
  readonly offset: number;
  /** Bytes in the frame: those of the C++ type Verilator gives a port of that width. */
  readonly bytes: number;
}

/** All inputs or all outputs of one cycle as one run of bytes, port after port. */
export interface FrameLayout {
  /** The ports as the engine shows them. */
  readonly enginePorts: readonly EnginePort[];
  readonly ports: readonly FramePort[];
  readonly bytes: number;
}

/** The inputs or outputs of a module in port order, as engines number them. */
export function enginePorts(module: ModuleNetlist, direction: "input" | "output"): EnginePort[] {
  return module.ports
    .filter((port) => port.direction === direction)
    .map((port) => {
      const scalar = scalarOf(port.type);
      return Object.freeze({
        name: port.name,
        direction,
        elements: leavesOf(port.type).length,
        elementWidth: scalar.width,
        signed: scalar.kind === "sint",
      });
    });
}

/** Lays ports out one after the other. */
export function frameLayout(ports: readonly EnginePort[]): FrameLayout {
  let offset = 0;
  const placed = ports.map((port) => {
    const bits = packedBits(port);
    const bytes = storageBytes(bits);
    const result = Object.freeze({ ...port, bits, offset, bytes });
    offset += bytes;
    return result;
  });
  return Object.freeze({ enginePorts: ports, ports: Object.freeze(placed), bytes: offset });
}

// Verilator: CData, SData, IData, QData, then VlWide in words of 32 bits.
function storageBytes(bits: number): number {
  if (bits <= 8) return 1;
  if (bits <= 16) return 2;
  if (bits <= 32) return 4;
  if (bits <= 64) return 8;
  return Math.ceil(bits / 32) * 4;
}
