import { createHash } from "node:crypto";
import { bitWidth, type Design, needsClock, needsReset, type Port, scalarOf, shapeOf } from "../hdl/index.ts";
import type { ParameterValue } from "../spec/index.ts";
import type { ConfiguredDesign } from "./generator.ts";

/** One port as an integrator needs it. */
export interface PortManifest {
  readonly name: string;
  readonly direction: "input" | "output";
  /** Bits of the packed port. */
  readonly bits: number;
  readonly signed: boolean;
  /** Lengths of the vectors, outermost first; empty for a scalar. Element 0 is in the least significant bits. */
  readonly shape: readonly number[];
  /** Bits of one element; for a scalar those of the port. */
  readonly elementBits: number;
}

/** `manifest.json`: what was generated, from what, and how to connect it. */
export interface DesignManifest {
  readonly design: string;
  readonly tool: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly top: string;
  /** Rising edge; null for a combinational design. */
  readonly clock: string | null;
  /** Synchronous, active high; null when nothing is reset. */
  readonly reset: string | null;
  /** Cycles from the inputs of a vector to the outputs that it causes. */
  readonly latency: number;
  readonly ports: readonly PortManifest[];
  /** Verilog files, children before parents. */
  readonly files: readonly { readonly path: string; readonly module: string; readonly sha256: string }[];
}

function portManifest(port: Port): PortManifest {
  const scalar = scalarOf(port.type);
  return {
    name: port.name,
    direction: port.direction,
    bits: bitWidth(port.type),
    signed: scalar.kind === "sint",
    shape: shapeOf(port.type),
    elementBits: scalar.width,
  };
}

/** The manifest of a generated design. `files` are the emitted Verilog texts, `tool` the product with its version. */
export function designManifest(
  configured: ConfiguredDesign,
  design: Design,
  files: readonly { readonly fileName: string; readonly module: string; readonly text: string }[],
  tool: string,
): DesignManifest {
  const { top } = design;
  return {
    design: configured.generator,
    tool,
    parameters: configured.params,
    top: top.name,
    clock: needsClock(top) ? "clock" : null,
    reset: needsReset(top) ? "reset" : null,
    latency: configured.latency,
    ports: top.ports.map(portManifest),
    files: files.map(({ fileName, module, text }) => ({
      path: fileName,
      module,
      sha256: createHash("sha256").update(text).digest("hex"),
    })),
  };
}
