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

/** An `always` block with a blank line before it. */
function printAlways(events: string, lines: readonly string[], out: string[]): void {
  if (!out.at(-1)?.startsWith("`") && out.at(-1) !== "") out.push("");
  out.push(`  always @(${events}) begin`);
  for (const line of lines) out.push(`    ${line}`);
  out.push("  end");
}

function printFormal({ properties, formalOnly }: PropertyBlock, out: string[]): void {
  const lines = properties.map(({ kind, name, condition }) => {
    // Icarus takes no label here; a proof wants one to say which assertion it speaks of.
    if (!formalOnly) return `${kind} (${condition.name});`;
    // That a cover never happens is what a solver is asked to refute.
    return `${name}${goalSuffix}: ${kind === "cover" ? `assert (!${condition.name})` : `${kind} (${condition.name})`};`;
  });
  // Of combinational logic alone: proofs look at every cycle, and the clock is no part of it.
  printAlways("*", lines, out);
}

function printSimulated({ properties }: PropertyBlock, out: string[]): void {
  const byEvent = new Map<string, string[]>();
  for (const property of properties) {
    const { condition, count, event } = property;
    if (count) out.push(`  reg [31:0] ${count.name};`, `  initial ${count.name} = 32'd0;`);
    const line = count
      ? `if (${condition.name}) ${count.name} <= ${count.name} + 32'd1;`
      : `if (!${condition.name}) ${report(property)}`;
    const key = `${event.edge} ${event.symbol.name}`;
    const lines = byEvent.get(key);
    if (lines) lines.push(line);
    else byEvent.set(key, [line]);
  }
  for (const [events, lines] of byEvent) printAlways(events, lines, out);
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
