import { register as registerNode } from "../ir/index.ts";
import type { DataType } from "../types/index.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { declare } from "./declare.ts";
import type { SignalOf } from "./signal-of.ts";

/** Options of a register. */
export interface RegisterOptions {
  /** The value after reset (synchronous, active high), for every element. Without it the register is not reset. */
  readonly reset?: Literal;
}

/**
 * Declares a register on the rising edge of the clock. Reading it gives what it holds; `.next =` says what it holds
 * after the next edge. Where nothing is assigned it keeps its value.
 */
export function register<T extends DataType>(type: T, options: RegisterOptions = {}): SignalOf<T> {
  return declare("register", type, ({ context, target, source, ...names }) => {
    const { width, signed } = target;
    const node = registerNode(context.registers.length, width, signed, { source });
    let reset: bigint | undefined;
    if (options.reset !== undefined) {
      const value = coerceTo(options.reset, width, signed, `the reset value of \`${target.name}\``);
      reset = value.kind === "constant" ? value.value : 0n;
    }
    context.registers.push({ node, reset, target, source, ...names });
    return node;
  });
}
