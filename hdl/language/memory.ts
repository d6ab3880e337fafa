import { captureSource, type Source } from "../diagnostics/index.ts";
import { constant, memoryRead } from "../ir/index.ts";
import type { ScalarType } from "../types/index.ts";
import { coerceTo, type Literal } from "./coerce.ts";
import { type MemoryDraft, type ModuleContext, requireContext } from "./context.ts";
import { indexWidth, type UInt } from "./integers.ts";
import { checkedLeaves, type SignalOf, scalarSignal } from "./signal-of.ts";
import { enableNode } from "./when.ts";

/** A memory of `depth` words with asynchronous reads and clocked writes; contents are unknown until written. */
export class Memory<T extends ScalarType> {
  readonly depth: number;
  readonly #type: T;
  readonly #draft: MemoryDraft;
  readonly #context: ModuleContext;

  constructor(type: T, depth: number, draft: MemoryDraft, context: ModuleContext) {
    this.depth = depth;
    this.#type = type;
    this.#draft = draft;
    this.#context = context;
  }

  /** Where it was declared. @internal */
  get declaredAt(): Source {
    return this.#draft.source;
  }

  #checkHome(): void {
    const context = requireContext("a memory access");
    if (context === this.#context) return;
    context.report(
      "LS0302",
      `memory \`${this.#draft.base}\` belongs to ${this.#context.moduleName}, but is used in ${context.moduleName}`,
      "read and write it in its own module and pass values through ports",
      {
        signal: this.#draft.base,
        places: [{ source: captureSource() }, { source: this.#draft.source, note: "declared here" }],
      },
    );
  }

  #address(address: UInt | Literal) {
    return coerceTo(address, indexWidth(this.depth), false, `the address of \`${this.#draft.base}\``);
  }

  /** The word at `address` as it was before this clock edge. */
  read(address: UInt | Literal): SignalOf<T> {
    this.#checkHome();
    const { width } = this.#type;
    const signed = this.#type.kind === "sint";
    const node = memoryRead(this.#draft.id, this.#address(address), width, signed, { source: captureSource() });
    return scalarSignal(this.#type, { kind: "node", node, context: requireContext("read()") }) as SignalOf<T>;
  }

  /** Writes `data` at the clock edge; inside a `when` only when its condition holds. */
  write(address: UInt | Literal, data: SignalOf<T> | Literal): void {
    this.#checkHome();
    const context = requireContext("write()");
    const { width } = this.#type;
    const signed = this.#type.kind === "sint";
    this.#draft.writes.push({
      domain: context.domain,
      enable: enableNode(context) ?? constant(1n, 1, false),
      address: this.#address(address),
      data: coerceTo(data as UInt | Literal, width, signed, `memory \`${this.#draft.base}\``),
    });
  }
}

/** Declares a memory of `depth` words of a scalar type. */
export function memory<T extends ScalarType>(type: T, depth: number): Memory<T> {
  const context = requireContext("memory()");
  const source = captureSource();
  const base = source.name ?? "memory";
  checkedLeaves({ kind: "vec", length: depth, element: type }, `memory \`${base}\``);
  const draft: MemoryDraft = {
    id: context.memories.length,
    base,
    group: context.nextGroup(),
    depth,
    width: type.width,
    signed: type.kind === "sint",
    writes: [],
    source,
  };
  context.memories.push(draft);
  return new Memory(type, depth, draft, context);
}
