import type { Attributes } from "../ir/index.ts";
import type {
  Connection,
  Expression,
  IfStatement,
  InitialBlock,
  InstanceItem,
  Item,
  PortDeclaration,
  Statement,
  VerilogModule,
  VerilogSymbol,
} from "./ast.ts";
import { type CaseForm, caseOf } from "./case-of.ts";
import { commentOf } from "./comment.ts";
import { cppWords } from "./cpp-words.ts";
import { printChain, printExpression, printPart } from "./print-expression.ts";
import { printProperties } from "./print-properties.ts";

const lineWidth = 100;

/** `signed [7:0] ` with a blank behind what is there; nothing for one unsigned bit. */
function typeOf(symbol: VerilogSymbol): string {
  return `${symbol.signed ? "signed " : ""}${symbol.width > 1 ? `[${symbol.width - 1}:0] ` : ""}`;
}

/** `(* keep = "true", weight = 3 *) ` with a blank behind it, or nothing. */
function attributesOf(attributes: Attributes | undefined): string {
  if (attributes === undefined) return "";
  const texts = Object.entries(attributes).map(([name, value]) => {
    if (value === true) return name;
    return `${name} = ${typeof value === "string" ? JSON.stringify(value) : BigInt(value)}`;
  });
  return texts.length === 0 ? "" : `(* ${texts.join(", ")} *) `;
}

/** Words separated by `, ` in lines of at most `lineWidth` columns. */
function fill(words: readonly string[], indent: string, out: string[]): void {
  let line = indent;
  words.forEach((word, i) => {
    const text = i < words.length - 1 ? `${word},` : word;
    if (line !== indent && line.length + 1 + text.length > lineWidth) {
      out.push(line);
      line = indent;
    }
    line += line === indent ? text : ` ${text}`;
  });
  out.push(line);
}

/** `prefix value suffix`, over several lines where a concatenation or a chain of conditionals does not fit into one. */
function printValue(prefix: string, value: Expression, suffix: string, indent: string, out: string[]): void {
  const inner = `${indent}  `;
  if (value.kind === "concatenation" || value.kind === "conditional") {
    const flat = `${prefix}${printExpression(value)}${suffix}`;
    if (flat.length <= lineWidth) {
      out.push(flat);
    } else if (value.kind === "concatenation") {
      out.push(`${prefix}{`);
      fill(value.parts.map(printPart), inner, out);
      out.push(`${indent}}${suffix}`);
    } else {
      out.push(prefix.trimEnd());
      const lines = printChain(value);
      lines.forEach((line, i) => {
        out.push(`${inner}${line}${i === lines.length - 1 ? suffix : ""}`);
      });
    }
    return;
  }
  if (value.kind === "unary" && value.operand.kind === "concatenation") {
    printValue(`${prefix}${value.operator}`, value.operand, suffix, indent, out);
    return;
  }
  out.push(`${prefix}${printExpression(value)}${suffix}`);
}

/** `if (enable) count <= next;` where that is all and fits into a line. */
function shortIf(statement: IfStatement, indent: string): string | undefined {
  const [only, ...others] = statement.whenTrue;
  if (only?.kind !== "nonblocking" || others.length > 0 || statement.whenFalse.length > 0) return undefined;
  const assignment = `${printExpression(only.target)} <= ${printExpression(only.value)};`;
  const text = `${indent}if (${printExpression(statement.condition)}) ${assignment}`;
  return text.length <= lineWidth ? text : undefined;
}

/** `label: statement`, on one line where there is one short statement. `body` is indented one step more. */
function printArm(label: string, statements: number, body: readonly string[], indent: string, out: string[]): void {
  const [first, ...others] = body;
  if (first === undefined) {
    out.push(`${indent}${label}: ;`);
    return;
  }
  const text = `${indent}${label}: ${first.trimStart()}`;
  if (statements === 1 && others.length === 0 && text.length <= lineWidth) {
    out.push(text);
    return;
  }
  out.push(`${indent}${label}: begin`, ...body, `${indent}end`);
}

