/** Every complaint Lodestone makes: its code and what it is about. */
export const codes = {
  LS0101: "a value is wider than what it is assigned to",
  LS0102: "signed and unsigned values are mixed",
  LS0103: "a literal does not fit its type",
  LS0104: "a bit index or slice lies outside the value",
  LS0105: "a narrowing operator is asked to widen, or a widening one to narrow",
  LS0106: "an impossible width or length",
  LS0107: "a condition is wider than one bit",
  LS0108: "vectors of different lengths or shapes are connected",
  LS0109: "a signal is used in JavaScript arithmetic or text",
  LS0110: "something that is not a signal stands where one is needed",
  LS0111: "a module refuses its parameters",
  LS0201: "a signal is never driven",
  LS0202: "a signal is driven only under some conditions",
  LS0203: "a signal is driven twice",
  LS0204: "this cannot be driven here",
  LS0205: "a signal is never read",
  LS0301: "a combinational loop",
  LS0302: "a signal is used outside its module",
  LS0303: "hardware is described outside a module's build()",
  LS0401: "two things have the same name",
  LS0402: "a name is not legal in Verilog",
} as const;

/** The code of a diagnostic; it never changes its meaning. */
export type DiagnosticCode = keyof typeof codes;
