import { UnknownValueError } from "../hdl/index.ts";
import type { Engine, EngineValues, OutputFrame } from "../hdl/simulate/engine.ts";
import { firstDifference } from "./reference-run.ts";

/** An output that is not the same in the Verilog. */
export interface Disagreement {
  /** Cycle after reset, from 0. */
  readonly cycle: number;
  /** Port, with the element for a vector. */
  readonly signal: string;
  /** In this process. */
  readonly expected: number | bigint;
  /** In the simulator of the Verilog. */
  readonly found: number | bigint;
}

const mismatchesKept = 8;

/** The outputs of a run in this process and of a run of the Verilog, as they are compared. */
export class OutputComparison {
  compared = 0;
  unknown = 0;
  mismatched = 0;
  readonly mismatches: Disagreement[] = [];

  take(cycle: number, ports: Engine["outputs"], expected: readonly (EngineValues | undefined)[], found: OutputFrame) {
    for (const [i, port] of ports.entries()) {
      const wanted = expected[i];
      const values = wanted && known(found, i);
      if (wanted === undefined || values === undefined) {
        this.unknown++;
        continue;
      }
      this.compared++;
      const at = firstDifference(wanted, values);
      if (at < 0) continue;
      this.mismatched++;
      if (this.mismatches.length >= mismatchesKept) continue;
      const signal = port.elements > 1 ? `${port.name}[${at}]` : port.name;
      this.mismatches.push({ cycle, signal, expected: wanted[at]!, found: values[at]! });
    }
  }
}

/** Outputs are decoded when they are read; a four-state simulator may not know one. */
function known(outputs: OutputFrame, port: number): EngineValues | undefined {
  try {
    return outputs[port];
  } catch (error) {
    if (error instanceof UnknownValueError) return undefined;
    throw error;
  }
}