function printBody(statements: readonly Statement[], indent: string): string[] {
  const lines: string[] = [];
  for (const each of statements) printStatement(each, indent, lines);
  return lines;
}

function printCase({ subject, arms, rest, last }: CaseForm, indent: string, out: string[]): void {
  const [arm, inner] = [`${indent}  `, `${indent}    `];
  out.push(`${indent}case (${printExpression(subject)})`);
  const printed = arms.map(({ labels, body }) => ({
    labels: labels.map(printExpression),
    lines: printBody(body, inner),
  }));
  for (let from = 0, to = 0; from < printed.length; from = to) {
    const { lines } = printed[from]!;
    // Neighbours that do the same are one arm with several values.
    while (printed[to]?.lines.join("\n") === lines.join("\n")) to++;
    const labels = printed.slice(from, to).flatMap((each) => each.labels);
    printArm(labels.join(", "), arms[from]!.body.length, lines, arm, out);
  }
  const from = out.length;
  printArm("default", rest.length, printBody(rest, inner), arm, out);
  if (last !== undefined && rest.length > 0) out[from] += ` ${commentOf(last)}`;
  out.push(`${indent}endcase`);
}

function printStatement(statement: Statement, indent: string, out: string[]): void {
  if (statement.kind === "nonblocking") {
    printValue(`${indent}${printExpression(statement.target)} <= `, statement.value, ";", indent, out);
    return;
  }
  if (statement.kind === "for") {
    const { variable, from, below, body } = statement;
    const { name } = variable;
    const head = `${indent}for (${name} = ${from}; ${name} < ${below}; ${name} = ${name} + 1) `;
    printValue(`${head}${printExpression(body.target)} <= `, body.value, ";", indent, out);
    return;
  }
  const choice = caseOf(statement);
  if (choice !== undefined) {
    printCase(choice, indent, out);
    return;
  }
  const short = shortIf(statement, indent);
  if (short !== undefined) {
    out.push(short);
    return;
  }
  const inner = `${indent}  `;
  out.push(`${indent}if (${printExpression(statement.condition)}) begin`);
  for (let current = statement; ; ) {
    for (const each of current.whenTrue) printStatement(each, inner, out);
    const [first, ...others] = current.whenFalse;
    if (first === undefined) break;
    if (first.kind === "if" && others.length === 0 && caseOf(first) === undefined) {
      out.push(`${indent}end else if (${printExpression(first.condition)}) begin`);
      current = first;
      continue;
    }
    out.push(`${indent}end else begin`);
    for (const each of current.whenFalse) printStatement(each, inner, out);
    break;
  }
  out.push(`${indent}end`);
}

function printConnection(connection: Connection, last: boolean, out: string[]): void {
  printValue(`    .${connection.port}(`, connection.value, last ? ")" : "),", "    ", out);
}

/** ` #(.WIDTH(8), .DEPTH(16))`, or nothing. */
function parametersOf({ parameters }: InstanceItem): string {
  if (parameters.length === 0) return "";
  return ` #(${parameters.map(([name, value]) => `.${name}(${value})`).join(", ")})`;
}

function printInstance(item: InstanceItem, out: string[]): void {
  if (item.attributes) out.push(`  ${attributesOf(item.attributes).trimEnd()}`);
  if (item.connections.length === 0) {
    out.push(`  ${item.module}${parametersOf(item)} ${item.name} ();`);
    return;
  }
  out.push(`  ${item.module}${parametersOf(item)} ${item.name} (`);
  item.connections.forEach((connection, i) => {
    printConnection(connection, i === item.connections.length - 1, out);
  });
  out.push("  );");
}

