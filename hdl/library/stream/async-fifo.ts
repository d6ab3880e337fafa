import {
  type ClockDomain,
  cat,
  clockDomain,
  inDomain,
  input,
  instance,
  type Memory,
  Module,
  memory,
  output,
  pack,
  register,
  type UInt,
  unpack,
  when,
} from "../../language/index.ts";
import { bit, bitWidth, type DataType, type UIntType, uint } from "../../types/index.ts";
import { fromGray, toGray } from "../gray.ts";
import { synchronisedStages } from "../synchronise.ts";
import { assertCounts } from "./async-fifo-counts.ts";
import { type Handshake, handshake, stream } from "./handshake.ts";
import { assertStream, assumeStream } from "./protocol.ts";

/** Options of a queue between clock domains. */
export interface AsyncFifoOptions {
  /** Items that it holds: a power of two, 2 or more. */
  readonly depth: number;
  /** The domain in which the items come out. */
  readonly to: ClockDomain;
  /** Registers of each synchroniser, 2 unless told. */
  readonly stages?: number;
}

/** Parameters of `AsyncFifo`. */
export interface AsyncFifoParameters {
  readonly width: number;
  readonly depth: number;
  readonly stages: number;
}

/** What there is inside an asynchronous FIFO. @internal */
export interface AsyncFifoInside {
  /** 1 where an item goes in. */
  readonly push: UInt<1>;
  /** Items put in so far, modulo twice the depth. */
  readonly pushed: UInt;
  /** 1 where an item goes from the memory into the register before the sink. */
  readonly take: UInt<1>;
  /** Items that have gone there so far. */
  readonly popped: UInt;
  /** The register before the sink. */
  readonly valid: UInt<1>;
  readonly data: UInt;
  readonly words: Memory<UIntType>;
}

/**
 * A queue from one clock domain into another. Each side counts in Gray code, of which one bit changes at a time, so that
 * the other side, which sees the count through synchronisers, sees the old or the new one and nothing else. A side may
 * think the queue fuller (the sender) or emptier (the receiver) than it is, never the other way round. The domains must
 * be reset together.
 */
export class AsyncFifo extends Module<AsyncFifoParameters> {
  /** The receiver's clock; the sender's is the default one. */
  readonly read = clockDomain();
  readonly source = input(stream(uint(this.params.width)));
  readonly sink = output(stream(uint(this.params.width)), { domain: this.read });

  override get moduleName(): string {
    return `AsyncFifo_w${this.params.width}_d${this.params.depth}_s${this.params.stages}`;
  }

  build() {
    const { width, depth, stages } = this.params;
    const { read } = this;
    const indexBits = Math.log2(depth);
    this.require(Number.isInteger(indexBits) && indexBits >= 1, "an asynchronous FIFO needs a depth of 2, 4, 8, …");
    const words = memory(uint(width), depth);
    // One bit more than the index: a full queue and an empty one differ in it.
    const counter = uint(indexBits + 1);

    const pushed = register(counter, { reset: 0 });
    const pushedGray = register(counter, { reset: 0 });
    const popped = inDomain(read, () => register(counter, { reset: 0 }));
    const poppedGray = inDomain(read, () => register(counter, { reset: 0 }));
    const across = (gray: UInt): UInt[] => {
      const bits = Array.from({ length: gray.width }, (_, i) => synchronisedStages(gray.bit(i), { stages, reset: 0 }));
      return Array.from({ length: stages }, (_, stage) => fromGray(cat(...bits.map((row) => row[stage]!).reverse())));
    };

    const poppedOnTheWay = across(poppedGray);
    const pushedOnTheWay = inDomain(read, () => across(pushedGray));
    const poppedSeen = poppedOnTheWay.at(-1)!;
    const ready = pushed.subWrap(poppedSeen).ne(depth);
    const push = this.source.valid.and(ready);
    this.source.ready.value = ready;
    assumeStream("source", { valid: this.source.valid, ready, data: this.source.data });
    assertCounts({ depth, read, pushed, pushedGray, popped, poppedGray, pushedOnTheWay, poppedOnTheWay });
    when(push, () => {
      words.write(pushed.truncate(indexBits), this.source.data);
      pushed.next = pushed.addWrap(1);
      pushedGray.next = toGray(pushed.addWrap(1));
    });

    const { take, valid, data } = inDomain(read, () => {
      const waiting = pushedOnTheWay.at(-1)!.ne(popped);
      const valid = register(bit, { reset: 0 });
      const take = waiting.and(valid.not().or(this.sink.ready));
      const data = register(uint(width), {
        enable: take,
        noReset: "means something while valid is 1",
        crossing: "the word was written before its count came through the synchroniser",
      });
      data.next = words.read(popped.truncate(indexBits));
      when(take, () => {
        valid.next = 1;
        popped.next = popped.addWrap(1);
        poppedGray.next = toGray(popped.addWrap(1));
      }).elsewhen(this.sink.ready, () => {
        valid.next = 0;
      });
      this.sink.value = { valid, data };
      assertStream("sink", { valid, ready: this.sink.ready, data });
      return { take, valid, data };
    });
    this.observe({ push, pushed, take, popped, valid, data, words });
  }

  /** For a class that states more about the inside. @internal */
  protected observe(_inside: AsyncFifoInside): void {}
}

/** Sends a stream through an `AsyncFifo`. */
export function asyncFifo<T extends DataType>(
  source: Handshake<T>,
  { depth, to, stages = 2 }: AsyncFifoOptions,
): Handshake<T> {
  const queue = instance(new AsyncFifo({ width: bitWidth(source.type), depth, stages }), { domains: { read: to } });
  queue.source.value = { valid: source.valid, data: pack(source.data as never) };
  source.ready.value = queue.source.ready;
  const next = handshake(source.type, queue.sink.valid, unpack(source.type, queue.sink.data));
  queue.sink.ready.value = next.ready;
  return next;
}
