import { type BundleType, unflipped } from "./bundle-type.ts";
import { type Enumeration, sameEnumeration } from "./enum-type.ts";

/** An unsigned integer of `width` bits: 0 .. 2^width − 1. */
export interface UIntType<W extends number = number> {
  readonly kind: "uint";
  readonly width: W;
  /** The names of its values, for an enumeration. */
  readonly enumeration?: Enumeration | undefined;
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

/** One integer, or a vector of integers of any depth: what is one port, packed, in the netlist and in Verilog. */
export type PackedType = UIntType | SIntType | VecType<PackedType>;

/** The type of a signal: an integer, a vector of anything, or a bundle of named fields. */
export type DataType = UIntType | SIntType | VecType | BundleType;

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

/** A vector of `length` elements; elements may themselves be vectors or bundles. */
export function vec<T extends DataType>(length: number, element: T): VecType<T> {
  return Object.freeze({ kind: "vec", length, element });
}

/** The way from a signal to a part of it: field names and element numbers. */
export type Path = readonly (string | number)[];

/** One scalar of a flattened type, with the path that leads to it (empty for a scalar type). */
export interface Leaf {
  readonly path: Path;
  readonly type: ScalarType;
}

/** The scalars of a type in order: element 0 of a vector (its least significant bits) first, fields as declared. */
export function leavesOf(type: DataType, path: Path = []): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (inner: DataType, at: Path): void => {
    if (inner.kind === "vec") for (let i = 0; i < inner.length; i++) visit(inner.element, [...at, i]);
    else if (inner.kind === "bundle") {
      for (const [name, field] of Object.entries(inner.fields)) visit(unflipped(field), [...at, name]);
    } else leaves.push({ path: at, type: inner });
  };
  visit(type, path);
  return leaves;
}

/** A part of a type that is one port of its own, with the way to it and whether it flows against the whole. */
export interface PackedPart {
  readonly path: Path;
  readonly flipped: boolean;
  readonly type: PackedType;
}

/** Whether a type is one port in Verilog: anything without a bundle in it. */
export function isPacked(type: DataType): type is PackedType {
  return type.kind === "vec" ? isPacked(type.element) : type.kind !== "bundle";
}

/** The ports that a type becomes: one for each field, and for each element of a vector of bundles. */
export function packedParts(type: DataType): PackedPart[] {
  const parts: PackedPart[] = [];
  const visit = (inner: DataType, path: Path, flipped: boolean): void => {
    if (isPacked(inner)) parts.push({ path, flipped, type: inner });
    else if (inner.kind === "vec") {
      for (let i = 0; i < inner.length; i++) visit(inner.element, [...path, i], flipped);
    } else if (inner.kind === "bundle") {
      for (const [name, field] of Object.entries(inner.fields)) {
        visit(unflipped(field), [...path, name], flipped !== (field.kind === "flipped"));
      }
    }
  };
  visit(type, [], false);
  return parts;
}

/** The scalar type at the bottom of a type. */
export function scalarOf(type: PackedType): ScalarType {
  return type.kind === "vec" ? scalarOf(type.element) : type;
}

/** Lengths of the nested vectors, outermost first; empty for a scalar. For instance `[16, 64]`. */
export function shapeOf(type: PackedType): number[] {
  return type.kind === "vec" ? [type.length, ...shapeOf(type.element)] : [];
}

/** Bits of the packed form. */
export function bitWidth(type: DataType): number {
  if (type.kind === "vec") return type.length * bitWidth(type.element);
  if (type.kind !== "bundle") return type.width;
  return Object.values(type.fields).reduce((sum, field) => sum + bitWidth(unflipped(field)), 0);
}

/** How a person writes the type: `uint(8)`, `vec(16, sint(4))`, `bit`, `bundle({ valid: bit, ready: flipped(bit) })`. */
export function describeType(type: DataType): string {
  if (type.kind === "vec") return `vec(${type.length}, ${describeType(type.element)})`;
  if (type.kind === "bundle") {
    const fields = Object.entries(type.fields).map(([name, field]) => {
      const text = describeType(unflipped(field));
      return `${name}: ${field.kind === "flipped" ? `flipped(${text})` : text}`;
    });
    return `bundle({ ${fields.join(", ")} })`;
  }
  if (type.kind === "uint" && type.enumeration) return type.enumeration.name;
  return type.kind === "uint" && type.width === 1 ? "bit" : `${type.kind}(${type.width})`;
}

/** Whether two types have the same structure, widths, signs, field names and directions. */
export function sameType(a: DataType, b: DataType): boolean {
  if (a.kind === "vec" || b.kind === "vec") {
    return a.kind === "vec" && b.kind === "vec" && a.length === b.length && sameType(a.element, b.element);
  }
  if (a.kind === "bundle" || b.kind === "bundle") {
    if (a.kind !== "bundle" || b.kind !== "bundle") return false;
    const [ours, theirs] = [Object.entries(a.fields), Object.entries(b.fields)];
    return (
      ours.length === theirs.length &&
      ours.every(([name, field]) => {
        const other = Object.hasOwn(b.fields, name) ? b.fields[name] : undefined;
        if (!other || (field.kind === "flipped") !== (other.kind === "flipped")) return false;
        return sameType(unflipped(field), unflipped(other));
      })
    );
  }
  return a.kind === b.kind && a.width === b.width && sameEnumeration(enumerationOf(a), enumerationOf(b));
}

/** The names of the values of a scalar; undefined for a plain integer. */
export function enumerationOf(type: ScalarType): Enumeration | undefined {
  return type.kind === "uint" ? type.enumeration : undefined;
}
