/** Words with which a comment begins that a tool takes for an order. */
const orders = /^\s*(verilator|synopsys|synthesis|pragma|cadence|ambit|altera|xilinx|vendor)/i;

/** `// text`. A text that a tool would take for an order (a description, the name of a file) gets a dash before it. */
export function commentOf(text: string): string {
  return `// ${orders.test(text) ? "- " : ""}${text}`.trimEnd();
}
