import {
  arithmetic,
  bitwise,
  cast,
  compare,
  concat,
  constant,
  extend,
  indexBits,
  type MemoryDefinition,
  memoryRead,
  mux,
  type Node,
  not,
  type OperatorNode,
  type Origin,
  reduce,
  replicate,
  shift,
  slice,
} from "../index.ts";
import type { RandomSource } from "./random-source.ts";

/** What a random operator is made from. */
export interface OperatorContext {
  readonly random: RandomSource;
  /** Nodes that exist already; operands come from here, mostly from the end. */
  readonly pool: readonly Node[];
  readonly memories: readonly MemoryDefinition[];
  readonly maxWidth: number;
}

const kinds: readonly OperatorNode["kind"][] = [
  "arithmetic",
  "arithmetic",
  "arithmetic",
  "bitwise",
  "bitwise",
  "not",
  "compare",
  "mux",
  "mux",
  "mux",
  "concat",
  "replicate",
  "slice",
  "slice",
  "slice",
  "extend",
  "cast",
  "reduce",
  "shift",
  "shift",
  "index-bits",
  "index-bits",
  "memory-read",
];

/** Some node of the pool, or now and then a constant. */
export function pickOperand({ random, pool }: OperatorContext): Node {
  if (random.chance(0.12)) {
    const width = random.int(1, 12);
    const signed = random.chance(0.5);
    return constant(random.value(width, signed), width, signed);
  }
  return random.chance(0.6) ? pool[random.int(Math.max(0, pool.length - 12), pool.length - 1)]! : random.pick(pool);
}

/** The node brought to a width and sign by slicing, extending and casting. */
export function adapt(random: RandomSource, node: Node, width: number, signed: boolean): Node {
  if (node.kind === "constant" && random.chance(0.7)) return constant(random.value(width, signed), width, signed);
  let result = node;
  if (result.width > width) {
    const low = random.chance(0.5) ? 0 : random.int(0, result.width - width);
    result = slice(result, low + width - 1, low);
  }
  if (result.signed !== signed && random.chance(0.5)) result = cast(result, signed);
  if (result.width < width) result = extend(result, width);
  return result.signed === signed ? result : cast(result, signed);
}

/** A new random operator on nodes of the pool. */
export function randomOperator(context: OperatorContext): Node {
  const { random, memories, maxWidth } = context;
  const limit = maxWidth >= 40 && random.chance(0.05) ? 100 : maxWidth;
  const width = random.chance(0.3) ? random.int(1, limit) : random.int(1, Math.min(limit, 12));
  const signed = random.chance(0.5);
  const origin: Origin | undefined = random.chance(0.1) ? { label: `named_${random.int(0, 9)}` } : undefined;
  const operand = (): Node => pickOperand(context);
  const oneBit = (): Node => adapt(random, operand(), 1, false);
  const ofSign = (node: Node, sign: boolean): Node => (node.signed === sign ? node : cast(node, sign));
  const first = operand();
  const second = random.chance(0.08) ? first : operand();

  const kind = random.pick(kinds);
  switch (kind) {
    case "arithmetic": {
      const operator = random.pick(["add", "sub", "mul"] as const);
      const operandSign = operator === "sub" && signed ? random.chance(0.5) : signed;
      const left = ofSign(first, operandSign);
      const right = ofSign(second, operandSign);
      const exact = operator === "mul" ? left.width + right.width : Math.max(left.width, right.width) + 1;
      const chosen = random.chance(0.6) ? exact : random.int(1, exact + 3);
      return arithmetic(operator, left, right, Math.min(limit, chosen), signed, origin);
    }
    case "bitwise": {
      const operator = random.pick(["and", "or", "xor"] as const);
      return bitwise(
        operator,
        adapt(random, first, width, signed),
        second === first && random.chance(0.5)
          ? adapt(random, first, width, signed)
          : adapt(random, second, width, signed),
        origin,
      );
    }
    case "not":
      return not(first, origin);
    case "compare": {
      const operator = random.pick(["eq", "ne", "lt", "le", "gt", "ge"] as const);
      return compare(operator, ofSign(first, signed), ofSign(second, signed), origin);
    }
    case "mux": {
      const condition = random.chance(0.2) ? not(oneBit()) : oneBit();
      return mux(condition, adapt(random, first, width, signed), adapt(random, second, width, signed), origin);
    }
    case "concat": {
      const parts: Node[] = [];
      let total = 0;
      for (let count = random.int(1, 4); count > 0; count--) {
        const part =
          random.chance(0.3) && first.width > 1 ? slice(first, first.width - 1, first.width >> 1) : operand();
        if (total + part.width > limit) continue;
        total += part.width;
        parts.push(part);
        if (part.kind === "slice" && part.low > 0 && total + part.low <= limit && random.chance(0.5)) {
          total += part.low;
          parts.push(slice(part.operand, part.low - 1, 0));
        }
      }
      return concat(parts.length > 0 ? parts : [oneBit()], origin);
    }
    case "replicate": {
      const repeated = first.width > limit ? oneBit() : first;
      return replicate(repeated, random.int(1, Math.min(6, Math.max(1, Math.floor(limit / repeated.width)))), origin);
    }
    case "slice": {
      const low = random.chance(0.4) ? 0 : random.int(0, first.width - 1);
      return slice(first, random.int(low, first.width - 1), low, origin);
    }
    case "extend":
      return extend(first, Math.max(first.width, Math.min(limit, first.width + random.int(0, 9))), origin);
    case "cast":
      return cast(first, signed, origin);
    case "reduce":
      return reduce(random.pick(["and", "or", "xor"] as const), first, origin);
    case "shift": {
      const amount = adapt(random, second, random.int(1, random.chance(0.1) ? 40 : 6), false);
      if (random.chance(0.5)) return shift("right", first, amount, first.width, origin);
      const shifted = random.pick([
        first.width,
        first.width + 2 ** Math.min(3, amount.width) - 1,
        random.int(1, limit),
      ]);
      return shift("left", first, amount, Math.min(limit, shifted), origin);
    }
    case "index-bits": {
      const index = adapt(random, second, random.int(1, random.chance(0.1) ? 40 : 4), false);
      const taken = random.chance(0.3) ? 1 : Math.min(width, limit);
      const stride = random.chance(0.5) ? taken : random.int(1, 9);
      const elements = random.chance(0.5) ? Array.from({ length: random.int(2, 6) }, operand) : [first];
      const parts = elements.map((element) => adapt(random, element, Math.min(9, stride), false));
      const joined = random.chance(0.5) ? concat(parts) : ofSign(first, false);
      return indexBits(joined.width > limit ? ofSign(first, false) : joined, index, stride, taken, origin);
    }
    case "memory-read": {
      if (memories.length === 0) return not(first, origin);
      const memory = random.pick(memories);
      const address = adapt(random, first, addressBits(memory.depth), false);
      return memoryRead(memory.id, address, memory.width, memory.signed, origin);
    }
  }
}

/** Bits that an address of a memory of that depth needs, at least 1. */
export function addressBits(depth: number): number {
  return Math.max(1, Math.ceil(Math.log2(depth)));
}
