import { domainOf, type ModuleNetlist, type RegisterDefinition } from "../ir/index.ts";
import type {
  AlwaysBlock,
  BinaryOperator,
  EdgeEvent,
  Expression,
  MemoryWord,
  Statement,
  VerilogSymbol,
} from "./ast.ts";
import { identifier, select } from "./ast.ts";
import { excludes } from "./case-of.ts";
import { addressWord } from "./lower-memory.ts";
import { writtenPlace } from "./lower-movement.ts";
import type { RegisterArray } from "./register-array.ts";
import type { RegisterBlock } from "./register-plan.ts";
import type { AssignStep, ElementStep, Step, WriteStep } from "./register-step.ts";
import type { Scope } from "./scope.ts";

/** What the registers are called: those of an array by its name. */
export interface RegisterSymbols {
  readonly registers: ReadonlyMap<RegisterDefinition, VerilogSymbol>;
  readonly arrays: ReadonlyMap<RegisterArray, VerilogSymbol>;
  /** What counts in loops over arrays. */
  readonly counter: VerilogSymbol;
}

/** Verilator makes no loops of more rounds than these in a clocked block. */
const mostRounds = 64;

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

/** The statement that gives bits of a register a value. */
function assignment(scope: Scope, { register, high, low, node }: AssignStep, symbols: RegisterSymbols): Statement {
  const value = scope.root(scope.valueOf(node)).expression;
  return { kind: "nonblocking", target: select(symbols.registers.get(register)!, high, low), value };
}

/** `flags[index] <= value;` */
function write(scope: Scope, { register, at, value }: WriteStep, symbols: RegisterSymbols): Statement {
  const symbol = symbols.registers.get(register)!;
  const start = writtenPlace(scope, scope.valueOf(at), symbol.width);
  return {
    kind: "nonblocking",
    target: { kind: "part-select", symbol, start, width: value.width },
    value: scope.root(scope.valueOf(value)).expression,
  };
}

/** `counters[index] <= value;` */
function element(scope: Scope, { array, index, node }: ElementStep, symbols: RegisterSymbols): Statement {
  const symbol = symbols.arrays.get(array)!;
  const { word } = addressWord(scope, symbol, array.length, scope.valueOf(index));
  return { kind: "nonblocking", target: word, value: scope.root(scope.valueOf(node)).expression };
}

/** `for (k = 0; k < 32; k = k + 1) counters[k] <= 2'd0;` */
function fill(array: RegisterArray, value: Expression, { arrays, counter }: RegisterSymbols): Statement[] {
  const memory = arrays.get(array)!;
  const target: MemoryWord = { kind: "word", memory, address: identifier(counter) };
  return Array.from({ length: Math.ceil(array.length / mostRounds) }, (_, i) => ({
    kind: "for",
    variable: counter,
    from: i * mostRounds,
    below: Math.min(array.length, (i + 1) * mostRounds),
    body: { kind: "nonblocking", target, value },
  }));
}

/** The statements of the steps, which are nested to a bounded depth. */
function statementsOf(scope: Scope, steps: readonly Step[], symbols: RegisterSymbols): Statement[] {
  return steps.flatMap((step): Statement[] => {
    if (step.kind === "assign") return [assignment(scope, step, symbols)];
    if (step.kind === "write") return [write(scope, step, symbols)];
    if (step.kind === "element") return [element(scope, step, symbols)];
    if (step.kind === "fill") return fill(step.array, scope.root(scope.valueOf(step.node)).expression, symbols);
    const condition = scope.testOf(step.condition).expression;
    const whenTrue = statementsOf(scope, step.whenTrue, symbols);
    const whenFalse = statementsOf(scope, step.whenFalse, symbols);
    if (whenTrue.length > 0) return [{ kind: "if", condition, whenTrue, whenFalse }];
    if (excludes(whenFalse, negated(condition))) return whenFalse;
    return [{ kind: "if", condition: negated(condition), whenTrue: whenFalse, whenFalse: [] }];
  });
}

/** The `always` block of registers whose next values are lowered. */
export function lowerRegisters(
  scope: Scope,
  module: ModuleNetlist,
  { registers, steps }: RegisterBlock,
  symbols: RegisterSymbols,
  clocking: ReadonlyMap<string, VerilogSymbol>,
): AlwaysBlock {
  const body = [...heldOf(registers, symbols), ...statementsOf(scope, steps, symbols)];
  const { domain: id, source } = registers[0]!;
  const domain = domainOf(module, id);
  const events = [clockEvent(module, id, clocking)];
  const comment = scope.commentFor(source);
  const resets = registers.flatMap((register) => resetOf(scope, register, symbols));
  if (resets.length === 0) return { kind: "always", events, body, comment };
  const reset = clocking.get(domain.reset)!;
  const high = domain.resetActive === "high";
  if (domain.resetKind === "asynchronous") events.push({ edge: high ? "posedge" : "negedge", symbol: reset });
  const condition: Expression = high ? identifier(reset) : negated(identifier(reset));
  return { kind: "always", events, body: [{ kind: "if", condition, whenTrue: resets, whenFalse: body }], comment };
}

/** A register that nothing ever sets is driven by itself, so that tools do not take it for forgotten. */
function heldOf(registers: readonly RegisterDefinition[], symbols: RegisterSymbols): Statement[] {
  return registers.flatMap((register): Statement[] => {
    if (register.reset !== undefined || register.next !== register.node) return [];
    const own = identifier(symbols.registers.get(register)!);
    return [{ kind: "nonblocking", target: own, value: own }];
  });
}

/** What a register holds after reset. */
function resetOf(scope: Scope, register: RegisterDefinition, symbols: RegisterSymbols): Statement[] {
  const { reset, enumeration, node } = register;
  if (reset === undefined) return [];
  const { width, signed } = node;
  const { expression } = scope.literal({ kind: "constant", value: reset, width, signed, enumeration });
  const array = [...symbols.arrays.keys()].find((each) => each.includes(register));
  if (array !== undefined) return array[0] === register ? fill(array, expression, symbols) : [];
  return [{ kind: "nonblocking", target: identifier(symbols.registers.get(register)!), value: expression }];
}
