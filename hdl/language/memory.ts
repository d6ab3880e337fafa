import { captureDeclaration, captureSource, type Source } from "../diagnostics/index.ts";
import {
  bitwise,
  constant,
  type MemoryWrite,
  memoryRead,
  mux,
  type Node,
  register as registerNode,
} from "../ir/index.ts";
import { bitWidth, type DataType, type ScalarType, uint } from "../types/index.ts";
import { domainId } from "./clock-domain.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { type MemoryDraft, type ModuleContext, requireContext } from "./context.ts";
import { declare } from "./declare.ts";
import { indexNode } from "./index-node.ts";
import type { UInt } from "./integers.ts";
import { writtenOver } from "./memory-collision.ts";
import {
  type MemoryContents,
  type MemoryOptions,
  type ReadOptions,
  type ReadUnderWrite,
  readUnderWriteRules,
  type WordInput,
  type WriteOptions,
} from "./memory-options.ts";
import { contentsOf, packedNode } from "./memory-word.ts";
import { checkType, type SignalOf, scalarSignal } from "./signal-of.ts";
import { unpack } from "./unpack.ts";
import { nodeOf, type Value } from "./value.ts";
import { conditionNode, enableNode } from "./when.ts";

/** The scalar that a word is kept as: itself, or the bits of a vector or bundle. */
function wordType(type: DataType): ScalarType {
  return type.kind === "uint" || type.kind === "sint" ? type : uint(bitWidth(type));
}

/** Words that are read and written by address. Made by `memory()` and `rom()`. */
export class Memory<T extends DataType> {
  readonly depth: number;
  readonly #type: T;
  readonly #word: ScalarType;
  readonly #draft: MemoryDraft;
  readonly #context: ModuleContext;
  readonly #collision: ReadUnderWrite;
  readonly #parts: number;

  constructor(
    type: T,
    depth: number,
    draft: MemoryDraft,
    context: ModuleContext,
    readUnderWrite: ReadUnderWrite,
    parts: number,
  ) {
    this.depth = depth;
    this.#type = type;
    this.#word = wordType(type);
    this.#draft = draft;
    this.#context = context;
    this.#collision = readUnderWrite;
    this.#parts = parts;
  }

  /** Where it was declared. @internal */
  get declaredAt(): Source {
    return this.#draft.source;
  }

