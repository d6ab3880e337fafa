import { bitWidth, leavesOf, type PackedType } from "../types/index.ts";
import type { VerilogSymbol } from "./ast.ts";
import type { Base } from "./value.ts";

/** Single bits of vectors up to this width are read in place; of wider ones Icarus is slow, so they get nets too. */
const widestInPlace = 64;

/**
 * The scalars of a declared port or child output in packing order. Those of a vector are places in the packed net;
 * `name_3` is what a net for element 3 will be called.
 */
export function elementsOf(symbol: VerilogSymbol, type: PackedType, name: string): Base[] {
  if (type.kind !== "vec") return [{ width: type.width, signed: type.kind === "sint", symbol }];
  const inPlace = bitWidth(type) <= widestInPlace;
  let low = 0;
  return leavesOf(type).map((leaf) => {
    const { width, kind } = leaf.type;
    const signed = kind === "sint";
    const base: Base = {
      width,
      signed,
      symbol: undefined,
      packed: { symbol, low, name: `${name}_${leaf.path.join("_")}`, inPlace: inPlace && width === 1 && !signed },
    };
    low += width;
    return base;
  });
}

/** The declaration of a port's or child output's net: a vector is packed and unsigned. */
export function symbolFor(name: string, type: PackedType): VerilogSymbol {
  return { name, width: bitWidth(type), signed: type.kind === "sint" };
}
