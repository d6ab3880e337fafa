import type { Source } from "../diagnostics/source.ts";
import type { CompareNode, Node, NodeTable, OperatorNode } from "../ir/index.ts";
import type { ContinuousAssignment, Expression, NetDeclaration, VerilogSymbol } from "./ast.ts";
import { identifier, select } from "./ast.ts";
import { GivenNames, isTargetName } from "./given-names.ts";
import { LocalParams } from "./local-params.ts";
import { identifierFrom, type Namer } from "./names.ts";
import { printLiteral } from "./print-literal.ts";
import type { SourcePlaces } from "./source-place.ts";
import type { Uses } from "./uses.ts";
import type { Base, BitsValue, ConstantValue, ExpressionValue, ExtendValue, Operand, Value } from "./value.ts";
import { isAtom } from "./value.ts";
import { wordFor } from "./words.ts";

/** Columns that the operands of one inlined operator may take together. */
const inlineLength = 64;
/** Operators on a path of one inlined expression. */
const inlineDepth = 6;
/** The longest name that a comparison gets from its operands. */
const longestName = 32;
const comparisonWords = { eq: "is", ne: "is_not", lt: "below", le: "up_to", gt: "above", ge: "from" } as const;
/** An operand shorter than this is not worth a net. */
const worthNet = 12;

/** The operand that has to become a net when those of one operator take too much together; −1 when they fit. */
function tooLong(values: readonly Value[], operands: readonly Operand[]): number {
  let length = 0;
  let depth = 0;
  let longest = -1;
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i]!;
    length += operand.length;
    if (operand.depth > depth) depth = operand.depth;
    if (operand.length < worthNet || isNamed(operand.expression) || values[i]!.kind === "bits") continue;
    if (longest < 0 || operand.length > operands[longest]!.length) longest = i;
  }
  return length <= inlineLength && depth < inlineDepth ? -1 : longest;
}

function isNamed({ kind }: Expression): boolean {
  return kind === "identifier" || kind === "select" || kind === "literal";
}

/** What is known while the expressions of one module become Verilog: values of nodes, and the nets made so far. */
export class Scope {
  readonly values: NodeTable<Value>;
  /** Nets made since the last flush, in the order they were made. */
  pending: (NetDeclaration | ContinuousAssignment)[] = [];
  readonly uses: Uses;
  /** How often a node is an arm of a `case`: such reads need no net. */
  armsOf: (node: Node) => number = () => 0;
  /** The array of registers of which a node takes an element. */
  arrayReadBy: (node: Node) => { readonly symbol: VerilogSymbol; readonly depth: number } | undefined = () => undefined;
  /** Nodes that keep their name in a net, however often they are read. */
  named: ReadonlySet<Node> = new Set();
  /** What the conditions of arms ask, also of those that others read by a net. */
  readonly tests = new Map<Node, Operand>();
  readonly namer: Namer;
  /** The names of the members of enumerations. */
  readonly localParams: LocalParams;
  readonly #names: GivenNames;
  readonly #places: SourcePlaces | undefined;

  constructor(values: NodeTable<Value>, uses: Uses, namer: Namer, places: SourcePlaces | undefined) {
    this.values = values;
    this.uses = uses;
    this.namer = namer;
    this.#names = new GivenNames(uses.nodes, namer);
    this.#places = places;
    this.localParams = new LocalParams(namer);
  }

  /** The lowered form of a node whose operands came before it. */
  valueOf(node: Node): Value {
    const value = this.values.get(node);
    if (value === undefined) throw new Error(`a ${node.kind} node is read before it is lowered`);
    return value;
  }

  /** A condition of a statement: what it asks where it may be an arm of a `case`. */
  testOf(condition: Node): Operand {
    return this.tests.get(condition) ?? this.operand(this.valueOf(condition));
  }

  /** The comment for a source place, when comments are wanted and the place is known. */
  commentFor(source: Source | undefined): string | undefined {
    return this.#places?.placeOf(source);
  }

