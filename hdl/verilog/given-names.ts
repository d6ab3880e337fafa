import type { Source } from "../diagnostics/source.ts";
import type { Node, OperatorNode } from "../ir/index.ts";
import { givenName } from "./given-name.ts";
import type { Namer } from "./names.ts";
import { wordFor } from "./words.ts";

/** Whether a name is that of what is assigned to something: `err_value`, `count_next`. */
export function isTargetName(name: string): boolean {
  return /_(?:value|next)$/.test(name);
}

/** Nodes that only move bits have no nets, so nobody sees their names. */
const moving = new Set<Node["kind"]>(["slice", "cast", "extend", "replicate"]);

/** What the code calls the nodes of one module. */
export class GivenNames {
  readonly #nodes: readonly Node[];
  readonly #namer: Namer;
  readonly #bySource = new Map<Source, string | undefined>();
  #wholes: ReadonlySet<string> | undefined;

  constructor(nodes: readonly Node[], namer: Namer) {
    this.#nodes = nodes;
    this.#namer = namer;
  }

  /** The name given to the node, or to the expression that it is the last part of which is left. */
  nameOf(node: OperatorNode): string | undefined {
    const { label, source } = node;
    if (label !== undefined || source === undefined) return label;
    if (this.#bySource.has(source)) return this.#bySource.get(source);
    const { name } = source;
    const found = givenName(node) ?? (name === undefined || this.#isTaken(name) ? undefined : name);
    this.#bySource.set(source, found);
    return found;
  }

  /** `total_sum` for a sum in the expression of `const total`; undefined for what is no part of something declared. */
  nameOfPart(node: OperatorNode): string | undefined {
    const name = node.source?.name;
    if (name === undefined || isTargetName(name)) return undefined;
    const word = wordFor(node);
    return name === word || name.endsWith(`_${word}`) ? `${name}_part` : `${name}_${word}`;
  }

  /** Whether something declared has the name, or the whole of an expression. */
  #isTaken(name: string): boolean {
    this.#wholes ??= namesOfWholes(this.#nodes);
    return isTargetName(name) || this.#wholes.has(name) || this.#namer.isClaimed(name);
  }
}

function namesOfWholes(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Source>();
  for (const { kind, source } of nodes) {
    if (source === undefined || seen.has(source) || moving.has(kind)) continue;
    seen.add(source);
    if (source.isPart !== true && source.name !== undefined) names.add(source.name);
  }
  return names;
}
