import type { Expression, Identifier, Item, MemoryWord, PartSelect, Select, Statement } from "./ast.ts";

/** The places of an expression that read a declared thing. */
export type Reading = Identifier | Select | PartSelect | MemoryWord;

/** Calls `visit` for every read of a declared thing in an expression. The depth of expressions is bounded. */
export function forEachRead(expression: Expression, visit: (reading: Reading) => void): void {
  switch (expression.kind) {
    case "identifier":
    case "select":
      visit(expression);
      return;
    case "literal":
      return;
    case "word":
      visit(expression);
      forEachRead(expression.address, visit);
      return;
    case "part-select":
      visit(expression);
      forEachRead(expression.start, visit);
      return;
    case "unary":
    case "replication":
    case "sign-cast":
      forEachRead(expression.operand, visit);
      return;
    case "binary":
      forEachRead(expression.left, visit);
      forEachRead(expression.right, visit);
      return;
    case "conditional":
      forEachRead(expression.condition, visit);
      forEachRead(expression.whenTrue, visit);
      forEachRead(expression.whenFalse, visit);
      return;
    case "concatenation":
      for (const part of expression.parts) forEachRead(part, visit);
      return;
    default:
      unhandled(expression);
  }
}

function forEachStatementRead(statement: Statement, visit: (reading: Reading) => void): void {
  if (statement.kind === "for") {
    forEachStatementRead(statement.body, visit);
    return;
  }
  if (statement.kind === "if") {
    forEachRead(statement.condition, visit);
    for (const each of statement.whenTrue) forEachStatementRead(each, visit);
    for (const each of statement.whenFalse) forEachStatementRead(each, visit);
    return;
  }
  forEachRead(statement.value, visit);
  const { target } = statement;
  if (target.kind === "word") forEachRead(target.address, visit);
  if (target.kind === "part-select") forEachRead(target.start, visit);
}

/** Calls `visit` for every read in an item of a module; what an item drives is not read by it. */
export function forEachItemRead(item: Item, visit: (reading: Reading) => void): void {
  switch (item.kind) {
    case "comment":
    case "memory":
    case "integer":
    case "initial":
    case "localparam":
      return;
    case "net":
      if (item.value !== undefined) forEachRead(item.value, visit);
      return;
    case "latch":
      forEachRead(item.transparent, visit);
      forEachRead(item.data, visit);
      return;
    case "assign":
      forEachRead(item.value, visit);
      return;
    case "always":
      for (const { symbol } of item.events) visit({ kind: "identifier", symbol });
      for (const statement of item.body) forEachStatementRead(statement, visit);
      return;
    case "instance":
      for (const connection of item.connections) if (!connection.output) forEachRead(connection.value, visit);
      return;
    case "properties":
      for (const inner of item.items) forEachItemRead(inner, visit);
      for (const { condition, event, values, count } of item.properties) {
        visit({ kind: "identifier", symbol: condition });
        visit({ kind: "identifier", symbol: event.symbol });
        if (count) visit({ kind: "identifier", symbol: count });
        for (const { value } of values) forEachRead(value, visit);
      }
      return;
    default:
      unhandled(item);
  }
}

function unhandled(value: never): never {
  throw new Error(`unhandled kind: ${JSON.stringify(value)}`);
}