  /** Gives a value a name, if it has none: the bits of a new net. `hint` is used when the user gave no name. */
  net(value: Value, hint?: string): BitsValue {
    if (value.kind === "bits") return value;
    // A value that is asked for twice gets one net.
    if (value.net?.of === value) return value.net.bits;
    const made = value.kind === "extend" ? this.written(value) : value;
    const node = value.kind === "constant" ? undefined : value.node;
    const symbol: VerilogSymbol = { name: "", width: value.width, signed: value.signed };
    this.namer.ask(symbol, this.#nameFor(node, hint));
    this.pending.push({
      kind: "net",
      type: "wire",
      symbol,
      value: made.kind === "expression" ? made.operand.expression : this.part(made).expression,
      comment: this.commentFor(node?.source),
      node,
    });
    const { width, signed } = value;
    const net: BitsValue = { kind: "bits", base: { width, signed, symbol }, high: width - 1, low: 0, width, signed };
    value.net = { of: value, bits: net };
    return net;
  }

  #nameFor(node: OperatorNode | undefined, hint: string | undefined): string {
    const given = node && this.#names.nameOf(node);
    // `err.value = …` says where the value goes. What others read as well is better called what it is.
    const isBetter = given === undefined || (node?.label === undefined && isTargetName(given));
    const comparison = node?.kind === "compare" && isBetter ? this.#comparisonName(node) : undefined;
    for (const wish of [given === undefined ? hint : undefined, comparison, given]) {
      const name = wish === undefined ? undefined : identifierFrom(wish);
      if (name !== undefined) return name;
    }
    if (node === undefined) return "extended";
    return identifierFrom(this.#names.nameOfPart(node) ?? "") ?? wordFor(node);
  }

  /** `count_is_9`, `level_below_4`: the comparison of something named with a number or with something named. */
  #comparisonName({ operator, left, right }: CompareNode): string | undefined {
    const nameOf = (side: Node): string | undefined => {
      const value = this.values.get(side);
      if (value?.kind === "constant") return value.value < 0n ? `minus_${-value.value}` : `${value.value}`;
      if (value?.kind !== "bits" || value.low !== 0 || value.high !== value.base.width - 1) return undefined;
      return value.base.packed?.name ?? value.base.symbol?.name;
    };
    const [subject, object] = [nameOf(left), nameOf(right)];
    const name = `${subject}_${comparisonWords[operator]}_${object}`;
    const usable = subject !== undefined && object !== undefined && name.length <= longestName;
    return usable ? identifierFrom(name) : undefined;
  }

  /** The net of an element of a packed vector, made when something first computes with it. */
  symbolOf(base: Base): VerilogSymbol {
    if (base.symbol === undefined) {
      const { packed, width, signed } = base;
      const symbol: VerilogSymbol = { name: "", width, signed };
      this.namer.ask(symbol, packed!.name);
      const value = select(packed!.symbol, packed!.low + width - 1, packed!.low);
      this.pending.push({ kind: "net", type: "wire", symbol, value, comment: undefined });
      base.symbol = symbol;
    }
    return base.symbol;
  }

