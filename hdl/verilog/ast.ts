import type { Attributes, OperatorNode } from "../ir/index.ts";
import type { Enumeration } from "../types/index.ts";

/**
 * A declared thing of a module: port, net, register or memory. Its name may be settled after the expressions that use
 * it are built, so expressions hold the symbol and not the text.
 */
export interface VerilogSymbol {
  /** Final once the module's namer has settled all names. */
  name: string;
  readonly width: number;
  readonly signed: boolean;
  /** For a `localparam`: its value, and the enumeration that it is a member of. */
  readonly constant?: { readonly value: bigint; readonly enumeration: Enumeration };
  readonly attributes?: Attributes | undefined;
  /** Where a `SymbolTable` has put it. */
  place?: number;
}

/** The whole of a declared thing, by its name: `x`. */
export interface Identifier {
  readonly kind: "identifier";
  readonly symbol: VerilogSymbol;
}

/** Bits `high` down to `low` of a declared vector: `x[7:4]`, `x[3]`. */
export interface Select {
  readonly kind: "select";
  readonly symbol: VerilogSymbol;
  readonly high: number;
  readonly low: number;
}

/** `width` bits of a declared vector from bit `start` on, which is computed: `x[i]`, `x[{i, 3'd0} +: 8]`. */
export interface PartSelect {
  readonly kind: "part-select";
  readonly symbol: VerilogSymbol;
  readonly start: Expression;
  readonly width: number;
}

/** A sized number; `value` lies in the range of the width and sign. */
export interface Literal {
  readonly kind: "literal";
  readonly value: bigint;
  readonly width: number;
  readonly signed: boolean;
  /** Written as its bits (`4'sh9`), not as a number with a minus sign: the sign would be an operator of its own. */
  readonly asBits?: boolean;
}

/** `memory[address]`. */
export interface MemoryWord {
  readonly kind: "word";
  readonly memory: VerilogSymbol;
  readonly address: Expression;
  /** Some bits of the word, `memory[address][high:low]`; only as the target of an assignment. */
  readonly part?: { readonly high: number; readonly low: number } | undefined;
}

/** `~` inverts every bit, `!` is its form for a condition; the others join all bits of the operand into one. */
export type UnaryOperator = "~" | "!" | "&" | "|" | "^";