/** Puts a comment behind the first line from `from` on, or above it where it would not fit. */
function addComment(comment: string | undefined, from: number, out: string[]): void {
  if (comment === undefined) return;
  const first = out[from]!;
  if (first.length + comment.length + 4 <= lineWidth + 20) out[from] = `${first} ${commentOf(comment)}`;
  else out.splice(from, 0, `  ${commentOf(comment)}`);
}

/** Lines of which Verilator's lint is not to say `code`. */
function printMuted(
  code: string | undefined,
  lines: readonly string[],
  comment: string | undefined,
  out: string[],
): void {
  if (code !== undefined) out.push(`  // verilator lint_off ${code}`);
  const first = out.length;
  for (const line of lines) out.push(line);
  addComment(comment, first, out);
  if (code !== undefined) out.push(`  // verilator lint_on ${code}`);
}

/** Several words to a line. */
function printInitial({ memory, words }: InitialBlock, out: string[]): void {
  out.push("  initial begin");
  let line = "   ";
  words.forEach((word, i) => {
    const text = ` ${memory.name}[${i}] = ${printExpression(word)};`;
    if (line.length + text.length > lineWidth) {
      out.push(line);
      line = "   ";
    }
    line += text;
  });
  out.push(line, "  end");
}

/** Writes an item with `comment`, which is the item's own or none. */
function printItem(item: Item, comment: string | undefined, out: string[]): void {
  const from = out.length;
  switch (item.kind) {
    case "comment":
      out.push(`  ${commentOf(item.text)}`);
      return;
    case "localparam":
      out.push(`  localparam ${typeOf(item.symbol)}${item.symbol.name} = ${printExpression(item.value)};`);
      return;
    case "net": {
      const declaration = `  ${attributesOf(item.symbol.attributes)}${item.type} ${typeOf(item.symbol)}${item.symbol.name}`;
      if (item.value === undefined) out.push(`${declaration};`);
      else if (!item.mixedReset) printValue(`${declaration} = `, item.value, ";", "  ", out);
      else {
        printMuted("SYNCASYNCNET", [`${declaration} = ${printExpression(item.value)};`], comment, out);
        return;
      }
      break;
    }
    case "memory": {
      const attributes = `${item.attribute ? `(* ${item.attribute} *) ` : ""}${attributesOf(item.symbol.attributes)}`;
      const text = `  ${attributes}reg ${typeOf(item.symbol)}${item.symbol.name} [0:${item.depth - 1}];`;
      printMuted(item.manyClocks ? "MULTIDRIVEN" : undefined, [text], comment, out);
      return;
    }
    case "integer":
      out.push(`  integer ${item.symbol.name};`);
      return;
    case "initial":
      printInitial(item, out);
      return;
    case "latch":
      if (comment !== undefined) out.push(`  ${commentOf(comment)}`);
      // Verilator asks for always_latch, which Verilog-2005 does not have.
      out.push("  // verilator lint_off LATCH", "  always @* begin");
      printValue(`    if (${printExpression(item.transparent)}) ${item.target.name} = `, item.data, ";", "    ", out);
      out.push("  end", "  // verilator lint_on LATCH");
      return;
    case "assign":
      printValue(`  assign ${item.target.name} = `, item.value, ";", "  ", out);
      break;
    case "always":
      if (comment !== undefined) out.push(`  ${commentOf(comment)}`);
      out.push(`  always @(${item.events.map(({ edge, symbol }) => `${edge} ${symbol.name}`).join(" or ")}) begin`);
      for (const statement of item.body) printStatement(statement, "    ", out);
      out.push("  end");
      return;
    case "instance": {
      const lines: string[] = [];
      printInstance(item, lines);
      printMuted(item.hidden ? "VARHIDDEN" : undefined, lines, comment, out);
      return;
    }
    case "properties":
      printProperties(item, (lines) => printItems(item.items, lines), out);
      return;
    default:
      unhandled(item);
  }
  addComment(comment, from, out);
}

function unhandled(item: never): never {
  throw new Error(`unhandled item: ${JSON.stringify(item)}`);
}

