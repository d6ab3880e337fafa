import { type Node, register as registerNode } from "../ir/index.ts";
import { type DataType, type EnumType, packedParts } from "../types/index.ts";
import { type ClockDomain, domainId } from "./clock-domain.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { requireContext } from "./context.ts";
import { type Declared, declare } from "./declare.ts";
import { encodingOf } from "./enum.ts";
import { checkResetFields, type ResetOf, type ResetValue, resetAt } from "./reset-value.ts";
import type { SignalOf } from "./signal-of.ts";
import { type Condition, conditionNode } from "./when.ts";

/** Options of a register. */
export interface RegisterOptions<T = unknown> {
  /**
   * The value after reset: one for every scalar, or nested as the type is, where what gets no value is not reset. When the
   * reset acts is said by the clock domain. Without it there is none.
   */
  readonly reset?: ResetOf<T> | Literal;
  /** The register takes its next value only at edges where this is 1. */
  readonly enable?: Condition;
  /** The clock domain; that of the surrounding `inDomain` unless told, else the module's default domain. */
  readonly domain?: ClockDomain;
  /** Why the register has no reset value although its domain asks for one (LS0305). */
  readonly noReset?: string;
  /**
   * Why values of another clock domain may arrive here (LS0304). For synchronisers: a register that is marked so must
   * expect a bit that changes near the clock edge.
   */
  readonly crossing?: string;
  /** Its name, in place of the one in the code. */
  readonly name?: string;
  /**
   * For helpers that declare several registers: what this one is, put behind the name that the caller gives the result
   * (`ticks_count`). Without it a register takes the caller's name alone.
   */
  readonly part?: string;
  /**
   * For helpers that may be called inside a `when`: with `false` the conditions around the declaration do not hold the
   * register back. What is assigned where it is declared then goes in at every edge, as in a delay line. Default true.
   */
  readonly gated?: boolean;
}

/** Complains (LS0113) about flipped fields: a register has no direction. */
function refuseFlipped(type: DataType): void {
  const part = packedParts(type).find(({ flipped }) => flipped);
  if (!part) return;
  requireContext("register()").report(
    "LS0113",
    `the register's type has a flipped field \`${part.path.join(".")}\`, but a register has no direction`,
    "use a bundle type without flipped() for what is stored",
  );
}

/**
 * Declares a register. Reading it gives what it holds; `.next =` says what it holds after the next edge of its clock
 * domain. Where nothing is assigned it keeps its value.
 */
export function register<T extends DataType>(type: T, options: RegisterOptions<NoInfer<T>> = {}): SignalOf<T> {
  refuseFlipped(type);
  let shared: { enable: Node | undefined; domain: number } | undefined;
  const given = options.reset as ResetValue | undefined;
  checkResetFields(type, given);
  const define = (scalar: Declared): Node => {
    const { context, target, source, path: _path, ...names } = scalar;
    const { width, signed } = target;
    const node = registerNode(context.registers.length, width, signed, { source });
    shared ??= {
      enable: options.enable === undefined ? undefined : conditionNode(options.enable, "a register's enable"),
      domain: domainId(options.domain),
    };
    const reset = resetValue(scalar, resetAt(given, scalar.path), options, shared.domain);
    context.registers.push({ node, reset, ...shared, crossing: options.crossing, target, source, ...names });
    return node;
  };
  return declare("register", type, define, options);
}

function resetValue(
  { context, target, enumeration }: Declared,
  given: Literal | string | undefined,
  options: RegisterOptions,
  id: number,
): bigint | undefined {
  const domain = context.domains[id]!;
  const places = [
    { source: target.source, note: "declared here" },
    ...(domain.source ? [{ source: domain.source, note: `clock domain \`${domain.name}\`` }] : []),
  ];
  if (given === undefined) {
    if (context.resetRequired.has(id) && options.noReset === undefined) {
      context.report(
        "LS0305",
        `register \`${target.name}\` has no reset value, but clock domain \`${domain.name}\` asks for one`,
        'give it one: register(type, { reset: 0 }), or say why it needs none: { noReset: "…" }',
        { signal: target.name, places },
      );
    }
    return undefined;
  }
  // Where the parent's domain has none it is the parent that is told so, once for all registers.
  if (domain.resetKind === "none" && !context.followed.has(id)) {
    context.report(
      "LS0306",
      `register \`${target.name}\` has a reset value, but clock domain \`${domain.name}\` has no reset`,
      "leave the reset value out, or give the domain a reset",
      { signal: target.name, places },
    );
    return undefined;
  }
  const { width, signed } = target;
  if (typeof given === "string") {
    const type: EnumType | undefined = enumeration && { kind: "uint", width, enumeration };
    if (type) return encodingOf(type, given, `the reset value of \`${target.name}\``);
    context.report("LS0103", `the reset value of \`${target.name}\` is "${given}"`, "give a number", {
      signal: target.name,
      places,
    });
    return 0n;
  }
  const value = coerceTo(given, width, signed, `the reset value of \`${target.name}\``);
  return value.kind === "constant" ? value.value : 0n;
}
