import type { Source } from "../diagnostics/index.ts";
import type { Node } from "../ir/index.ts";

/** One `when … elsewhen … otherwise` statement: its conditions in order; the last branch may have none. */
export interface Chain {
  readonly conditions: Node[];
  /** Where each condition stands, for those of a `when`. */
  readonly sources?: Source[];
  /** The scope in which the statement stands. */
  readonly outer: Scope;
  hasOtherwise: boolean;
  branches: number;
  /** Made for an assignment to an element that a signal names. */
  readonly selects?: boolean;
}

/** A block of statements: the body of build() or one branch of a `when`. */
export interface Scope {
  /** The statement of which this is a branch; undefined for the body of build(). */
  readonly parent: Chain | undefined;
  readonly branch: number;
}

/** Whether a block is another one or stands inside it, however deep. */
export function isWithin(inner: Scope, outer: Scope): boolean {
  for (let scope: Scope | undefined = inner; scope; scope = scope.parent?.outer) if (scope === outer) return true;
  return false;
}