/** An operator before its operand: `~x`, `&x`. */
export interface Unary {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

/** The operators between two operands, as Verilog writes them. */
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "<<"
  | ">>"
  | ">>>"
  | "&"
  | "|"
  | "^"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">=";

/** An operator between its operands: `a + b`. */
export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `condition ? whenTrue : whenFalse`. */
export interface Conditional {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

/** `{a, b, c}`, the first part most significant. */
export interface Concatenation {
  readonly kind: "concatenation";
  readonly parts: readonly Expression[];
}

/** `{count{operand}}`. */
export interface Replication {
  readonly kind: "replication";
  readonly count: number;
  readonly operand: Expression;
}

/** `$signed(x)` or `$unsigned(x)`. */
export interface SignCast {
  readonly kind: "sign-cast";
  readonly signed: boolean;
  readonly operand: Expression;
}

/** All that computes or names a value. */
export type Expression =
  | Identifier
  | Select
  | PartSelect
  | Literal
  | MemoryWord
  | Unary
  | Binary
  | Conditional
  | Concatenation
  | Replication
  | SignCast;

/** `target <= value;`, `target[7:4] <= value;`, `target[index] <= value;` or `memory[address] <= value;` */
export interface NonblockingAssignment {
  readonly kind: "nonblocking";
  readonly target: Identifier | Select | PartSelect | MemoryWord;
  readonly value: Expression;
}

/** `if (condition) ... else ...` in an `always` block. */
export interface IfStatement {
  readonly kind: "if";
  readonly condition: Expression;
  readonly whenTrue: readonly Statement[];
  /** Empty when there is no `else`. */
  readonly whenFalse: readonly Statement[];
}

/** `for (k = 0; k < 32; k = k + 1) counters[k] <= 2'd0;` */
export interface ForStatement {
  readonly kind: "for";
  readonly variable: VerilogSymbol;
  readonly from: number;
  readonly below: number;
  readonly body: NonblockingAssignment;
}

/** What may stand in an `always` block. */
export type Statement = NonblockingAssignment | IfStatement | ForStatement;

/** One port of an ANSI port list. */
export interface PortDeclaration {
  readonly direction: "input" | "output";
  readonly type: "wire" | "reg";
  readonly symbol: VerilogSymbol;
  /** A reset of some registers at clock edges and of others at once. */
  readonly mixedReset?: boolean;
}

/** `wire [7:0] x = value;`, or without a value when something else drives it. */
export interface NetDeclaration {
  readonly kind: "net";
  readonly type: "wire" | "reg";
  readonly symbol: VerilogSymbol;
  readonly value: Expression | undefined;
  /** An inverted reset: children may use it at clock edges and at once. */
  readonly mixedReset?: boolean;
  readonly comment: string | undefined;
  /** The node whose value it holds, where it was made for one. */
  readonly node?: OperatorNode | undefined;
}

/** `reg [7:0] words [0:15];`; the symbol's width is that of a word. */
export interface MemoryDeclaration {
  readonly kind: "memory";
  readonly symbol: VerilogSymbol;
  readonly depth: number;
  /** Written before it: `(* no_rw_check *)`. */
  readonly attribute?: string | undefined;
  /** Blocks of several clocks write it. */
  readonly manyClocks: boolean;
  readonly comment: string | undefined;
}

/** `integer k;`: what counts in a loop. */
export interface IntegerDeclaration {
  readonly kind: "integer";
  readonly symbol: VerilogSymbol;
}

/** `localparam [1:0] STATE_IDLE = 2'd0;` */
export interface LocalParameter {
  readonly kind: "localparam";
  readonly symbol: VerilogSymbol;
  readonly value: Literal;
}

/** `assign target = value;` */
export interface ContinuousAssignment {
  readonly kind: "assign";
  readonly target: VerilogSymbol;
  readonly value: Expression;
  readonly comment: string | undefined;
}

/** One edge in the list of an `always` block: `posedge clock`. */
export interface EdgeEvent {
  readonly edge: "posedge" | "negedge";
  readonly symbol: VerilogSymbol;
}

/** `always @(posedge clock)`, or with an asynchronous reset `always @(posedge clock or negedge rst_n)`. */
export interface AlwaysBlock {
  readonly kind: "always";
  readonly events: readonly EdgeEvent[];
  readonly body: readonly Statement[];
  readonly comment: string | undefined;
}

/** `always @* begin if (transparent) target = data; end`: a latch. */
export interface LatchBlock {
  readonly kind: "latch";
  readonly target: VerilogSymbol;
  readonly transparent: Expression;
  readonly data: Expression;
  readonly comment: string | undefined;
}

/** `initial begin words[0] = 8'd3; ... end`: what a memory holds from the beginning on. */
export interface InitialBlock {
  readonly kind: "initial";
  readonly memory: VerilogSymbol;
  readonly words: readonly Literal[];
}

/** One port of an instance and what it is connected to: `.port(value)`. */
export interface Connection {
  readonly port: string;
  readonly value: Expression;
  /** The child drives the value, which then is an identifier. */
  readonly output: boolean;
}

/** An instance of another module, its ports connected by name. */
export interface InstanceItem {
  readonly kind: "instance";
  readonly module: string;
  readonly name: string;
  readonly attributes?: Attributes | undefined;
  /** Parameters by name, with their values as text. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly connections: readonly Connection[];
  /** Something inside the module that it is of has the same name. */
  readonly hidden?: boolean;
  readonly comment: string | undefined;
}

/** One assertion, assumption or cover, over a net that holds its condition: 1 (a cover: 0) while reset disables it. */
export interface PropertyStatement {
  readonly kind: "assert" | "assume" | "cover";
  readonly name: string;
  readonly condition: VerilogSymbol;
  /** The clock edge at which a simulator looks. */
  readonly event: EdgeEvent;
  /** What `$error` prints: plain text, without values. */
  readonly message: string;
  /** Signals that are printed behind the message, with their names. */
  readonly values: readonly { readonly name: string; readonly value: Expression }[];
  /** Counts the cycles in which a cover holds, in simulation. */
  readonly count: VerilogSymbol | undefined;
  readonly comment: string | undefined;
}

/**
 * What exists for properties alone, hidden from synthesis: registers and nets that only they read, then the properties.
 * Simulators get plain Verilog that reports failures, formal tools (`FORMAL`) get immediate assertions.
 */
export interface PropertyBlock {
  readonly kind: "properties";
  readonly items: readonly Item[];
  readonly properties: readonly PropertyStatement[];
  /** Written for a proof: no guards, nothing for simulators, and names on the assertions. */
  readonly formalOnly: boolean;
}

/** A comment on a line of its own. */
export interface CommentItem {
  readonly kind: "comment";
  readonly text: string;
}

/** What may stand in a module's body. */
export type Item =
  | LocalParameter
  | NetDeclaration
  | MemoryDeclaration
  | IntegerDeclaration
  | ContinuousAssignment
  | AlwaysBlock
  | InitialBlock
  | LatchBlock
  | InstanceItem
  | CommentItem
  | PropertyBlock;

/** One `module ... endmodule`. */
export interface VerilogModule {
  readonly name: string;
  /** Lines of the comment above the module. */
  readonly header: readonly string[];
  readonly attributes?: Attributes | undefined;
  /** Elements of its ports or nets depend on other elements of the same, which a linter takes for a loop. */
  readonly vectorLoops: boolean;
  readonly ports: readonly PortDeclaration[];
  readonly items: readonly Item[];
}

/** The whole of a declared thing. */
export function identifier(symbol: VerilogSymbol): Identifier {
  return { kind: "identifier", symbol };
}

/** Some bits of a declared vector; all of them is the vector itself (a one-bit net cannot be indexed). */
export function select(symbol: VerilogSymbol, high: number, low: number): Identifier | Select {
  return low === 0 && high === symbol.width - 1 ? identifier(symbol) : { kind: "select", symbol, high, low };
}