  #bits(base: Base, high: number, low: number, inPlace: boolean): Operand {
    const { packed } = base;
    if (packed === undefined && low === 0 && high === base.width - 1) {
      base.whole ??= this.#wholeOf(base.symbol!);
      return base.whole;
    }
    const stay = packed !== undefined && base.symbol === undefined && (inPlace || packed.inPlace);
    const symbol = stay ? packed.symbol : this.symbolOf(base);
    const expression = stay ? select(symbol, packed.low + high, packed.low + low) : select(symbol, high, low);
    const whole = expression.kind === "identifier";
    return this.atom(expression, high - low + 1, whole && symbol.signed, symbol.name.length + (whole ? 2 : 8));
  }

  #wholeOf(symbol: VerilogSymbol): Operand {
    return this.atom(identifier(symbol), symbol.width, symbol.signed, symbol.name.length + 2);
  }

  /** An operand that means the same in every context. */
  atom(expression: Expression, width: number, signed: boolean, length: number, depth = 0): Operand {
    return { expression, width, signed, length, depth, open: false };
  }

  readonly #plain = (value: Value): Operand => this.operand(value);

  /** The value as text that another operator of the same width may hold. */
  operand(value: Value): Operand {
    return this.#text(value, false);
  }

  /** The value where it is only passed on (joined, connected, assigned): elements are read in place. */
  part(value: Value): Operand {
    return this.#text(value, true);
  }

  /** As `part`; the value may also rely on the width of what it is assigned to. */
  root(value: Value): Operand {
    return value.kind === "expression" ? value.operand : this.part(value);
  }

  #text(value: Value, inPlace: boolean): Operand {
    switch (value.kind) {
      case "constant":
        return this.literal(value);
      case "bits":
        return this.#bits(value.base, value.high, value.low, inPlace);
      case "extend":
        return this.written(value).operand;
      default:
        return value.operand.open ? this.#text(this.net(value), inPlace) : value.operand;
    }
  }

  literal(value: ConstantValue): Operand {
    const named = this.localParams.symbolFor(value);
    if (named !== undefined) return this.atom(identifier(named), value.width, value.signed, named.name.length + 2);
    const expression = { kind: "literal", value: value.value, width: value.width, signed: value.signed } as const;
    return this.atom(expression, value.width, value.signed, printLiteral(expression).length);
  }

  /** As `operand`, with that sign in Verilog. */
  withSign(operand: Operand, signed: boolean): Operand {
    if (operand.signed === signed) return operand;
    const { expression, width } = operand;
    if (expression.kind === "literal") {
      const value = signed ? BigInt.asIntN(width, expression.value) : BigInt.asUintN(width, expression.value);
      return this.literal({ kind: "constant", value, width, signed });
    }
    const cast: Expression = { kind: "sign-cast", signed, operand: expression };
    return this.atom(cast, width, signed, operand.length + 10, operand.depth);
  }

  /** As `operand`, safe as an operand of an operator wider than itself. */
  closed(value: Value): Operand {
    const operand = this.operand(value);
    return isAtom(operand.expression) ? operand : this.operand(this.net(value));
  }

  /** An extension as a concatenation: `{4'd0, x}`, `{{4{x[3]}}, x}`. */
  written(value: ExtendValue): ExpressionValue {
    const { inner, width, signed, node } = value;
    const more = width - inner.width;
    if (!inner.signed) {
      const operand = this.part(inner);
      const zeros = this.literal({ kind: "constant", value: 0n, width: more, signed: false });
      const rest = operand.expression.kind === "concatenation" ? operand.expression.parts : [operand.expression];
      const expression: Expression = { kind: "concatenation", parts: [zeros.expression, ...rest] };
      const text = this.atom(expression, width, false, zeros.length + operand.length + 4, operand.depth);
      return { kind: "expression", operand: text, width, signed, node };
    }
    const named = this.net(inner);
    const top = this.#bits(named.base, named.high, named.high, false);
    if (inner.width === 1) {
      const expression: Expression = { kind: "replication", count: width, operand: top.expression };
      return { kind: "expression", operand: this.atom(expression, width, false, top.length + 6), width, signed, node };
    }
    const rest = this.operand(named);
    const sign: Expression =
      more === 1 ? top.expression : { kind: "replication", count: more, operand: top.expression };
    const expression: Expression = { kind: "concatenation", parts: [sign, rest.expression] };
    const text = this.atom(expression, width, false, top.length + rest.length + 8);
    return { kind: "expression", operand: text, width, signed, node };
  }

  /** Operands of one operator; the longest become nets until the rest reads well on one line. */
  fit(values: readonly Value[], toOperand: (value: Value) => Operand = this.#plain): Operand[] {
    const operands: Operand[] = [];
    for (let i = 0; i < values.length; i++) operands.push(toOperand(values[i]!));
    for (;;) {
      const longest = tooLong(values, operands);
      if (longest < 0) return operands;
      operands[longest] = toOperand(this.net(values[longest]!));
    }
  }

  /** An operator over operands that `fit` returned; `width` and `signed` are those of the netlist's node. */
  expression(
    expression: Expression,
    operands: readonly Operand[],
    node: OperatorNode,
    verilog: { signed: boolean; open?: boolean; sameDepth?: boolean },
  ): ExpressionValue {
    let length = 3 * operands.length;
    let depth = 0;
    for (let i = 0; i < operands.length; i++) {
      const operand = operands[i]!;
      length += operand.length;
      if (operand.depth > depth) depth = operand.depth;
    }
    if (verilog.sameDepth !== true) depth++;
    const { width, signed } = node;
    const operand = { expression, width, signed: verilog.signed, length, depth, open: verilog.open === true };
    return { kind: "expression", operand, width, signed, node };
  }
}
