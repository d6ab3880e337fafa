import type { Cell, CellNode } from "./flat-design.ts";

/** Bounds of a value, both included. */
export interface Interval {
  readonly min: number;
  readonly max: number;
}

/** What nothing is known about; also the interval of every value that needs more than 32 bits. */
export const unbounded: Interval = { min: -Infinity, max: Infinity };

/** All values of a type of at most 32 bits; unbounded above that. */
export function intervalOfType(width: number, signed: boolean): Interval {
  if (width > 32) return unbounded;
  return signed ? { min: -(2 ** (width - 1)), max: 2 ** (width - 1) - 1 } : { min: 0, max: 2 ** width - 1 };
}

/** Whether every value of the interval can be kept in one 32-bit word, read with one sign. */
export function fitsWord({ min, max }: Interval): boolean {
  return (min >= -(2 ** 31) && max < 2 ** 31) || (min >= 0 && max < 2 ** 32);
}

/** Whether `inner` lies within the range of a type. Exact for types of up to 53 bits, `false` for unbounded values. */
export function fitsType(inner: Interval, width: number, signed: boolean): boolean {
  if (!Number.isFinite(inner.min) || !Number.isFinite(inner.max)) return false;
  if (signed) return inner.min >= -(2 ** (width - 1)) && inner.max < 2 ** (width - 1);
  return inner.min >= 0 && inner.max < 2 ** width;
}

/** Bounds of the exact sum, difference or product. The bounds of products above 2^53 are rounded. */
export function exactInterval(operator: "add" | "sub" | "mul", a: Interval, b: Interval): Interval {
  if (![a.min, a.max, b.min, b.max].every(Number.isFinite)) return unbounded;
  if (operator === "add") return { min: a.min + b.min, max: a.max + b.max };
  if (operator === "sub") return { min: a.min - b.max, max: a.max - b.min };
  const corners = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max];
  return { min: Math.min(...corners), max: Math.max(...corners) };
}

/** Bounds of the value that `node` computes from `operands`, with the width and sign of the resulting cell. */
export function intervalOf(node: CellNode, operands: readonly Cell[], width: number, signed: boolean): Interval {
  const type = intervalOfType(width, signed);
  const [a, b] = operands;
  switch (node.kind) {
    case "constant": {
      const value = Number(node.value);
      return Number.isSafeInteger(value) ? { min: value, max: value } : unbounded;
    }
    case "arithmetic": {
      const exact = exactInterval(node.operator, a!, b!);
      return fitsType(exact, width, signed) ? exact : type;
    }
    case "bitwise":
      return node.operator === "and" && !signed ? { min: 0, max: Math.min(a!.max, b!.max) } : type;
    case "mux": {
      const other = operands[2]!;
      return { min: Math.min(b!.min, other.min), max: Math.max(b!.max, other.max) };
    }
    case "shift": {
      const furthest = Math.min(b!.max, 64);
      if (node.operator === "right") return { min: Math.min(a!.min, a!.min < 0 ? -1 : 0), max: Math.max(a!.max, 0) };
      const exact = { min: Math.min(a!.min, a!.min * 2 ** furthest), max: Math.max(a!.max, a!.max * 2 ** furthest) };
      return fitsType(exact, width, signed) ? exact : type;
    }
    case "slice":
      if (signed || a!.min < 0) return type;
      return { min: 0, max: Math.min(type.max, Math.floor(a!.max / 2 ** node.low)) };
    default:
      return type;
  }
}
