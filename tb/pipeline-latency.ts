import { type Design, needsClock } from "../hdl/index.ts";
import type { FlatDesign } from "../hdl/simulate/inprocess/flat-design.ts";
import { flatten } from "../hdl/simulate/inprocess/flatten.ts";

/** Instead of a number of registers: a constant, which has none; a register not looked at yet; different numbers. */
const constant = -1;
const pending = -2;
const various = -3;

/** What holds behind logic that joins two values. */
function join(a: number, b: number): number {
  if (a === constant || a === b) return b;
  if (b === constant) return a;
  return a === various || b === various ? various : a === pending || b === pending ? pending : various;
}

/**
 * The latency of a combinational module (0) or of a pipeline: how many registers lie between the inputs and the outputs.
 * @returns null where there is no such number: paths of different lengths, values that are kept or fed back, memories
 * that are written, latches, several clocks, external Verilog
 */
export function pipelineLatency(design: Design): number | null {
  if (design.modules.some(({ external }) => external !== undefined)) return null;
  if (!needsClock(design.top)) return 0;
  const flat = flatten(design);
  const [event] = flat.events;
  if (flat.events.length !== 1 || event!.clock < 0 || flat.memories.some(({ writes }) => writes.length > 0))
    return null;
  const distances = cellDistances(flat);
  const found = flat.outputs
    .flatMap(({ drivers }) => drivers)
    .reduce((all, cell) => join(all, distances[cell]!), constant);
  return found >= 0 ? found : null;
}

/** For each cell the registers between it and the inputs. */
function cellDistances({ cells, registers }: FlatDesign): Int32Array {
  const behind = new Int32Array(registers.length).fill(pending);
  const distances = new Int32Array(cells.length);
  // Each round knows one more rank of registers; one in a circle is never known.
  for (let moved = true; moved; ) {
    moved = false;
    cells.forEach(({ node, operands, place }, cell) => {
      if (node.kind === "input") distances[cell] = 0;
      else if (node.kind === "register") distances[cell] = behind[place]!;
      else distances[cell] = operands.reduce((all, operand) => join(all, distances[operand]!), constant);
    });
    registers.forEach(({ next }, i) => {
      const distance = distances[next]!;
      if (behind[i] !== pending || distance === pending) return;
      behind[i] = distance < 0 ? distance : distance + 1;
      moved = true;
    });
  }
  return distances;
}
