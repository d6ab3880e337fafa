import { DesignError } from "./diagnostics/index.ts";
import { inspect } from "./elaborate.ts";
import { mermaidText } from "./ir/index.ts";
import { type Module, StateMachine } from "./language/index.ts";

/**
 * The state machines of a module and all below it, or one machine, as a Mermaid state diagram: states, the reset state,
 * and transitions with their conditions.
 * @throws DesignError for faults of the design
 */
export function mermaidOf(source: Module | StateMachine): string {
  if (source instanceof StateMachine) return source.mermaid();
  const { design, diagnostics } = inspect(source);
  if (!design) throw new DesignError(diagnostics);
  const found = design.modules.flatMap(({ name, stateMachines = [] }) =>
    stateMachines.map((machine) => ({ ...machine, name: `${name}_${machine.name}` })),
  );
  return mermaidText(found);
}
