import type { IndexBitsNode, Node, RegisterDefinition } from "../ir/index.ts";
import type { Uses } from "./uses.ts";

/** The registers of one vector, element 0 first, that are declared as one array: `reg [1:0] counters [0:31];`. */
export type RegisterArray = readonly RegisterDefinition[];

/** Vectors of fewer registers are written one by one. */
const fewest = 4;

/** Whether registers of one declaration are alike, and so many that an array says it better. */
export function mayBeArray(registers: RegisterArray): boolean {
  const [first] = registers;
  if (registers.length < fewest || first === undefined) return false;
  const base = first.name.replace(/_0$/, "");
  return registers.every(
    ({ name, node, reset, enumeration, attributes }, i) =>
      name === `${base}_${i}` &&
      node.width === first.node.width &&
      node.signed === first.node.signed &&
      reset === first.reset &&
      enumeration === undefined &&
      attributes === undefined,
  );
}

/** The arrays of a module, and the nodes that read one element of them by a signal. */
export class RegisterArrays {
  readonly #byFirst: ReadonlyMap<number, RegisterArray>;

  constructor(arrays: readonly RegisterArray[]) {
    this.#byFirst = new Map(arrays.map((array) => [array[0]!.node.id, array]));
  }

  get all(): readonly RegisterArray[] {
    return [...this.#byFirst.values()];
  }

  /** The array of which the node takes the element that a signal names; undefined for any other node. */
  readBy(node: Node): RegisterArray | undefined {
    if (this.#byFirst.size === 0 || node.kind !== "index-bits") return undefined;
    const array = this.#wholeOf(node.operand);
    const { width } = array?.[0]?.node ?? {};
    return node.stride === width && node.width === width ? array : undefined;
  }

  /** The arrays that something reads in another way than one element by a signal. */
  unfit(uses: Uses): RegisterArray[] {
    const readers = new Map<Node, number>();
    const registers = new Map<number, number>();
    for (const node of uses.nodes) {
      if (node.kind === "register") registers.set(node.id, (registers.get(node.id) ?? 0) + uses.countOf(node));
      if (this.readBy(node) === undefined) continue;
      const { operand } = node as IndexBitsNode;
      readers.set(operand, (readers.get(operand) ?? 0) + 1);
    }
    return this.all.filter((array) => {
      const wholes = [...readers.keys()].filter((whole) => this.#wholeOf(whole) === array);
      if (wholes.length === 0) return true;
      if (wholes.some((whole) => uses.countOf(whole) !== readers.get(whole))) return true;
      return array.some(({ node }) => registers.get(node.id) !== wholes.length);
    });
  }

  #wholeOf(node: Node): RegisterArray | undefined {
    if (node.kind !== "concat") return undefined;
    const ids = node.parts.map(registerId).reverse();
    const array = ids[0] === undefined ? undefined : this.#byFirst.get(ids[0]);
    return array?.length === ids.length && array.every((each, i) => each.node.id === ids[i]) ? array : undefined;
  }
}

function registerId(part: Node): number | undefined {
  const node = part.kind === "cast" ? part.operand : part;
  return node.kind === "register" ? node.id : undefined;
}
