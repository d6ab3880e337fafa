/** An unsigned integer of `width` bits: 0 .. 2^width − 1. */
export interface UIntType<W extends number = number> {
  readonly kind: "uint";
  readonly width: W;
}

/** A two's complement integer of `width` bits: −2^(width−1) .. 2^(width−1) − 1. */
export interface SIntType<W extends number = number> {
  readonly kind: "sint";
  readonly width: W;
}

/** `length` elements of one type. Packed on ports with element 0 in the least significant bits. */
export interface VecType<T extends DataType = DataType> {
  readonly kind: "vec";
  readonly length: number;
  readonly element: T;
}

/** The type of a single integer. */
export type ScalarType = UIntType | SIntType;

// An interface cannot name itself through an alias, hence the explicit recursion in VecType.
/** The type of a signal: one integer, or a vector of any depth. */
export type DataType = UIntType | SIntType | VecType;

/** The type of an unsigned integer of `width` bits. The width is checked when the design is elaborated. */
export function uint<W extends number>(width: W): UIntType<W> {
  return Object.freeze({ kind: "uint", width });
}

/** The type of a signed (two's complement) integer of `width` bits. */
export function sint<W extends number>(width: W): SIntType<W> {
  return Object.freeze({ kind: "sint", width });
}

/** One bit: the type of conditions, an alias of `uint(1)`. */
export const bit: UIntType<1> = uint(1);

/** A vector of `length` elements; elements may themselves be vectors. */
export function vec<T extends DataType>(length: number, element: T): VecType<T> {
  return Object.freeze({ kind: "vec", length, element });
}

/** One scalar of a flattened type, with the index path that leads to it (empty for a scalar type). */
export interface Leaf {
  readonly path: readonly number[];
  readonly type: ScalarType;
}

/** The scalars of a type in packing order: element 0 (least significant) first. */
export function leavesOf(type: DataType, path: readonly number[] = []): Leaf[] {
  if (type.kind !== "vec") return [{ path, type }];
  const leaves: Leaf[] = [];
  for (let i = 0; i < type.length; i++) {
    for (const leaf of leavesOf(type.element, [...path, i])) leaves.push(leaf);
  }
  return leaves;
}

/** The scalar type at the bottom of a type. */
export function scalarOf(type: DataType): ScalarType {
  return type.kind === "vec" ? scalarOf(type.element) : type;
}

/** Lengths of the nested vectors, outermost first; empty for a scalar. For instance `[16, 64]`. */
export function shapeOf(type: DataType): number[] {
  return type.kind === "vec" ? [type.length, ...shapeOf(type.element)] : [];
}

/** Bits of the packed form. */
export function bitWidth(type: DataType): number {
  return type.kind === "vec" ? type.length * bitWidth(type.element) : type.width;
}

/** How a person writes the type: `uint(8)`, `vec(16, sint(4))`, `bit`. */
export function describeType(type: DataType): string {
  if (type.kind === "vec") return `vec(${type.length}, ${describeType(type.element)})`;
  return type.kind === "uint" && type.width === 1 ? "bit" : `${type.kind}(${type.width})`;
}

/** Whether two types have the same structure, widths and signs. */
export function sameType(a: DataType, b: DataType): boolean {
  if (a.kind === "vec" || b.kind === "vec") {
    return a.kind === "vec" && b.kind === "vec" && a.length === b.length && sameType(a.element, b.element);
  }
  return a.kind === b.kind && a.width === b.width;
}
