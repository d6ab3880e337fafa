import fc from "fast-check";
import type { ModuleNetlist, Node, Port, RegisterDefinition, WireDefinition } from "../../ir/index.ts";
import * as ir from "../../ir/index.ts";
import { bit, type PackedType, rangeOf, sint, uint, vec, wrapTo } from "../../types/index.ts";
import { inputPort, inputs, outputPort } from "./build.ts";

// Verilator computes constants through nets and then complains of comparisons with them, so no node here is constant
// but the operand of another: folding is done before emission. Only `corners` compares with the ends of a range and
// beyond, where the result is constant.

/** Numbers that choose an operator and its operands; any numbers make a legal module, so that they shrink well. */
export type Recipe = readonly (readonly [operator: number, a: number, b: number, c: number, width: number])[];

const widest = 90;

/** Random recipes of 1 to 40 operators; widths are mostly up to 40 bits, now and then 65 to 72. */
export const recipes: fc.Arbitrary<Recipe> = fc.array(
  fc.tuple(
    fc.nat({ max: 1000 }),
    fc.nat({ max: 1000 }),
    fc.nat({ max: 1000 }),
    fc.nat({ max: 1000 }),
    fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 65, max: 72 })),
  ),
  { minLength: 1, maxLength: 40 },
);

/** The node in another width and sign, by slice, extend and cast. */
function shaped(node: Node, width: number, signed: boolean): Node {
  let result: Node = node;
  if (width < node.width) result = ir.slice(node, width - 1, 0);
  else if (width > node.width) result = ir.extend(node, width);
  return result.signed === signed ? result : ir.cast(result, signed);
}

function constantFor(choice: number, width: number, signed: boolean): Node {
  const { min, max } = rangeOf(width, signed);
  const values = [min, max, 0n, 1n, -1n, BigInt(choice), max / 3n];
  return ir.constant(wrapTo(values[choice % values.length]!, width, signed), width, signed);
}

const bitwise = ["and", "or", "xor"] as const;
const arithmetic = ["add", "sub", "mul", "add"] as const;
const comparisons = ["eq", "ne", "lt", "le", "gt", "ge"] as const;

