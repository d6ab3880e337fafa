import { type CompareOperator, type ShiftOperator, unreachable } from "../../ir/index.ts";
import type { Cell } from "./flat-design.ts";
import { exactInterval, fitsType } from "./interval.ts";

/**
 * JavaScript for one cell. The text is a name, a literal or in parentheses, so it may stand anywhere. Its value is a
 * number, or a bigint for a wide cell. A `condition` is only true or false in the sense of JavaScript.
 */
export interface Expression {
  readonly text: string;
  readonly condition: boolean;
}

/** Where an expression finds its operands and the memories. */
export interface ExpressionContext {
  cell(id: number): Cell;
  /** The text that stands for a cell: a local name, a load, or its expression when it is used only here. */
  operand(id: number): Expression;
  /** Array, first index and depth of a memory. */
  memory(place: number): { array: string; base: number; depth: number };
}

const comparisons: Readonly<Record<CompareOperator, string>> = {
  eq: "===",
  ne: "!==",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
};

const infix = { add: "+", sub: "-", mul: "*", and: "&", or: "|", xor: "^" } as const;

/** `2^width − 1` for 1 to 31 bits. */
const maskOf = (width: number): number => 2 ** width - 1;

/**
 * Brings `text`, any int32 with the right low bits, into the range of a type of at most 32 bits. The text need not be in
 * parentheses when its operators bind at least as tightly as `+`.
 */
function wrapWord(text: string, width: number, signed: boolean): string {
  if (signed) return width === 32 ? `(${text} | 0)` : `(${text} << ${32 - width} >> ${32 - width})`;
  return width === 32 ? `(${text} >>> 0)` : `(${text} & ${maskOf(width)})`;
}

/** Whether memory reads of this cell must check the address, and so name it twice. */
export function needsAddressCheck(address: Cell, depth: number): boolean {
  return address.wide || address.min < 0 || address.max >= depth;
}

/** Turns cells into JavaScript expressions; masks only where a value can leave the range of its type. */
export class ExpressionGenerator {
  readonly #context: ExpressionContext;

  constructor(context: ExpressionContext) {
    this.#context = context;
  }

