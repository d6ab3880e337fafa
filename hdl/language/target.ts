import type { Source } from "../diagnostics/index.ts";
import type { Node } from "../ir/index.ts";
import type { ModuleContext } from "./context.ts";
import type { Scope } from "./scope.ts";

/** `target.value = …` or `target.next = …`, with the block in which it stands. */
export interface Assignment {
  readonly scope: Scope;
  readonly value: Node;
  /** The lowest bit of the target that it drives; as many as `value` has from there on. */
  readonly low: number;
  /** Where a signal says which bits are driven: those from `low + at` on, as far as they are among `among` bits. */
  readonly at?: Node;
  readonly among?: number;
  /** How many vectors and bundles were assigned as wholes around it: 0 for the target itself. */
  readonly depth?: number;
  readonly source: Source;
}

/** How many bits from its lowest one on an assignment may drive. */
export function reachOf({ value, among }: Assignment): number {
  return among ?? value.width;
}

/** What a complaint says of a target that a component of the library declares for its user, who knows it as something else. */
export interface TargetWords {
  readonly undriven: { readonly message: string; readonly hint: string };
  readonly twice: { readonly message: string; readonly hint: string };
}

/** Something that build() drives, with all that was assigned to it, in order. */
export interface Target {
  readonly kind: "output" | "wire" | "register" | "child input";
  /** As the user knows it: `sum`, `products[3]`, `lane.a`. */
  readonly name: string;
  readonly width: number;
  readonly signed: boolean;
  /**
   * The block in which a wire, or a register that is not gated, is declared: it is driven for that block alone. The body of
   * build() when not given.
   */
  readonly scope?: Scope | undefined;
  /** The module in whose build() it may be driven. */
  readonly context: ModuleContext;
  readonly source: Source;
  /** In place of the usual words. */
  readonly words?: TargetWords | undefined;
  readonly assignments: Assignment[];
}
