import { captureSource } from "../diagnostics/index.ts";
import * as ir from "../ir/index.ts";
import { type EnumType, membersText, sameEnumeration } from "../types/index.ts";
import { assign } from "./bits.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import { UInt } from "./integers.ts";
import { relabel } from "./node-helpers.ts";
import { type Backing, nodeOf, Value } from "./value.ts";

/** What may be assigned to a signal of an enumeration: another one of it, or the name of a member. */
export type EnumValue<N extends string, M extends string> = Enum<N, M> | M;

/** A signal of an enumeration: it holds one of the members' names. */
export class Enum<N extends string = string, M extends string = string> extends Value {
  readonly signed = false as const;
  /** The type, as `enumeration()` made it. */
  readonly type: EnumType<N, M>;

  constructor(type: EnumType<N, M>, backing: Backing) {
    super(type.width, backing);
    this.type = type;
  }

  /** 1 when the signal has that value. */
  is(member: M): UInt<1> {
    return this.#compare("eq", member, "is()");
  }

  /** 1 when the signal has one of those values. */
  isAny(...members: readonly M[]): UInt<1> {
    const source = captureSource();
    const tests = members.map((member) => nodeOf(this.is(member)));
    const any = tests.reduce<ir.Node | undefined>(
      (before, test) => (before ? ir.bitwise("or", before, test, { source }) : test),
      undefined,
    );
    return this.#flag(any ?? ir.constant(0n, 1, false));
  }

  /** Equal to another signal of the enumeration, or to a member; one bit. */
  eq(other: EnumValue<N, M>): UInt<1> {
    return this.#compare("eq", other, "eq()");
  }

  /** Not equal; one bit. */
  ne(other: EnumValue<N, M>): UInt<1> {
    return this.#compare("ne", other, "ne()");
  }

  /** 1 when the bits are those of a member. Always 1 where every encoding has a name. */
  isMember(): UInt<1> {
    const { members } = this.type.enumeration;
    if (BigInt(members.size) === 1n << BigInt(this.width)) return this.#flag(ir.constant(1n, 1, false));
    return this.isAny(...members.keys());
  }

  /** The number that stands for the value. */
  asUint(): UInt {
    return new UInt(this.width, { kind: "node", node: nodeOf(this), context: requireContext("asUint()") });
  }

  /** The same value under a name that Verilog will show. */
  named(name: string): Enum<N, M> {
    const node = relabel(nodeOf(this), name);
    return new Enum(this.type, { kind: "node", node, context: requireContext("named()") });
  }

  /** The signal itself. Assigning drives a wire, an output or a child's input. */
  get value(): Enum<N, M> {
    return this;
  }

  set value(input: EnumValue<N, M>) {
    assign(this, enumSignal(this.type, input, "an assignment"), "value");
  }

  /** The register itself. Assigning sets what it holds after the next clock edge. */
  get next(): Enum<N, M> {
    return this;
  }

  set next(input: EnumValue<N, M>) {
    assign(this, enumSignal(this.type, input, "an assignment"), "next");
  }

  #compare(operator: "eq" | "ne", other: EnumValue<N, M>, what: string): UInt<1> {
    const right = nodeOf(enumSignal(this.type, other, what));
    return this.#flag(ir.compare(operator, nodeOf(this), right, { source: captureSource() }));
  }

  #flag(node: ir.Node): UInt<1> {
    return new UInt(1, { kind: "node", node, context: requireContext("an operator") });
  }
}

/** The number of a member; complains (LS0115) about a name that the enumeration has not and gives that of the first. */
export function encodingOf(type: EnumType, member: string, what: string): bigint {
  const { enumeration } = type;
  const value = enumeration.members.get(member);
  if (value !== undefined) return value;
  requireContext(what).report(
    "LS0115",
    `${what} is given "${member}", which is no member of ${enumeration.name}`,
    `its members are ${membersText(enumeration)}`,
  );
  return [...enumeration.members.values()][0]!;
}

/** A member as a node. */
export function memberNode(type: EnumType, member: string, what: string): ir.ConstantNode {
  return ir.enumConstant(encodingOf(type, member, what), type.width, type.enumeration, { source: captureSource() });
}

/**
 * A value made to fit an enumeration: the name of a member becomes a constant. Complains (LS0115) about anything that is
 * neither a member nor a signal of the enumeration, and gives its first member.
 */
export function enumSignal<N extends string, M extends string>(
  type: EnumType<N, M>,
  input: EnumValue<N, M>,
  what: string,
): Enum<N, M> {
  const context: ModuleContext = requireContext(what);
  if (input instanceof Enum) {
    if (sameEnumeration(input.type.enumeration, type.enumeration)) return input;
    const [ours, theirs] = [type.enumeration.name, input.type.enumeration.name];
    context.report(
      "LS0115",
      ours === theirs ? `${what} mixes two enumerations called ${ours}` : `${what} mixes ${ours} with ${theirs}`,
      "an enumeration goes with itself alone; asUint() gives the number, unpack(type, bits) goes back",
    );
  } else if (typeof input === "string") {
    return new Enum(type, { kind: "node", node: memberNode(type, input, what), context });
  } else {
    context.report(
      "LS0115",
      `${what} needs a member of ${type.enumeration.name}, but is given ${described(input)}`,
      `its members are ${membersText(type.enumeration)}; unpack(type, bits) reads bits as an enumeration`,
    );
  }
  const first = ir.enumConstant([...type.enumeration.members.values()][0]!, type.width, type.enumeration);
  return new Enum(type, { kind: "node", node: first, context });
}

const described = (input: unknown): string =>
  input instanceof Value ? `a value of ${input.width} bit${input.width === 1 ? "" : "s"}` : String(input);
