import { capturePlace, captureSource, type Source } from "../diagnostics/index.ts";
import { bitwise, constant, type Node, not } from "../ir/index.ts";
import type { UIntOfAtMost } from "./accepted.ts";
import { checkBranch } from "./branch-order.ts";
import { checkReach, reportCovered } from "./branch-reach.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import type { UInt } from "./integers.ts";
import type { Chain } from "./scope.ts";
import { nodeOf } from "./value.ts";

/** A condition: one bit. A width that is only a `number` is checked when the design is elaborated. */
export interface Condition<Advice = "a condition is one bit: compare with eq() or ne(0), or reduce with reduceOr()">
  extends UIntOfAtMost<1, Advice> {}

/** One bit of a condition; complains (LS0107) when it is wider. */
export function conditionNode(condition: Condition, what: string): Node {
  const node = nodeOf(condition as UInt);
  if (node.width === 1) return node;
  requireContext(what).report(
    "LS0107",
    `the condition of ${what} has ${node.width} bits`,
    "compare it (.ne(0)) or reduce it (.reduceOr()) to one bit",
  );
  return constant(0n, 1, false);
}

/** The continuation of a `when`. */
export interface When {
  /** Statements for when no earlier condition holds and this one does. */
  elsewhen(condition: Condition, body: () => void): When;
  /** Statements for when no condition holds. */
  otherwise(body: () => void): void;
}

/** Runs `body` as the next branch of a statement. */
export function branch(context: ModuleContext, chain: Chain, body: () => void): void {
  const before = context.scope;
  context.scope = { parent: chain, branch: chain.branches++ };
  try {
    body();
  } finally {
    context.scope = before;
  }
}

/**
 * Assignments in `body` hold only when the one-bit `condition` is 1. Further branches follow at once, in the same block:
 * `when(…, …).elsewhen(…, …).otherwise(…)`. Complains of one that comes too late (LS0130) or is never reached (LS0131).
 */
export function when(condition: Condition, body: () => void): When {
  const context = requireContext("when()");
  const sources: Source[] = [];
  const chain: Chain = { conditions: [], sources, outer: context.scope, hasOtherwise: false, branches: 0 };
  let otherwise: Source | undefined;
  let always: Source | undefined;
  const conditional = (test: Condition, statements: () => void, source: Source): void => {
    const node = conditionNode(test, "when()");
    if (always) reportCovered(context, source, always);
    else always = checkReach(context, chain, node, source);
    // After otherwise(), a complaint already, a branch is like a second one of those.
    if (!otherwise) {
      sources.push(source);
      chain.conditions.push(node);
    }
    branch(context, chain, statements);
  };
  const continuation: When = {
    elsewhen(test, statements) {
      const source = capturePlace(continuation.elsewhen);
      checkBranch(context, chain, "elsewhen", source, otherwise);
      conditional(test, statements, source);
      return continuation;
    },
    otherwise(statements) {
      const source = capturePlace(continuation.otherwise);
      checkBranch(context, chain, "otherwise", source, otherwise);
      if (always) reportCovered(context, source, always);
      chain.hasOtherwise = true;
      otherwise ??= source;
      branch(context, chain, statements);
    },
  };
  conditional(condition, body, capturePlace(when));
  return continuation;
}

/** The condition under which the present block is reached; undefined for always. */
export function enableNode(context: ModuleContext): Node | undefined {
  const source = captureSource();
  let enable: Node | undefined;
  const require = (condition: Node): void => {
    enable = enable ? bitwise("and", condition, enable, { source }) : condition;
  };
  for (let scope = context.scope; scope.parent; scope = scope.parent.outer) {
    const { conditions } = scope.parent;
    const own = conditions[scope.branch];
    if (own) require(own);
    for (let earlier = Math.min(scope.branch, conditions.length) - 1; earlier >= 0; earlier--) {
      require(not(conditions[earlier]!, { source }));
    }
  }
  return enable;
}
