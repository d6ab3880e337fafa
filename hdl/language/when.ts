import { captureSource } from "../diagnostics/index.ts";
import { bitwise, constant, type Node, not } from "../ir/index.ts";
import type { UIntOfAtMost } from "./accepted.ts";
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

/** Whether two conditions are one and the same, or compare the same value with the same constant in the same way. */
function isSameTest(first: Node, second: Node): boolean {
  if (first === second) return first.kind !== "constant";
  if (first.kind === "not" && second.kind === "not") return isSameTest(first.operand, second.operand);
  if (first.kind !== "compare" || second.kind !== "compare" || first.operator !== second.operator) return false;
  const [left, right] = [first.right, second.right];
  const sameRight =
    left === right || (left.kind === "constant" && right.kind === "constant" && left.value === right.value);
  return first.left === second.left && sameRight;
}

function reportUnreachable(context: ModuleContext, chain: Chain, node: Node): void {
  const earlier = chain.conditions.find((each) => isSameTest(each, node));
  context.report(
    "LS0116",
    "elsewhen(): this branch can never be reached: an earlier one has the same condition",
    "take one of the two out, or mend its condition",
    {
      places: [
        { source: captureSource(), note: "the branch that is never reached" },
        // Of a signal the place is that of its declaration, which says nothing of the branch.
        ...(earlier?.kind === "compare" && earlier.source
          ? [{ source: earlier.source, note: "the condition of the earlier one" }]
          : []),
      ],
    },
  );
}

/** Assignments in `body` hold only when the one-bit `condition` is 1. */
export function when(condition: Condition, body: () => void): When {
  const context = requireContext("when()");
  const chain: Chain = { conditions: [], outer: context.scope, hasOtherwise: false, branches: 0 };
  const conditional = (test: Condition, statements: () => void): void => {
    const node = conditionNode(test, "when()");
    if (chain.conditions.some((earlier) => isSameTest(earlier, node))) reportUnreachable(context, chain, node);
    chain.conditions.push(node);
    branch(context, chain, statements);
  };
  const continuation: When = {
    elsewhen(test, statements) {
      conditional(test, statements);
      return continuation;
    },
    otherwise(statements) {
      chain.hasOtherwise = true;
      branch(context, chain, statements);
    },
  };
  conditional(condition, body);
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