  /** The expression of a cell that computes something, from the texts of its operands. */
  generate(cell: Cell): Expression {
    const { node, width, signed } = cell;
    const [a, b, c] = cell.operands as [number, number, number];
    switch (node.kind) {
      case "input":
      case "register":
      case "constant":
        throw new Error(`a ${node.kind} is loaded, not computed`);
      case "arithmetic":
        return value(this.#arithmetic(cell, node.operator, a, b));
      case "bitwise":
        return this.#bitwise(cell, infix[node.operator], a, b);
      case "not":
        if (cell.wide) return value(wrapBig(`~${this.#big(a)}`, width, signed));
        if (width === 1 && !signed && this.#isCondition(a)) return condition(`(!${this.#condition(a)})`);
        if (signed) return value(`(~${this.#number(a)})`);
        return value(width === 32 ? `(~${this.#number(a)} >>> 0)` : `(${this.#number(a)} ^ ${maskOf(width)})`);
      case "compare":
        return condition(this.#compare(comparisons[node.operator], a, b));
      case "mux": {
        const arm = (id: number): string => (cell.wide ? this.#big(id) : this.#number(id));
        return value(`(${this.#condition(a)} ? ${arm(b)} : ${arm(c)})`);
      }
      case "concat":
        return value(
          this.#concat(
            cell,
            node.parts.map((part) => part.width),
          ),
        );
      case "replicate":
        return value(this.#replicate(cell, node.operand.width, node.count, a));
      case "slice":
        return value(this.#slice(cell, node.low, a));
      case "shift":
        return value(this.#shift(cell, node.operator, a, b));
      case "index-bits":
        return value(this.#indexBits(cell, node.stride, node.operand.width, a, b));
      case "extend":
        return value(cell.wide ? this.#big(a) : this.#number(a));
      case "cast":
        if (cell.wide) return value(wrapBig(this.#big(a), width, signed));
        return value(wrapWord(this.#number(a), width, signed));
      case "reduce":
        return this.#reduce(node.operator, node.operand.width, a);
      case "memory-read":
        return value(this.#memoryRead(cell, a));
      default:
        return unreachable(node);
    }
  }

  /** The value of a cell as the text of a number (0 or 1 for a condition) or, when wide is asked for, of a bigint. */
  as(id: number, wide: boolean): string {
    return wide ? this.#big(id) : this.#number(id);
  }

  #number(id: number): string {
    const { text, condition } = this.#context.operand(id);
    return condition ? `(${text} ? 1 : 0)` : text;
  }

  #big(id: number): string {
    const cell = this.#context.cell(id);
    if (cell.node.kind === "constant") return cell.node.value < 0n ? `(${cell.node.value}n)` : `${cell.node.value}n`;
    return cell.wide ? this.#context.operand(id).text : `BigInt(${this.#number(id)})`;
  }

  /** Any number whose low 32 bits are those of the cell's value. */
  #lowWord(id: number): string {
    return this.#context.cell(id).wide ? `Number(BigInt.asIntN(32, ${this.#big(id)}))` : this.#number(id);
  }

  #condition(id: number): string {
    return this.#context.operand(id).text;
  }

  #isCondition(id: number): boolean {
    return this.#context.operand(id).condition;
  }

  /** The low `width` bits (at most 32) as an unsigned number. */
  #bits(id: number, width: number): string {
    const cell = this.#context.cell(id);
    return fitsType(cell, width, false) ? this.#number(id) : wrapWord(this.#lowWord(id), width, false);
  }

  /** The low `width` bits as an unsigned bigint. */
  #bigBits(id: number, width: number): string {
    const cell = this.#context.cell(id);
    return fitsType(cell, width, false) ? this.#big(id) : wrapBig(this.#big(id), width, false);
  }

  #arithmetic(cell: Cell, operator: "add" | "sub" | "mul", a: number, b: number): string {
    const { width, signed } = cell;
    const left = this.#context.cell(a);
    const right = this.#context.cell(b);
    const exact = exactInterval(operator, left, right);
    if (cell.wide) {
      if (!left.wide && !right.wide && fitsType(exact, 54, true)) {
        const result = `BigInt(${this.#number(a)} ${infix[operator]} ${this.#number(b)})`;
        return fitsType(exact, width, signed) ? result : wrapBig(result, width, signed);
      }
      return wrapBig(`${this.#big(a)} ${infix[operator]} ${this.#big(b)}`, width, signed);
    }
    const x = this.#lowWord(a);
    const y = this.#lowWord(b);
    const word = operator === "mul" ? `Math.imul(${x}, ${y})` : `${x} ${infix[operator]} ${y}`;
    if (!fitsType(exact, width, signed)) return wrapWord(word, width, signed);
    if (exact.max >= 2 ** 31) return `(${word} >>> 0)`;
    return operator === "mul" ? word : `(${word} | 0)`;
  }

  #bitwise(cell: Cell, operator: string, a: number, b: number): Expression {
    if (cell.wide) return value(`(${this.#big(a)} ${operator} ${this.#big(b)})`);
    if (cell.width === 1 && operator !== "^" && (this.#isCondition(a) || this.#isCondition(b))) {
      return condition(`(${this.#condition(a)} ${operator}${operator} ${this.#condition(b)})`);
    }
    const text = `${this.#number(a)} ${operator} ${this.#number(b)}`;
    return value(cell.max >= 2 ** 31 ? `((${text}) >>> 0)` : `(${text})`);
  }

  #compare(operator: string, a: number, b: number): string {
    const wide = this.#context.cell(a).wide || this.#context.cell(b).wide;
    return `(${this.as(a, wide)} ${operator} ${this.as(b, wide)})`;
  }

  #concat(cell: Cell, widths: readonly number[]): string {
    const { width, signed, operands } = cell;
    let shift = width;
    const terms = widths.map((partWidth, i) => {
      shift -= partWidth;
      const part = operands[i]!;
      if (cell.wide) {
        const first = i === 0 && signed ? wrapBig(this.#big(part), partWidth, true) : this.#bigBits(part, partWidth);
        return shift === 0 ? first : `${first} << ${shift}n`;
      }
      return shift === 0 ? this.#bits(part, partWidth) : `${this.#topPart(cell, part, partWidth, i)} << ${shift}`;
    });
    const text = terms.length === 1 ? terms[0]! : terms.map((term) => `(${term})`).join(" | ");
    if (cell.wide) return `(${text})`;
    if (width === 32) return signed ? `((${text}) | 0)` : `((${text}) >>> 0)`;
    const top = this.#context.cell(operands[0]!);
    const kept = widths.length > 1 && fitsType(top, widths[0]!, true);
    return signed && !kept ? wrapWord(`(${text})`, width, true) : `(${text})`;
  }

  /** A part of a concatenation that is shifted left: the first one may keep its sign where that is what is wanted. */
  #topPart(cell: Cell, part: number, width: number, position: number): string {
    if (position > 0) return this.#bits(part, width);
    // Bits above bit 31 fall off in the shift, so a full word needs no mask.
    if (cell.width === 32) return this.#lowWord(part);
    return cell.signed && fitsType(this.#context.cell(part), width, true)
      ? this.#number(part)
      : this.#bits(part, width);
  }

  #replicate(cell: Cell, width: number, count: number, a: number): string {
    if (cell.wide) {
      let factor = 0n;
      for (let i = 0; i < count; i++) factor = (factor << BigInt(width)) | 1n;
      return `(${this.#bigBits(a, width)} * ${factor}n)`;
    }
    if (width === 1) return `(${this.#condition(a)} ? ${2 ** cell.width - 1} : 0)`;
    let factor = 0;
    for (let i = 0; i < count; i++) factor = factor * 2 ** width + 1;
    const text = `Math.imul(${this.#bits(a, width)}, ${factor})`;
    return cell.width === 32 ? `(${text} >>> 0)` : text;
  }

  #slice(cell: Cell, low: number, a: number): string {
    const { width, signed } = cell;
    const operand = this.#context.cell(a);
    if (cell.wide) return wrapBig(`${this.#big(a)} >> ${low}n`, width, signed);
    if (operand.wide) {
      return `Number(${wrapBig(low === 0 ? this.#big(a) : `${this.#big(a)} >> ${low}n`, width, signed)})`;
    }
    const x = this.#number(a);
    if (signed && low + width <= 32) {
      const left = 32 - low - width;
      const right = 32 - width;
      if (left === 0) return right === 0 ? `(${x} | 0)` : `(${x} >> ${right})`;
      return `(${x} << ${left} >> ${right})`;
    }
    // Above bit 31 there are only copies of the sign, or zeros.
    if (operand.min >= 0 && low >= 32) return "0";
    const shift = Math.min(low, 31);
    const word = shift === 0 ? x : operand.min < 0 ? `${x} >> ${shift}` : `${x} >>> ${shift}`;
    if (!signed && operand.min >= 0 && Math.floor(operand.max / 2 ** low) < 2 ** width) return `(${word})`;
    return wrapWord(shift === 0 ? word : `(${word})`, width, signed);
  }

  #shift(cell: Cell, operator: ShiftOperator, a: number, b: number): string {
    const { width, signed } = cell;
    const operand = this.#context.cell(a);
    const { max } = this.#context.cell(b);
    const amount = this.#amount(b);
    if (cell.wide || operand.wide) {
      const big = this.#big(a);
      if (operator === "left") {
        const moved = max < width ? `${big} << BigInt(${amount})` : `shiftLeftBig(${big}, ${amount}, ${width})`;
        const wrapped = wrapBig(moved, width, signed);
        return cell.wide ? wrapped : `Number(${wrapped})`;
      }
      const moved = max < width ? `(${big} >> BigInt(${amount}))` : `shiftRightBig(${big}, ${amount}, ${width})`;
      return cell.wide ? moved : `Number(${moved})`;
    }
    const x = this.#number(a);
    if (operator === "left") {
      return wrapWord(max <= 31 ? `(${x} << ${amount})` : `shiftLeft(${x}, ${amount})`, width, signed);
    }
    if (operand.min < 0) return `(${x} >> ${max <= 31 ? amount : `Math.min(${amount}, 31)`})`;
    return max <= 31 ? `(${x} >>> ${amount})` : `shiftRight(${x}, ${amount})`;
  }

  #indexBits(cell: Cell, stride: number, operandWidth: number, a: number, b: number): string {
    const { width, signed } = cell;
    const operand = this.#context.cell(a);
    const { max } = this.#context.cell(b);
    const amount = stride === 1 ? this.#amount(b) : `(${this.#amount(b)} * ${stride})`;
    if (cell.wide || operand.wide) {
      const safe = max * stride <= 4096 + operandWidth;
      const big = this.#big(a);
      const moved = safe ? `${big} >> BigInt(${amount})` : `shiftRightBig(${big}, ${amount}, ${operandWidth})`;
      const wrapped = wrapBig(moved, width, signed);
      return cell.wide ? wrapped : `Number(${wrapped})`;
    }
    const x = this.#number(a);
    const moved = max * stride <= 31 ? `(${x} >>> ${amount})` : `shiftRight(${x}, ${amount})`;
    return wrapWord(moved, width, signed);
  }

  /** A shift amount as a number; a giant one may come out as Infinity, which is as good. */
  #amount(id: number): string {
    return this.#context.cell(id).wide ? `Number(${this.#big(id)})` : this.#number(id);
  }

