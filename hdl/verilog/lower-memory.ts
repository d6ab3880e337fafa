import type { IndexBitsNode, MemoryDefinition, MemoryReadNode, MemoryWrite, OperatorNode } from "../ir/index.ts";
import { ceilLog2 } from "../types/index.ts";
import type { Expression, Literal, MemoryWord, Statement, VerilogSymbol } from "./ast.ts";
import { sliceValue } from "./lower-slice.ts";
import type { Scope } from "./scope.ts";
import type { Operand, Value } from "./value.ts";
import { castValue, extendValue } from "./value.ts";

/** The memories of a module by id, with the names they are declared by. */
export type MemoryTable = ReadonlyMap<number, { definition: MemoryDefinition; symbol: VerilogSymbol }>;

/** Whether nothing ever gives the memory a value. */
export function isNeverSet({ writes, init }: MemoryDefinition): boolean {
  return writes.length === 0 && init === undefined;
}

/** A word of a memory, and the condition under which a wide address points into it. */
export interface Addressed {
  readonly word: MemoryWord;
  readonly address: Operand;
  readonly inside: Expression | undefined;
}

/**
 * `memory[address]` with an address of exactly the bits that the depth asks for, as Verilator wants it. A wider address
 * is cut, and `inside` tells whether that kept its value.
 */
export function addressWord(scope: Scope, symbol: VerilogSymbol, depth: number, given: Value): Addressed {
  const address = castValue(given, false);
  const bits = Math.max(1, ceilLog2(depth));
  if (address.kind === "constant") {
    // Not even what never happens may name a word that is not there.
    const outside = address.value >= BigInt(depth);
    const operand = scope.literal({
      kind: "constant",
      value: outside ? 0n : address.value,
      width: bits,
      signed: false,
    });
    const never = scope.literal({ kind: "constant", value: 0n, width: 1, signed: false }).expression;
    return {
      word: { kind: "word", memory: symbol, address: operand.expression },
      address: operand,
      inside: outside ? never : undefined,
    };
  }
  if (address.width <= bits) {
    const unsigned: Value = address.width === bits ? address : extendValue(address, bits);
    const [fitted] = scope.fit([unsigned]);
    // A negative address reads x.
    const operand = scope.withSign(fitted!, false);
    return {
      word: { kind: "word", memory: symbol, address: operand.expression },
      address: operand,
      inside: undefined,
    };
  }
  const named = scope.net(address);
  const operand = scope.operand(sliceValue(named, bits - 1, 0, (value) => scope.net(value)));
  return {
    word: { kind: "word", memory: symbol, address: operand.expression },
    address: operand,
    inside: below(scope, named, depth),
  };
}

/** Whether an address points into a depth. */
function below(scope: Scope, address: Value, depth: number): Expression {
  const { width } = address;
  const end = scope.literal({ kind: "constant", value: BigInt(depth), width, signed: false });
  return { kind: "binary", operator: "<", left: scope.operand(address).expression, right: end.expression };
}

/** The word, or 0 where the address does not point into the memory. */
function wordOrZero(scope: Scope, { word, address, inside }: Addressed, node: OperatorNode): Value {
  const { width, signed } = word.memory;
  const length = word.memory.name.length + address.length + 2;
  const operand = scope.atom(word, width, signed, length, address.depth);
  if (inside === undefined) return { kind: "expression", operand, width, signed: node.signed, node };
  if (inside.kind === "literal") return { kind: "constant", value: 0n, width, signed: node.signed };
  const zero = scope.literal({ kind: "constant", value: 0n, width, signed });
  const expression: Expression = { kind: "conditional", condition: inside, whenTrue: word, whenFalse: zero.expression };
  const text = { expression, width, signed, length: 2 * length + 16, depth: address.depth + 1, open: false };
  return { kind: "expression", operand: text, width, signed: node.signed, node };
}

/** The element of an array of registers that a signal names; 0 beyond its end. */
export function lowerElement(scope: Scope, node: IndexBitsNode, symbol: VerilogSymbol, depth: number): Value {
  const given = castValue(scope.valueOf(node.index), false);
  const reachesBeyond = given.kind !== "constant" && 2 ** given.width > depth;
  const index = reachesBeyond ? scope.net(given) : given;
  const addressed = addressWord(scope, symbol, depth, index);
  const inside = addressed.inside ?? (reachesBeyond ? below(scope, index, depth) : undefined);
  return wordOrZero(scope, { ...addressed, inside }, node);
}

/**
 * A read. Beyond the depth it is 0 when the address is wider than the depth asks for; an address of the right width
 * that points beyond a depth which is no power of two reads what Verilog reads there, `x`.
 */
export function lowerMemoryRead(scope: Scope, node: MemoryReadNode, memories: MemoryTable): Value {
  const memory = memories.get(node.memory)!;
  const { width, signed } = node;
  // Nothing was ever written, so any value will do; an array without a driver would be a warning.
  if (isNeverSet(memory.definition)) return { kind: "constant", value: 0n, width, signed };
  return wordOrZero(
    scope,
    addressWord(scope, memory.symbol, memory.definition.depth, scope.valueOf(node.address)),
    node,
  );
}

/** The parts of a word that a mask chooses, each with its bit: one `if` for each. */
function maskedAssignments(scope: Scope, width: number, word: MemoryWord, data: Value, mask: Value): Statement[] {
  const size = width / mask.width;
  const toNet = (value: Value): Value => scope.net(value);
  const [whole, bits] = [
    data.kind === "constant" ? data : scope.net(data),
    mask.kind === "constant" ? mask : scope.net(mask),
  ];
  return Array.from({ length: mask.width }, (_, i): Statement => {
    const part = { high: (i + 1) * size - 1, low: i * size };
    const condition = scope.part(sliceValue(bits, i, i, toNet)).expression;
    const value = scope.part(sliceValue(whole, part.high, part.low, toNet)).expression;
    const assignment: Statement = { kind: "nonblocking", target: { ...word, part }, value };
    return { kind: "if", condition, whenTrue: [assignment], whenFalse: [] };
  });
}

/** One write port whose operands are lowered: `if (enable) memory[address] <= data;`. */
export function lowerWrite(
  scope: Scope,
  memory: { definition: MemoryDefinition; symbol: VerilogSymbol },
  write: MemoryWrite,
): Statement[] {
  const { word, inside } = addressWord(scope, memory.symbol, memory.definition.depth, scope.valueOf(write.address));
  const data = scope.valueOf(write.data);
  const assignments: Statement[] =
    write.mask === undefined || write.mask.width === 1
      ? [{ kind: "nonblocking", target: word, value: scope.root(data).expression }]
      : maskedAssignments(scope, memory.definition.width, word, data, scope.valueOf(write.mask));
  const conditions = [scope.operand(scope.valueOf(write.enable)).expression];
  if (write.mask?.width === 1) conditions.push(scope.operand(scope.valueOf(write.mask)).expression);
  if (inside !== undefined) conditions.push(inside);
  const needed = conditions.filter((each) => !(each.kind === "literal" && each.value === 1n));
  if (needed.length === 0) return assignments;
  const condition = needed.reduce((left, right) => ({ kind: "binary", operator: "&", left, right }));
  return [{ kind: "if", condition, whenTrue: assignments, whenFalse: [] }];
}

/** What each word of a memory holds in the beginning. */
export function initialWords({ init = [], depth, width, signed }: MemoryDefinition): Literal[] {
  return Array.from({ length: depth }, (_, i) => ({ kind: "literal", value: init[i] ?? 0n, width, signed }));
}
