import { dutName } from "./harness.ts";
import type { Replay } from "./replay.ts";
import type { Model } from "./solver.ts";

/** Values that are tried one by one: each costs a simulation. */
const mostTried = 32;

/**
 * A solver's run with only those first values of registers and memories that it needs. A reset or the first inputs
 * override most of them: when a value is left out, so that the simulation begins with its own, the same properties still
 * fail in the same cycles and the same covers are reached.
 */
export async function withNeededInitial(
  model: Model,
  run: Replay,
  repeat: (model: Model) => Promise<Replay>,
): Promise<{ readonly model: Model; readonly run: Replay }> {
  let found = { model, run };
  const wanted = seenIn(run);
  const attempt = async (names: readonly string[]): Promise<boolean> => {
    const initial = new Map(found.model.initial);
    for (const name of names) initial.delete(`${dutName}.${name}`);
    const fewer = { ...model, initial };
    const again = await repeat(fewer);
    if (seenIn(again) !== wanted) return false;
    found = { model: fewer, run: again };
    return true;
  };
  const names = Object.keys(run.trace.initial);
  if (names.length === 0 || (await attempt(names)) || names.length > mostTried) return found;
  for (const name of names) await attempt([name]);
  return found;
}

/** What a run shows, in a form that can be compared. */
function seenIn({ covers, failures }: Replay): string {
  return JSON.stringify([
    failures.map(({ cycle, name, path }) => [cycle, name, path]),
    covers.map(({ count, name, path }) => [count > 0, name, path]),
  ]);
}
