import { captureSource } from "../diagnostics/index.ts";
import type { Attributes } from "../ir/index.ts";
import { isIdentifier } from "../ir/reserved-words.ts";
import type { ModuleContext } from "./context.ts";

/** The attributes that Verilog can take; complains of others (LS0324). */
export function checkedAttributes(attributes: Attributes, context: ModuleContext): Attributes {
  const good = Object.entries(attributes).filter(([name, value]) => {
    const fits =
      typeof value === "string"
        ? /^[\x20-\x7e]*$/.test(value)
        : typeof value === "number"
          ? Number.isSafeInteger(value)
          : true;
    if (isIdentifier(name) && fits) return true;
    context.report(
      "LS0324",
      `attribute \`${name}\` has the value ${String(value)}`,
      "names are Verilog identifiers; values whole numbers, texts of plain characters, true or false",
      { places: [{ source: captureSource() }] },
    );
    return false;
  });
  return Object.freeze(Object.fromEntries(good));
}
