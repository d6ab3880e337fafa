import type { EngineProbe } from "../engine.ts";
import { mostElements } from "../vcd.ts";
import { packElements } from "../vcd-pack.ts";
import type { FlatDesign, FlatName } from "./flat-design.ts";
import { instantiate, programFunctions } from "./generate-module.ts";
import { type ArrayNames, generateProgram, type Root, slotOfLoaded } from "./generate-program.ts";
import type { Layout, Slot } from "./layout.ts";

const viewArrays: ArrayNames = { words: "T", bigs: "U" };

/**
 * Makes probes for names of a design. What the simulation itself does not keep, wires above all, is computed by a
 * second set of generated functions when a probe is read; `isStale` says, once, that the state has changed since.
 */
export function makeProbes(
  names: readonly FlatName[],
  flat: FlatDesign,
  layout: Layout,
  words: Int32Array,
  bigs: readonly bigint[],
  isStale: () => boolean,
): EngineProbe[] {
  const taken = { words: 0, bigs: 0 };
  const roots: Root[] = [];
  const places = new Map<number, Slot>();
  for (const { elements } of names) {
    for (const cell of elements) {
      const { operands, wide } = flat.cells[cell]!;
      if (operands.length === 0 || places.has(cell)) continue;
      const slot = { wide, index: wide ? taken.bigs++ : taken.words++ };
      places.set(cell, slot);
      roots.push({ cell, slot });
    }
  }
  const program = generateProgram(flat, layout, roots, viewArrays, taken);
  const viewWords = new Int32Array(program.words);
  const viewBigs = new Array<bigint>(program.bigs).fill(0n);
  const source = [...programFunctions(program, "look"), "return { look };"].join("\n");
  const { look } = instantiate<{ look: () => void }>(source, { S: words, W: bigs, T: viewWords, U: viewBigs });

  const readCell = (id: number): number | bigint => {
    const { node, place, wide, max } = flat.cells[id]!;
    if (node.kind === "constant") return wide ? node.value : Number(node.value);
    const view = places.get(id);
    const slot = view ?? slotOfLoaded(layout, node.kind, place);
    if (wide) return (view === undefined ? bigs : viewBigs)[slot.index]!;
    const word = (view === undefined ? words : viewWords)[slot.index]!;
    return max >= 2 ** 31 ? word >>> 0 : word;
  };
  const refresh = (): void => {
    if (isStale()) look();
  };
  return names.flatMap((name) => [makeProbe(name, readCell, refresh), ...elementProbes(name, readCell, refresh)]);
}

/** The elements of a vector on their own, `lanes[2]`. */
function elementProbes(name: FlatName, readCell: (id: number) => number | bigint, refresh: () => void): EngineProbe[] {
  const { elements } = name;
  if (elements.length === 1 || elements.length > mostElements) return [];
  return elements.map((cell, i) =>
    makeProbe({ ...name, name: `${name.name}[${i}]`, elements: [cell] }, readCell, refresh),
  );
}

/** Probes for the words of the memories that are small enough to be looked at: `words[3]`. */
export function memoryProbes(
  flat: FlatDesign,
  layout: Layout,
  words: Int32Array,
  bigs: readonly bigint[],
): EngineProbe[] {
  return flat.memories.flatMap(({ scope, name, depth, width, signed }, memory) => {
    if (depth > mostElements) return [];
    const { wide, index } = layout.memories[memory]!;
    return Array.from({ length: depth }, (_, word): EngineProbe => {
      const at = index + word;
      const read = (): number | bigint => {
        if (wide) return bigs[at]!;
        return signed ? words[at]! : words[at]! >>> 0;
      };
      return { scope, name: `${name}[${word}]`, width, signed, read };
    });
  });
}

function makeProbe(name: FlatName, readCell: (id: number) => number | bigint, refresh: () => void): EngineProbe {
  const { scope, elements, width } = name;
  if (elements.length === 1) {
    const read = (): number | bigint => {
      refresh();
      const value = readCell(elements[0]!);
      return width > 32 ? BigInt(value) : value;
    };
    return { scope, name: name.name, width, signed: name.signed, enumeration: name.enumeration, read };
  }
  // A vector is shown packed, element 0 in the least significant bits.
  const total = width * elements.length;
  const read = (): number | bigint => {
    refresh();
    const packed = packElements(elements.map(readCell), width);
    return total > 32 ? packed : Number(packed);
  };
  return { scope, name: name.name, width: total, signed: false, read };
}
