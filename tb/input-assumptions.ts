import { type Design, uint } from "../hdl/index.ts";
import { bitwise, constant, designOf, propertiesOf } from "../hdl/ir/index.ts";
import { liftAssumptions } from "../hdl/transform/index.ts";

/** What a design assumes of its inputs. */
export interface InputAssumptions {
  /** The design with one more output, which is 1 while all of them hold. */
  readonly watched: Design;
  readonly output: string;
  /** Whether an assumption is one of them: by the path of its module, the top first, and its name. */
  has(path: readonly string[], name: string): boolean;
}

const keyOf = (path: readonly string[], name: string): string => [...path, name].join(".");

/**
 * The assumptions that only the surroundings of a design can keep, its own and those of modules below it, in a form that
 * can be watched.
 * @returns undefined when there is none
 */
export function inputAssumptions(design: Design): InputAssumptions | undefined {
  const { assumptions, design: lifted } = liftAssumptions(design);
  if (assumptions.length === 0) return undefined;
  const keys = new Set(assumptions.map(({ path, property }) => keyOf(path, property.name)));
  const { top } = lifted;
  let output = "assumptions_hold";
  while (top.ports.some((port) => port.name === output)) output += "_";
  const conditions = propertiesOf(top).flatMap(({ kind, condition }) => (kind === "assume" ? [condition] : []));
  const all = conditions.reduce((one, other) => bitwise("and", one, other), constant(1n, 1, false));
  const port = { name: output, direction: "output", type: uint(1), drivers: [all] } as const;
  return {
    watched: designOf({ ...top, ports: [...top.ports, port] }),
    output,
    has: (path, name) => keys.has(keyOf(path, name)),
  };
}
