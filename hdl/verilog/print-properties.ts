import type { PropertyBlock, PropertyStatement } from "./ast.ts";
import { printExpression } from "./print-expression.ts";

/** Added to the name of a property for the assertion in a proof: Yosys wants names of its own for assertions. */
export const goalSuffix = "$goal";

/** Text inside the quotes of a format string: printable ASCII, with `%`, `"` and `\` escaped. */
function quoted(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[^ -~]/g, "?")
    .replace(/[\\"]/g, "\\$&")
    .replace(/%/g, "%%");
}

/** `$error("name: message [a = %0d, b = %0d]", a, b);` */
function report({ name, message, values }: PropertyStatement): string {
  const told = values.map((each) => `${quoted(each.name)} = %0d`).join(", ");
  const text = `${name}: ${quoted(message)}${told === "" ? "" : ` [${told}]`}`;
  return `$error(${[`"${text}"`, ...values.map(({ value }) => printExpression(value))].join(", ")});`;
}

/** Properties that are looked at under the same condition, in the order of the first of each kind. */
function grouped(block: PropertyBlock, keyOf: (property: PropertyStatement) => string): PropertyStatement[][] {
  const groups = new Map<string, PropertyStatement[]>();
  for (const property of block.properties) {
    const key = keyOf(property);
    const group = groups.get(key);
    if (group) group.push(property);
    else groups.set(key, [property]);
  }
  return [...groups.values()];
}

/** An `always` block over properties with the same activity, under one `if` where reset disables them. */
function printAlways(
  events: string,
  properties: readonly PropertyStatement[],
  print: (property: PropertyStatement, indent: string) => string[],
  out: string[],
): void {
  const active = properties[0]!.active;
  if (!out.at(-1)?.startsWith("`") && out.at(-1) !== "") out.push("");
  out.push(`  always @(${events}) begin`);
  if (active) out.push(`    if (${printExpression(active)}) begin`);
  for (const property of properties) out.push(...print(property, active ? "      " : "    "));
  if (active) out.push("    end");
  out.push("  end");
}

const activity = ({ active }: PropertyStatement): string => (active ? printExpression(active) : "");
const clocked = ({ event }: PropertyStatement): string => `${event.edge} ${event.symbol.name}`;

function printFormal(block: PropertyBlock, out: string[]): void {
  const print = ({ kind, name, condition }: PropertyStatement, indent: string): string[] => {
    // Icarus takes no label here; a proof wants one to say which assertion it speaks of.
    if (!block.formalOnly) return [`${indent}${kind} (${condition.name});`];
    // That a cover never happens is what a solver is asked to refute.
    return [
      `${indent}${name}${goalSuffix}: ${kind === "cover" ? `assert (!${condition.name})` : `${kind} (${condition.name})`};`,
    ];
  };
  for (const properties of grouped(block, activity)) {
    // Of combinational logic alone: proofs look at every cycle, and the clock is no part of it.
    printAlways("*", properties, print, out);
  }
}

function printSimulated(block: PropertyBlock, out: string[]): void {
  const counts = block.properties.flatMap(({ count }) => (count ? [count] : []));
  for (const { name } of counts) out.push(`  reg [31:0] ${name} = 32'd0;`);
  const print = (property: PropertyStatement, indent: string): string[] => {
    const { condition, count } = property;
    const [test, action] = count
      ? [condition.name, `${count.name} <= ${count.name} + 32'd1;`]
      : [`!${condition.name}`, report(property)];
    return [`${indent}if (${test}) ${action}`];
  };
  for (const properties of grouped(block, (property) => `${clocked(property)} ${activity(property)}`)) {
    printAlways(clocked(properties[0]!), properties, print, out);
  }
}

/** Writes a block of properties; `printItems` writes the items that only they need. */
export function printProperties(block: PropertyBlock, printItems: (out: string[]) => void, out: string[]): void {
  if (block.formalOnly) {
    printItems(out);
    printFormal(block, out);
    return;
  }
  out.push("`ifndef SYNTHESIS");
  printItems(out);
  out.push("`ifdef FORMAL");
  printFormal(block, out);
  out.push("`else");
  printSimulated(block, out);
  out.push("`endif", "`endif");
}