/** A module of every kind of operator, registers and wires, without children and memories. */
export function moduleFrom(recipe: Recipe, name: string, corners: boolean): ModuleNetlist {
  const ports: Port[] = [];
  const pool: Node[] = [];
  const types: PackedType[] = [
    bit,
    uint(4),
    sint(4),
    uint(9),
    sint(70),
    vec(3, sint(5)),
    vec(2, vec(2, uint(3))),
    vec(5, bit),
  ];
  types.forEach((type, i) => {
    ports.push(inputPort(`in${i}`, type));
    pool.push(...inputs(`in${i}`, type));
  });
  const registers: { node: ir.RegisterNode; next: number | Node; reset: bigint | undefined; group: number }[] = [];
  const wires: WireDefinition[] = [];
  recipe.forEach(([operator, a, b, c, width], i) => {
    const origin = operator % 11 === 0 ? { label: `named_${i % 3}` } : undefined;
    // Later nodes read recent ones more often: deep expressions rather than broad ones.
    const pick = (n: number): Node =>
      pool[n % 2 === 0 ? pool.length - 1 - (n % Math.min(4, pool.length)) : n % pool.length]!;
    const left = pick(a);
    const right = pick(b);
    const signed = left.signed;
    const make = (): Node => {
      switch (operator % 19) {
        case 0:
        case 1:
        case 2: {
          const kind = arithmetic[c % 4]!;
          const given = right === left && kind === "sub" ? constantFor(b, width, signed) : right;
          const other = given.signed === signed ? given : ir.cast(given, signed);
          const natural = kind === "mul" ? left.width + other.width : Math.max(left.width, other.width) + 1;
          const widths = [natural, Math.max(left.width, other.width), width, natural, natural + 3];
          const chosen = Math.min(widest, widths[c % 5]!);
          return ir.arithmetic(kind, left, other, chosen, kind === "sub" && c % 3 === 0 ? true : signed, origin);
        }
        case 3: {
          if (right === left) return ir.not(left, origin);
          return ir.bitwise(bitwise[c % 3]!, left, shaped(right, left.width, signed), origin);
        }
        case 4:
          return ir.not(left, origin);
        case 5:
        case 6: {
          if (c % 4 === 0 || right === left) {
            if (corners) return ir.compare(comparisons[c % 6]!, left, constantFor(b, width, signed), origin);
            if (left.width === 1) return ir.not(left, origin);
            const { max } = rangeOf(left.width, signed);
            return ir.compare(comparisons[c % 6]!, left, ir.constant(max - 1n, left.width, signed), origin);
          }
          const other = right.signed === signed ? right : ir.cast(right, signed);
          return ir.compare(comparisons[c % 6]!, left, other, origin);
        }
        case 7:
        case 8:
          return ir.mux(shaped(pick(c), 1, false), left, shaped(right, left.width, signed), origin);
        case 9: {
          const parts = [left, right, pick(c)].filter((part, at) => at === 0 || part.width < 30);
          return ir.concat(parts.slice(0, 1 + (c % 3)), origin);
        }
        case 10:
          return left.width > 20 ? left : ir.replicate(left, 1 + (c % 3), origin);
        case 11: {
          // The zeros above an extended value are a constant, as are those of a sum with them.
          const width = left.kind === "extend" ? left.operand.width : left.width;
          const low = c % width;
          return ir.slice(left, low + (b % (width - low)), low, origin);
        }
        case 12:
          return left.width >= 80 ? left : ir.extend(left, left.width + 1 + (c % 9), origin);
        case 13:
          return c % 2 === 0 ? ir.cast(left, !signed, origin) : ir.reduce(bitwise[b % 3]!, left, origin);
        case 16: {
          const amount = shaped(right === left ? pick(c) : right, 1 + (b % 5), false);
          if (c % 2 === 0) return ir.shift("right", left, amount, left.width, origin);
          const widths = [left.width, Math.min(widest, left.width + 2 ** amount.width - 1), width];
          return ir.shift("left", left, amount, widths[b % 3]!, origin);
        }
        case 17:
        case 18: {
          const index = shaped(right === left ? pick(c) : right, 1 + (b % 6), false);
          const bits = left.signed ? ir.cast(left, false) : left;
          const vector = c % 3 === 0 && right !== left ? ir.concat([right, left]) : bits;
          const taken = 1 + (a % Math.min(9, vector.width));
          return ir.indexBits(vector, index, c % 2 === 0 ? taken : 1 + (c % 5), taken, origin);
        }
        case 14:
          return ir.arithmetic(
            c % 2 === 0 ? "add" : "sub",
            left,
            constantFor(c, width, signed),
            left.width,
            signed,
            origin,
          );
        default: {
          if (c % 3 === 0) {
            const node = ir.wire(wires.length, left.width, signed);
            wires.push({ node, name: `wire_${wires.length}`, driver: left });
            return node;
          }
          const node = ir.register(registers.length, left.width, signed);
          const plain = c % 3 === 1;
          // Without a reset the next value must not depend on the register itself, or it would stay unknown.
          const reset = plain ? undefined : wrapTo(BigInt(b), left.width, signed);
          registers.push({ node, next: plain ? left : a + b, reset, group: registers.length >> 1 });
          return node;
        }
      }
    };
    const node = make();
    // Too wide a node would only slow the tools down.
    pool.push(node.width > widest ? ir.slice(node, widest - 1, 0) : node);
  });
  const last = pool.slice(-Math.min(12, recipe.length));
  last.forEach((node, i) => {
    ports.push(outputPort(`out${i}`, node.signed ? sint(node.width) : uint(node.width), node));
  });
  ports.push(
    outputPort(
      "packed_out",
      vec(4, uint(7)),
      ...last
        .concat(pool)
        .slice(0, 4)
        .map((n) => shaped(n, 7, false)),
    ),
  );
  const definitions = registers.map(({ node, next, reset, group }, i): RegisterDefinition => {
    const driver = typeof next === "number" ? shaped(pool[next % pool.length]!, node.width, node.signed) : next;
    return { node, name: `register_${i}`, next: driver, reset, group };
  });
  return { name, params: {}, ports, wires, registers: definitions, memories: [], instances: [] };
}