/** Whether the item declares what an `always` block assigns to. */
function isVariable(item: Item): boolean {
  return item.kind === "memory" || item.kind === "integer" || (item.kind === "net" && item.type === "reg");
}

/** Whether a blank line parts two neighbours: blocks stand alone, declarations and assigns gather. */
function parted(before: Item, after: Item): boolean {
  if (before.kind === "comment") return false;
  if (before.kind === "net" && after.kind === "instance") return before.value !== undefined;
  if (before.kind === "net" && after.kind === "net") return before.type !== after.type;
  if (before.kind !== after.kind) return !(isVariable(before) && isVariable(after));
  return before.kind === "always" || before.kind === "initial" || before.kind === "latch" || before.kind === "instance";
}

/** What Verilator's lint is not to say of a port, which is legal Verilog and as the user wants it. */
function mutedAt(port: PortDeclaration | undefined): readonly string[] {
  if (port === undefined) return [];
  return [...(cppWords.has(port.symbol.name) ? ["SYMRSVDWORD"] : []), ...(port.mixedReset ? ["SYNCASYNCNET"] : [])];
}

function printPorts(name: string, ports: readonly PortDeclaration[], out: string[]): void {
  if (ports.length === 0) {
    out.push(`module ${name} ();`);
    return;
  }
  out.push(`module ${name} (`);
  ports.forEach((port, i) => {
    const comma = i === ports.length - 1 ? "" : ",";
    const [before, own, after] = [mutedAt(ports[i - 1]), mutedAt(port), mutedAt(ports[i + 1])];
    for (const code of own) if (!before.includes(code)) out.push(`  // verilator lint_off ${code}`);
    out.push(
      `  ${attributesOf(port.symbol.attributes)}${port.direction} ${port.type} ${typeOf(port.symbol)}${port.symbol.name}${comma}`,
    );
    for (const code of own) if (!after.includes(code)) out.push(`  // verilator lint_on ${code}`);
  });
  out.push(");");
}

/** Why a linter is told not to look for loops. */
const vectorLoopsComment = [
  "// Bits of some vectors depend on other bits of the same by way of ports: no loop, except",
  "// for a tool that looks at whole vectors.",
];

/** The text of a module, with a line feed at its end. */
export function printModule(module: VerilogModule): string {
  const out: string[] = module.header.map(commentOf);
  if (module.vectorLoops) out.push(...vectorLoopsComment, "// verilator lint_off UNOPTFLAT");
  if (module.attributes) out.push(attributesOf(module.attributes).trimEnd());
  printPorts(module.name, module.ports, out);
  printBodyItems(module.items, out);
  out.push("endmodule");
  if (module.vectorLoops) out.push("// verilator lint_on UNOPTFLAT");
  out.push("");
  return out.join("\n");
}

function printItems(items: readonly Item[], out: string[]): void {
  items.forEach((item, i) => {
    if (i > 0 && parted(items[i - 1]!, item)) out.push("");
    printItem(item, commentAt(item), out);
  });
}

const commentAt = (item: Item): string | undefined => ("comment" in item ? item.comment : undefined);

/** Lines that are joined at a time: until then each is a tree of its parts, which takes far more memory. */
const linesJoined = 512;

/** The items of a module. A place is told where it changes, not on every line. */
function printBodyItems(items: readonly Item[], text: string[]): void {
  let last: string | undefined;
  let out: string[] = [];
  items.forEach((item, i) => {
    if (out.length >= linesJoined) {
      text.push(out.join("\n"));
      out = [];
    }
    if (i > 0 && parted(items[i - 1]!, item)) out.push("");
    const own = commentAt(item);
    const alone = item.kind === "always" || item.kind === "latch" || !("comment" in item);
    printItem(item, own === last && !alone ? undefined : own, out);
    last = alone ? undefined : (own ?? last);
  });
  if (out.length > 0) text.push(out.join("\n"));
}
