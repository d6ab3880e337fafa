import type { Engine, EngineValues, OutputFrame } from "../hdl/simulate/engine.ts";
import type { RandomStimulus } from "./random-stimulus.ts";
import { allDomains, resetCycles } from "./reference-run.ts";
import { type StimulusCycle, writeFrame } from "./stimulus-cycle.ts";

/** Hands each cycle of stimulus to `look`, with the outputs of the other engine where there is one. */
export function feed(
  other: Engine | undefined,
  stimulus: RandomStimulus,
  count: number,
  look: (cycle: number, at: StimulusCycle, found: OutputFrame | undefined) => void,
): void {
  if (other === undefined) {
    for (let cycle = 0; cycle < count; cycle++) look(cycle, stimulus.next(), undefined);
    return;
  }
  writeFrame(other, stimulus.idle);
  other.step(resetCycles, true, allDomains(other));
  if (other.clocking.clocks.filter(({ present }) => present).length > 1) {
    for (let cycle = 0; cycle < count; cycle++) {
      const at = stimulus.next();
      writeFrame(other, at.frame);
      look(cycle, at, readAll(other));
      other.step(1, false, at.domains);
    }
    return;
  }
  // The frames of a batch are made before its first outputs are seen.
  const waiting: StimulusCycle[] = [];
  function* frames(): Generator<readonly EngineValues[]> {
    for (let i = 0; i < count; i++) {
      const at = stimulus.next();
      waiting.push(at);
      yield at.frame;
    }
  }
  other.replay(frames(), (cycle, outputs) => look(cycle, waiting.shift()!, outputs));
}

/** The outputs of an engine, each read when it is looked at. */
function readAll(engine: Engine): OutputFrame {
  const frame: EngineValues[] = [];
  engine.outputs.forEach((_, port) => {
    Object.defineProperty(frame, port, { get: () => engine.read(port) });
  });
  return frame;
}
