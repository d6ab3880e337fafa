import { bitWidth, type Design, type Port, scalarOf } from "../hdl/index.ts";
import type { EngineValues } from "../hdl/simulate/engine.ts";
import type { BenchCycle, DesignBench, PortValues } from "./bench-cycle.ts";
import { benchText } from "./verilog-bench-text.ts";

/** A file of the plain Verilog test bench; the path is relative to the folder of the bench. */
export interface BenchFile {
  readonly path: string;
  readonly text: string;
}

/** What the bench is made for. */
export interface VerilogBenchRequest {
  readonly design: Design;
  readonly bench: DesignBench<EngineValues>;
  readonly latency: number;
  readonly seed: number;
  /** Cycles with stimulus. */
  readonly vectors: number;
  /** Pass over bits that the simulator does not know, instead of calling them wrong; for a recorded bench. */
  readonly tolerateUnknown?: boolean;
}

/** The bits of a port with the given elements, element 0 least significant. */
function packPort(port: Port, values: EngineValues): bigint {
  const { width } = scalarOf(port.type);
  let bits = 0n;
  for (let i = values.length - 1; i >= 0; i--) {
    bits = (bits << BigInt(width)) | BigInt.asUintN(width, BigInt(values[i]!));
  }
  return bits;
}

/** Ports side by side, the first one most significant, as one hexadecimal number. */
function hexLine(ports: readonly Port[], values: PortValues<EngineValues>): string {
  let bits = 0n;
  let width = 0;
  for (const port of ports) {
    const own = values[port.name];
    bits = (bits << BigInt(bitWidth(port.type))) | (own ? packPort(port, own) : 0n);
    width += bitWidth(port.type);
  }
  return bits.toString(16).padStart(Math.ceil(width / 4), "0");
}

/** A self-checking test bench in plain Verilog with its vectors: `NAME_tb.v`, `stimulus.hex`, `expected.hex`. */
export function verilogBench(request: VerilogBenchRequest): BenchFile[] {
  const { design, bench, latency, seed, vectors } = request;
  const inputs = design.top.ports.filter((port) => port.direction === "input");
  const outputs = design.top.ports.filter((port) => port.direction === "output");
  const cycles: BenchCycle<EngineValues>[] = [...bench.cycles(seed, vectors)];
  const expected: PortValues<EngineValues>[] = [
    ...Array.from({ length: latency }, () => bench.quiet),
    ...cycles.map((c) => c.expected),
  ];
  const stimulus: PortValues<EngineValues>[] = [
    ...cycles.map((c) => c.inputs),
    ...Array.from({ length: latency }, () => bench.idle),
  ];
  const expectedLine = (values: PortValues<EngineValues>): string => {
    const look = outputs.reduce((mask, port) => (mask << 1n) | (values[port.name] ? 1n : 0n), 0n);
    const width = outputs.reduce((sum, port) => sum + bitWidth(port.type), 0);
    const bits = (look << BigInt(width)) | BigInt(`0x${hexLine(outputs, values)}`);
    return bits.toString(16).padStart(Math.ceil((width + outputs.length) / 4), "0");
  };
  return [
    { path: `${design.top.name}_tb.v`, text: benchText(request, stimulus.length) },
    ...(inputs.length === 0
      ? []
      : [{ path: "stimulus.hex", text: `${stimulus.map((values) => hexLine(inputs, values)).join("\n")}\n` }]),
    { path: "expected.hex", text: `${expected.map(expectedLine).join("\n")}\n` },
  ];
}