  #reduce(operator: "and" | "or" | "xor", width: number, a: number): Expression {
    const operand = this.#context.cell(a);
    if (operator === "or") {
      if (this.#isCondition(a)) return condition(this.#condition(a));
      return condition(`(${this.as(a, operand.wide)} !== ${operand.wide ? "0n" : "0"})`);
    }
    if (operator === "xor") {
      if (width > 32) return value(`parityOfBig(${this.#bigBits(a, width)})`);
      return value(width === 1 ? this.#bits(a, 1) : `parity(${this.#bits(a, width)})`);
    }
    if (width <= 32) return condition(`(${this.#bits(a, width)} === ${2 ** width - 1})`);
    return condition(`(${this.#bigBits(a, width)} === ${(1n << BigInt(width)) - 1n}n)`);
  }

  #memoryRead(cell: Cell, a: number): string {
    const address = this.#context.cell(a);
    const { array, base, depth } = this.#context.memory(cell.place);
    const index = address.wide ? `Number(${this.#big(a)})` : this.#number(a);
    const word = `${array}[${base === 0 ? index : `${base} + ${index}`}]`;
    const read = cell.max >= 2 ** 31 && !cell.wide ? `(${word} >>> 0)` : word;
    if (!needsAddressCheck(address, depth)) return read;
    const zero = cell.wide ? "0n" : "0";
    const last = address.wide ? `${depth}n` : `${depth}`;
    const least = address.min < 0 ? `${this.as(a, address.wide)} >= 0 && ` : "";
    return `(${least}${this.as(a, address.wide)} < ${last} ? ${read} : ${zero})`;
  }
}

/**
 * The low bits of a wide value. Unsigned ones are cut off with a mask: V8 11.3 (Node 20) ends the whole process when it
 * optimises a choice between results of `BigInt.asUintN` of 64 bits or less.
 */
function wrapBig(text: string, width: number, signed: boolean): string {
  return signed ? `BigInt.asIntN(${width}, ${text})` : `((${text}) & ${(1n << BigInt(width)) - 1n}n)`;
}

function value(text: string): Expression {
  return { text, condition: false };
}

function condition(text: string): Expression {
  return { text, condition: true };
}
