import type { Source } from "../diagnostics/index.ts";
import { bitwise, cast, compare, concat, type MemoryWrite, mux, type Node, sameNode, slice } from "../ir/index.ts";

/**
 * The word `old`, read at `address`, with what the writes of this clock edge make of it; the last write wins. In the form
 * that synthesis knows for a memory with bypass: one multiplexer for each part of the word and write.
 */
export function writtenOver(old: Node, address: Node, writes: readonly MemoryWrite[], source: Source): Node {
  let word = old;
  for (const write of writes) {
    const hit = hitOf(address, write, source);
    word =
      write.mask === undefined
        ? mux(hit, write.data, word, { source })
        : joined(word, write.data, write.mask, hit, source);
  }
  return word;
}

/** 1 when the write changes the word at `address`. A port that reads and writes by one address needs no comparison. */
function hitOf(address: Node, write: MemoryWrite, source: Source): Node {
  if (sameNode(address, write.address)) return write.enable;
  const same = compare("eq", address, write.address, { source });
  return isAlways(write.enable) ? same : bitwise("and", write.enable, same, { source });
}

function isAlways(node: Node): boolean {
  return node.kind === "constant" && node.value === 1n;
}

/** The parts of `data` whose bit of the mask is 1, when the write hits; the others of `word`. */
function joined(word: Node, data: Node, mask: Node, hit: Node, source: Source): Node {
  const size = word.width / mask.width;
  const part = (node: Node, i: number): Node =>
    size === node.width ? node : slice(node, (i + 1) * size - 1, i * size, { source });
  const parts = Array.from({ length: mask.width }, (_, i) => {
    const chosen = mask.width === 1 ? mask : slice(mask, i, i, { source });
    return mux(bitwise("and", hit, chosen, { source }), part(data, i), part(word, i), { source });
  });
  const all = parts.length === 1 ? parts[0]! : concat(parts.reverse(), { source });
  return all.signed === word.signed ? all : cast(all, word.signed, { source });
}
