import { createHash } from "node:crypto";
import { bitWidth, clockingPorts, type Design, domainUses, type Port, scalarOf, shapeOf } from "../hdl/index.ts";

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

/** A clock or reset port. */
export interface ClockingManifest {
  readonly name: string;
  readonly role: "clock" | "reset";
  /** The clock domain, by its name in the source. */
  readonly domain: string;
  /** Of a clock: the edge at which registers change. */
  readonly edge?: "rising" | "falling";
  /** Of a reset: when it acts, and at which level. */
  readonly kind?: "synchronous" | "asynchronous" | "none";
  readonly active?: "high" | "low";
}

/** `manifest.json`: what was generated, from what, and how to connect it. */
export interface DesignManifest {
  readonly design: string;
  readonly tool: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly top: string;
  /** Clock of the default domain; null for a combinational design. Rising edge unless `clocking` says otherwise. */
  readonly clock: string | null;
  /** Reset of the default domain, synchronous and active high unless `clocking` says otherwise; null when nothing is reset. */
  readonly reset: string | null;
  /** All clock and reset ports; left out for a design with the usual `clock` and `reset` alone. */
  readonly clocking?: readonly ClockingManifest[];
  /** Cycles from the inputs of a vector to the outputs that it causes; null where there is no such number. */
  readonly latency: number | null;
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

function clockingManifest(design: Design): Pick<DesignManifest, "clock" | "reset" | "clocking"> {
  const uses = domainUses(design).get(design.top)!;
  const ports = clockingPorts(uses).map(({ name, role, domain }): ClockingManifest => {
    const common = { name, role, domain: domain.name };
    if (role === "clock") return { ...common, edge: domain.edge };
    return { ...common, kind: domain.resetKind, active: domain.resetActive };
  });
  const [{ domain, clock, reset }] = uses as [(typeof uses)[number]];
  const own = { clock: clock ? domain.clock : null, reset: reset ? domain.reset : null };
  const { edge, resetKind, resetActive } = domain;
  const usual = uses.length === 1 && edge === "rising" && resetKind === "synchronous" && resetActive === "high";
  return usual ? own : { ...own, clocking: ports };
}

/** What a manifest says of a design that its netlist does not. */
export interface ManifestSubject {
  /** The design's name as the user knows it. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly latency: number | null;
}

/** The manifest of a generated design. `files` are the emitted Verilog texts, `tool` the product with its version. */
export function designManifest(
  { name, parameters, latency }: ManifestSubject,
  design: Design,
  files: readonly { readonly fileName: string; readonly module: string; readonly text: string }[],
  tool: string,
): DesignManifest {
  const { top } = design;
  return {
    design: name,
    tool,
    parameters,
    top: top.name,
    ...clockingManifest(design),
    latency,
    ports: top.ports.map(portManifest),
    files: files.map(({ fileName, module, text }) => ({
      path: fileName,
      module,
      sha256: createHash("sha256").update(text).digest("hex"),
    })),
  };
}