  #checkHome(): ModuleContext {
    const context = requireContext("a memory access");
    if (context === this.#context) return context;
    context.report(
      "LS0302",
      `memory \`${this.#draft.base}\` belongs to ${this.#context.moduleName}, but is used in ${context.moduleName}`,
      "read and write it in its own module and pass values through ports",
      {
        signal: this.#draft.base,
        places: [{ source: captureSource() }, { source: this.#draft.source, note: "declared here" }],
      },
    );
    return context;
  }

  #address(address: UInt | Literal): Node {
    const { base, source } = this.#draft;
    const node = indexNode(address, this.depth, `the address of \`${base}\``);
    if (node.kind === "constant" && node.value >= BigInt(this.depth)) {
      requireContext("a memory access").report(
        "LS0104",
        `address ${node.value} of memory \`${base}\`, which has ${this.depth} words`,
        `words count from 0 to ${this.depth - 1}`,
        { signal: base, places: [{ source: captureSource() }, { source, note: "declared here" }] },
      );
    }
    return node;
  }

  #complain(message: string, hint: string): void {
    requireContext("a memory access").report("LS0307", message, hint, {
      signal: this.#draft.base,
      places: [{ source: captureSource() }, { source: this.#draft.source, note: "declared here" }],
    });
  }

  #signal(node: Node, context: ModuleContext): SignalOf<T> {
    const word = scalarSignal(this.#word, { kind: "node", node, context });
    return (this.#word === this.#type ? word : unpack(this.#type, word as UInt)) as SignalOf<T>;
  }

  /** The word at `address` as it was before this clock edge, without waiting for one. */
  read(address: UInt | Literal): SignalOf<T> {
    const context = this.#checkHome();
    const { width, kind } = this.#word;
    const at = this.#address(address);
    return this.#signal(memoryRead(this.#draft.id, at, width, kind === "sint", { source: captureSource() }), context);
  }

  /**
   * Reads at the clock edge: the result is the word at the address of the cycle before. Inside a `when` it reads only when
   * its condition holds; otherwise the result stays.
   */
  readSync(address: UInt | Literal, options: ReadOptions = {}): SignalOf<T> {
    const context = this.#checkHome();
    const { id, base } = this.#draft;
    const domain = domainId(options.domain);
    const at = this.#address(address);
    const collision = options.readUnderWrite ?? this.#collision;
    if (collision === "undefined") this.#draft.collision = "undefined";
    const given = options.enable === undefined ? undefined : conditionNode(options.enable, "a read's enable");
    const inside = enableNode(context);
    const enable = given && inside ? bitwise("and", given, inside) : (given ?? inside);
    const word = declare("register", this.#word, ({ target, source, path: _path, ...names }) => {
      const { width, signed } = target;
      const node = registerNode(context.registers.length, width, signed, { source });
      const next = (): Node => {
        const old = memoryRead(id, at, width, signed, { source });
        const writes = this.#draft.writes;
        if (collision === "new" && writes.some((write) => write.domain !== domain)) {
          context.report(
            "LS0307",
            `a read of \`${base}\` is to give what is written, but the word is written in another clock domain`,
            'there is no such order between two clocks: readUnderWrite "old" or "undefined"',
            { signal: base, places: [{ source }, { source: this.#draft.source, note: "declared here" }] },
          );
        }
        const read = collision === "new" ? writtenOver(old, at, writes, source) : old;
        return enable === undefined ? read : mux(enable, read, node, { source });
      };
      const rest = { reset: undefined, enable: undefined, crossing: undefined, domain };
      context.registers.push({ node, next, ...rest, target, source, ...names });
      return node;
    });
    return this.#signal(nodeOf(word as Value), context);
  }

  /** Writes `data` at the clock edge; inside a `when` only when its condition holds. */
  write(address: UInt | Literal, data: WordInput<T>, options: WriteOptions = {}): void {
    const context = this.#checkHome();
    const { base } = this.#draft;
    if (this.#draft.readOnly) {
      this.#complain(`\`${base}\` is a rom(), which nothing can be written to`, "declare a memory() with init");
    }
    let mask: Node | undefined;
    if (options.mask !== undefined) {
      if (this.#parts === 1) {
        this.#complain(
          `a write to \`${base}\` has a mask, but the memory has no granularity`,
          "say of how many bits its parts are: memory(type, depth, { granularity: 8 })",
        );
      } else mask = coerceTo(options.mask, this.#parts, false, `the mask of \`${base}\``);
    }
    this.#draft.writes.push({
      domain: domainId(options.domain),
      enable: enableNode(context) ?? constant(1n, 1, false),
      address: this.#address(address),
      data: packedNode(this.#type, data, `memory \`${base}\``),
      mask,
    });
  }
}

function declareMemory<T extends DataType>(
  what: "memory" | "rom",
  type: T,
  depth: number,
  options: MemoryOptions,
): Memory<T> {
  const context = requireContext(`${what}()`);
  const { source, name } = captureDeclaration(options, declareMemory, 1);
  const base = name ?? what;
  checkType({ kind: "vec", length: depth, element: type }, `${what} \`${base}\``);
  const { width, kind } = wordType(type);
  const { init, readUnderWrite = "old", granularity = width, crossing } = options;
  const complain = (message: string, hint: string): void =>
    context.report("LS0307", message, hint, { signal: base, places: [{ source, note: "declared here" }] });
  if (!readUnderWriteRules.includes(readUnderWrite)) {
    complain(
      `\`${base}\` has the order ${JSON.stringify(readUnderWrite)} of reading and writing`,
      `choose one for readUnderWrite: ${readUnderWriteRules.join(", ")}`,
    );
  }
  const divides = Number.isInteger(granularity) && granularity >= 1 && width % granularity === 0;
  if (!divides) {
    complain(
      `\`${base}\` has words of ${width} bits, which parts of ${granularity} do not divide`,
      `choose a divisor of ${width} for the granularity`,
    );
  }
  if (init !== undefined && init.length > depth) {
    complain(
      `\`${base}\` has ${init.length} initial words for a depth of ${depth}`,
      "give at most as many words as the memory has",
    );
  }
  const draft: MemoryDraft = {
    id: context.memories.length,
    base,
    group: context.nextGroup(),
    depth,
    width,
    signed: kind === "sint",
    writes: [] as (MemoryWrite & { domain: number })[],
    init: init === undefined ? undefined : contentsOf(type, init, depth, `\`${base}\``),
    readOnly: what === "rom",
    crossing,
    source,
  };
  context.memories.push(draft);
  return new Memory(type, depth, draft, context, readUnderWrite, divides ? width / granularity : 1);
}

/**
 * Declares a memory of `depth` words of a type. Reads are asynchronous (`read`) or clocked (`readSync`), writes clocked;
 * there may be several of each.
 */
export function memory<T extends DataType>(type: T, depth: number, options: MemoryOptions = {}): Memory<T> {
  return declareMemory("memory", type, depth, options);
}

/** Declares a memory that is only read, with its contents; as deep as there are words. */
export function rom<T extends DataType>(
  type: T,
  contents: MemoryContents,
  options: Pick<MemoryOptions, "name"> = {},
): Omit<Memory<T>, "write"> {
  return declareMemory("rom", type, contents.length, { ...options, init: contents });
}
