import { linesOf } from "../diagnostics/index.ts";
import { isLeaf, type Node } from "../ir/index.ts";
import { memberOf } from "../types/index.ts";
import type { ModuleContext } from "./context.ts";

/** Operators on a path of a text; what lies deeper is told by its name, or left out. */
const deepest = 4;

const declaration = /(?:^|[\s;{(])(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=(?!=)((?:(?!=>)[^;])*)$/;

/** The `const` that a node is part of, on the line at which it was made. */
function ownName(node: Node): string | undefined {
  const at = node.source?.location;
  if (node.label !== undefined || !at) return node.label;
  return declaration.exec((linesOf(at.file)[at.line - 1] ?? "").slice(0, at.column - 1))?.[1];
}

const symbols = { eq: "==", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=", add: "+", sub: "-", mul: "*" } as const;
const joins = { and: "and", or: "or", xor: "!=" } as const;

/**
 * What a node computes, as a person would say it: `count == 3 and not stop`. For labels and messages; an operator that a
 * `const` names is told by that name.
 */
export function describeNode(context: ModuleContext, node: Node, depth = 0): string {
  const inner = (operand: Node): string => {
    const text = describeNode(context, operand, depth + 1);
    return text.includes(" ") ? `(${text})` : text;
  };
  if (!isLeaf(node)) {
    const name = ownName(node);
    if (name !== undefined) return name;
    if (depth >= deepest) return "…";
  }
  switch (node.kind) {
    case "input":
      return node.port;
    case "register":
    case "wire": {
      const draft = (node.kind === "register" ? context.registers : context.wires)[node.id];
      return draft ? draft.base + draft.suffix : node.kind;
    }
    case "instance-output":
      return `${context.instances[node.instance]?.base ?? "child"}.${node.port}`;
    case "constant":
      return (node.enumeration && memberOf(node.enumeration, node.value)) ?? `${node.value}`;
    case "compare":
    case "arithmetic":
      return `${inner(node.left)} ${symbols[node.operator]} ${inner(node.right)}`;
    case "bitwise":
      return `${inner(node.left)} ${joins[node.operator]} ${inner(node.right)}`;
    case "not":
      return `not ${inner(node.operand)}`;
    case "extend":
    case "cast":
      return describeNode(context, node.operand, depth);
    case "slice": {
      const bits = node.high === node.low ? `${node.low}` : `${node.high}:${node.low}`;
      return node.operand.width === node.width ? inner(node.operand) : `${inner(node.operand)}[${bits}]`;
    }
    default:
      return "…";
  }
}
