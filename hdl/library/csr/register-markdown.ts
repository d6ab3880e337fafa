import { accessKinds, type FieldAccess } from "./declaration.ts";
import { bitsOf, hexadecimal, type RegisterMap } from "./layout.ts";

/** Text in a cell: a bar or a line break would end it. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");
}

function stores(access: FieldAccess): boolean {
  return access !== "ro" && access !== "wo";
}

/** A register map as a page of Markdown: a table of the registers, then one of the fields of each. */
export function registerMarkdown(map: RegisterMap): string {
  const lines = [`# Registers of ${map.name}`, ""];
  if (map.description !== "") lines.push(map.description, "");
  lines.push(
    `Words of ${map.dataBits} bits; offsets in bytes. Bits without a field read as 0 and ignore writes.`,
    "",
    "| offset | register | reset | |",
    "| --- | --- | --- | --- |",
  );
  const digits = map.dataBits / 4;
  for (const { offset, name, reset, description } of map.registers) {
    lines.push(`| ${hexadecimal(offset)} | \`${name}\` | ${hexadecimal(reset, digits)} | ${cell(description)} |`);
  }
  for (const { offset, name, description, fields } of map.registers) {
    lines.push("", `## \`${name}\` at ${hexadecimal(offset)}`, "");
    if (description !== "") lines.push(description, "");
    lines.push("| bits | field | access | reset | |", "| --- | --- | --- | --- | --- |");
    for (const field of [...fields].reverse()) {
      const { access } = field;
      const reset = stores(access) ? hexadecimal(field.reset, 1) : "";
      lines.push(`| ${bitsOf(field)} | \`${field.name}\` | ${access} | ${reset} | ${cell(field.description)} |`);
    }
  }
  const used = new Set(map.registers.flatMap(({ fields }) => fields.map(({ access }) => access)));
  lines.push("", "| access | |", "| --- | --- |");
  for (const [access, meaning] of Object.entries(accessKinds)) {
    if (used.has(access as FieldAccess)) lines.push(`| ${access} | ${meaning} |`);
  }
  return `${lines.join("\n")}\n`;
}
