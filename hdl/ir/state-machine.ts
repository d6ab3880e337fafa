import type { Enumeration } from "../types/index.ts";
import { stateEdges } from "./state-edges.ts";

/** One way from a state to another. */
export interface StateTransition {
  /** The state in which it can be taken; undefined for all. */
  readonly from: string | undefined;
  readonly to: string;
  /**
   * The condition in words, empty for always; `else` stands for what the branches before it leave. Read lazily: it may
   * look at the user's source.
   */
  readonly condition: string;
  /** The same in words that mean something by themselves, without `else`. */
  readonly fullCondition: string;
  /** The statements it stands in, from the inside out, each with the number of its branch. */
  readonly branches: readonly (readonly [statement: object, branch: number])[];
}

/**
 * A state machine as it was described, its transitions in the order of the code, in which the last that is taken wins. For
 * diagrams and reports: it means nothing to the hardware.
 */
export interface StateMachineDefinition {
  readonly name: string;
  readonly enumeration: Enumeration;
  readonly reset: string;
  readonly transitions: readonly StateTransition[];
}

/** Text that a label of a Mermaid diagram may hold. */
function labelText(text: string): string {
  return text.replace(/[#;<>"]/g, (sign) => `#${sign.charCodeAt(0)};`);
}

/** The transitions of one machine as lines of Mermaid; `prefix` keeps the states of several machines apart. */
function transitionLines(machine: StateMachineDefinition, prefix: string): string[] {
  const lines = [...machine.enumeration.members.keys()].map((state) =>
    prefix === "" ? state : `state "${state}" as ${prefix}${state}`,
  );
  lines.push(`[*] --> ${prefix}${machine.reset}`);
  for (const { from, to, label } of stateEdges(machine))
    lines.push(`${prefix}${from} --> ${prefix}${to}${label === "" ? "" : ` : ${labelText(label)}`}`);
  return lines;
}

/** State machines as one Mermaid state diagram, each in a frame of its own where there are several. */
export function mermaidText(machines: readonly StateMachineDefinition[]): string {
  const lines = ["stateDiagram-v2"];
  if (machines.length === 1) lines.push(...transitionLines(machines[0]!, "").map((line) => `  ${line}`));
  else {
    for (const machine of machines) {
      lines.push(`  state ${machine.name} {`);
      lines.push(...transitionLines(machine, `${machine.name}_`).map((line) => `    ${line}`));
      lines.push("  }");
    }
  }
  return `${lines.join("\n")}\n`;
}
