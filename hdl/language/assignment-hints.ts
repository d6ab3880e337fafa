import type { Node } from "../ir/index.ts";
import type { Target } from "./target.ts";

/** What to do about `x.next = …` where x has no `next`, and about `x.value = …` where it has no `value`. */
export function propertyHint({ kind, name }: Target): string {
  switch (kind) {
    case "register":
      return `write \`${name}.next = …\`: the value changes at the clock edge`;
    case "output":
      return `an output remembers nothing: write \`this.${name}.value = …\`, or give \`.next\` to a register() and drive the output from it`;
    case "wire":
      return `a wire remembers nothing: write \`${name}.value = …\`, or declare a register()`;
    default:
      return `write \`${name}.value = …\``;
  }
}

/** What to do about an assignment to a value that nothing stands behind. */
export function expressionHint(node: Node): string {
  if (node.kind === "register" || node.kind === "wire") {
    return `named() gives a value to read: assign to the ${node.kind} itself, and name it by ${node.kind}(type, { name: "…" })`;
  }
  return "declare a wire() or register() and drive that";
}
