import fc from "fast-check";
import { expect, test } from "vitest";
import { moduleOf } from "../transform/testing/small-module.ts";
import { rangeOf } from "../types/index.ts";
import {
  arithmetic,
  bitwise,
  cast,
  concat,
  constant,
  evaluate,
  extend,
  input,
  mux,
  type Node,
  numberNodes,
  operandsOf,
  type PureNode,
  slice,
} from "./index.ts";
import { valueRange, valueRanges } from "./value-range.ts";

type Leaf = ReturnType<typeof input>;

/** A value of a few operators on inputs of 3 bits, whatever their widths. */
const values: fc.Arbitrary<Node> = fc.letrec<{ value: Node }>((tie) => {
  const unary = (make: (node: Node) => Node) => tie("value").map(make);
  const binary = (make: (left: Node, right: Node) => Node) =>
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => make(a, b));
  const same = (left: Node, right: Node): [Node, Node] => {
    const width = Math.max(left.width, right.width) + 1;
    const wide = (node: Node): Node => {
      const long = extend(node, width + 1);
      return long.signed ? long : cast(long, true);
    };
    return [wide(left), wide(right)];
  };
  return {
    value: fc.oneof(
      { depthSize: "small" },
      fc.tuple(fc.nat(2), fc.boolean()).map(([port, signed]) => input(`in${port}${signed ? "s" : "u"}`, 0, 3, signed)),
      fc.integer({ min: 0, max: 7 }).map((value) => constant(BigInt(value), 3, false)),
      unary((node) => extend(node, node.width + 2)),
      unary((node) => cast(node, !node.signed)),
      unary((node) => slice(node, Math.min(node.width, 3) - 1, 0)),
      binary((a, b) => concat([a, b])),
      binary((a, b) => {
        const [left, right] = same(a, b);
        return arithmetic("sub", left, right, left.width + 1, true);
      }),
      binary((a, b) => {
        const [left, right] = same(a, b);
        return arithmetic("add", left, right, left.width, true);
      }),
      binary((a, b) => {
        const [left, right] = same(a, b);
        return arithmetic("mul", left, right, left.width * 2, true);
      }),
      binary((a, b) => {
        const [left, right] = same(a, b);
        return bitwise("and", cast(left, false), cast(right, false));
      }),
      binary((a, b) => {
        const [left, right] = same(a, b);
        return mux(constant(1n, 1, false), left, right);
      }),
    ),
  };
}).value;

function treeValue(node: Node, given: ReadonlyMap<string, bigint>): bigint {
  if (node.kind === "input") return given.get(node.port)!;
  if (node.kind === "constant") return node.value;
  return evaluate(
    node as PureNode,
    operandsOf(node).map((operand) => treeValue(operand, given)),
  );
}

function leavesIn(root: Node): Leaf[] {
  const found = new Map<string, Leaf>();
  const visit = (node: Node): void => {
    if (node.kind === "input") found.set(node.port, node);
    for (const operand of operandsOf(node)) visit(operand);
  };
  visit(root);
  return [...found.values()];
}

test("no value lies outside its range, and the range lies in that of the type", () => {
  fc.assert(
    fc.property(values, fc.infiniteStream(fc.nat(7)), (node, numbers) => {
      const numbered = numberNodes(moduleOf(node));
      const { min, max } = valueRanges(numbered)[numbered.indexOf.get(node)!]!;
      const type = rangeOf(node.width, node.signed);
      expect(min >= type.min && max <= type.max).toBe(true);
      const given = new Map(
        leavesIn(node).map(({ port, signed }) => {
          const value = numbers.next().value as number;
          return [port, BigInt(signed ? value - 4 : value)];
        }),
      );
      const value = treeValue(node, given);
      expect(value >= min && value <= max).toBe(true);
      // Of fewer operators less is told.
      const near = valueRange(node, 2);
      expect(near.min <= min && near.max >= max).toBe(true);
    }),
    { numRuns: 500 },
  );
});
