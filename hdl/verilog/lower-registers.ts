import { domainOf, type ModuleNetlist, type RegisterDefinition } from "../ir/index.ts";
import type { AlwaysBlock, BinaryOperator, EdgeEvent, Expression, Statement, VerilogSymbol } from "./ast.ts";
import { identifier } from "./ast.ts";
import { excludes } from "./case-of.ts";
import { writtenPlace } from "./lower-movement.ts";
import type { RegisterTree, RegisterTrees } from "./register-tree.ts";
import type { Scope } from "./scope.ts";

/** The registers that share an `always` block: one group and domain, all with a reset value or all without. */
export function registerGroups(module: ModuleNetlist): RegisterDefinition[][] {
  const groups = new Map<string, RegisterDefinition[]>();
  for (const register of module.registers) {
    if (register.latch !== undefined) continue;
    const key = `${register.group} ${register.reset === undefined} ${register.domain ?? 0}`;
    const group = groups.get(key);
    if (group) group.push(register);
    else groups.set(key, [register]);
  }
  return [...groups.values()];
}

/** The edge of a domain's clock. */
export function clockEvent(
  module: ModuleNetlist,
  domain: number | undefined,
  clocking: ReadonlyMap<string, VerilogSymbol>,
): EdgeEvent {
  const { clock, edge } = domainOf(module, domain);
  return { edge: edge === "rising" ? "posedge" : "negedge", symbol: clocking.get(clock)! };
}

const opposites: Partial<Record<BinaryOperator, BinaryOperator>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

/** `!condition`, as a reader would put it: without a second inversion, and a comparison turned round. */
function negated(condition: Expression): Expression {
  const opposite = condition.kind === "binary" ? opposites[condition.operator] : undefined;
  if (condition.kind === "binary" && opposite !== undefined) return { ...condition, operator: opposite };
  if (condition.kind === "unary" && (condition.operator === "~" || condition.operator === "!")) {
    return condition.operand;
  }
  return { kind: "unary", operator: "!", operand: condition };
}

/** Statements of neighbouring registers under the same condition, side by side in one `if`. */
function merged(statements: readonly Statement[]): Statement[] {
  const result: Statement[] = [];
  for (const statement of statements) {
    const last = result.at(-1);
    if (last?.kind !== "if" || statement.kind !== "if" || last.key !== statement.key || last.key === undefined) {
      result.push(statement);
      continue;
    }
    result[result.length - 1] = {
      ...last,
      whenTrue: merged([...last.whenTrue, ...statement.whenTrue]),
      whenFalse: merged([...last.whenFalse, ...statement.whenFalse]),
    };
  }
  return result;
}

/** The statements that give a register its next value. Trees are of bounded depth. */
function stepsOf(scope: Scope, target: VerilogSymbol, tree: RegisterTree): Statement[] {
  if (tree.kind === "hold") return [];
  if (tree.kind === "value") {
    const { expression } = scope.root(scope.valueOf(tree.node));
    return [{ kind: "nonblocking", target: identifier(target), value: expression }];
  }
  if (tree.kind === "write") {
    const { at, value } = tree;
    const start = writtenPlace(scope, scope.valueOf(at), target.width);
    const written: Statement = {
      kind: "nonblocking",
      target: { kind: "part-select", symbol: target, start, width: value.width },
      value: scope.root(scope.valueOf(value)).expression,
    };
    return [written];
  }
  if (tree.kind === "sequence") return [...stepsOf(scope, target, tree.first), ...stepsOf(scope, target, tree.second)];
  const condition = (tree.isArm ? scope.testOf(tree.condition) : scope.operand(scope.valueOf(tree.condition)))
    .expression;
  const whenTrue = stepsOf(scope, target, tree.whenTrue);
  const whenFalse = stepsOf(scope, target, tree.whenFalse);
  if (whenTrue.length === 0) {
    if (excludes(whenFalse, negated(condition))) return whenFalse;
    return [{ kind: "if", condition: negated(condition), whenTrue: whenFalse, whenFalse: [], key: tree.notKey }];
  }
  return [{ kind: "if", condition, whenTrue, whenFalse, key: tree.key }];
}

/** The `always` block of a group whose next values are lowered. */
export function lowerRegisters(
  scope: Scope,
  module: ModuleNetlist,
  group: readonly RegisterDefinition[],
  trees: RegisterTrees,
  symbols: ReadonlyMap<RegisterDefinition, VerilogSymbol>,
  clocking: ReadonlyMap<string, VerilogSymbol>,
): AlwaysBlock {
  const steps: Statement[] = [];
  const resets: Statement[] = [];
  for (const register of group) {
    const symbol = symbols.get(register)!;
    steps.push(...stepsOf(scope, symbol, trees.treeOf(register)));
    if (register.reset === undefined) continue;
    const { width, signed } = register.node;
    const { expression } = scope.literal({
      kind: "constant",
      value: register.reset,
      width,
      signed,
      enumeration: register.enumeration,
    });
    resets.push({ kind: "nonblocking", target: identifier(symbol), value: expression });
  }
  const { domain: id, source } = group[0]!;
  const domain = domainOf(module, id);
  const events = [clockEvent(module, id, clocking)];
  const comment = scope.commentFor(source);
  if (resets.length === 0) return { kind: "always", events, body: merged(steps), comment };
  const reset = clocking.get(domain.reset)!;
  const high = domain.resetActive === "high";
  if (domain.resetKind === "asynchronous") events.push({ edge: high ? "posedge" : "negedge", symbol: reset });
  const condition: Expression = high ? identifier(reset) : negated(identifier(reset));
  const body: Statement[] = [{ kind: "if", condition, whenTrue: resets, whenFalse: merged(steps) }];
  return { kind: "always", events, body, comment };
}
