/** The value of a Verilog attribute; true for one that is only named. */
export type AttributeValue = string | number | bigint | boolean;

/** Verilog attributes by name: what tools other than simulators are told of a thing, `(* keep = "true" *)`. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A text that differs where attributes do; empty for none. */
export function attributesKey(attributes: Attributes | undefined): string {
  if (attributes === undefined) return "";
  return Object.entries(attributes)
    .map(([name, value]) => ` (* ${name} ${typeof value} ${JSON.stringify(`${value}`)} *)`)
    .join("");
}
