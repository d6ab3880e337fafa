import {
  type Bundle,
  type Bundled,
  bundled,
  type Condition,
  type Fitting,
  type Typed,
  typeOf,
  type UInt,
  type Vec,
} from "../../language/index.ts";
import type { DataType } from "../../types/index.ts";
import { type ArbitrationPolicy, arbitrate } from "./arbitrate.ts";
import { type AsyncFifoOptions, asyncFifo } from "./async-fifo.ts";
import { fifo } from "./fifo.ts";
import { fires, type Handshake, handshake } from "./handshake.ts";
import { assertStream, assumeStream } from "./protocol.ts";
import { backwardSlice, forwardSlice, fullSlice } from "./slices.ts";
import { fork, join, route } from "./split-join.ts";
import { narrow, widen } from "./width.ts";

/** The signals of a stream's port. */
export interface StreamPort {
  readonly valid: UInt<1>;
  readonly ready: UInt<1>;
  readonly data: unknown;
}

/** A link whose items have a type that only the elaboration knows. */
type Link = Handshake<DataType>;

/** Whether the rules of streams are stated where a stream enters or leaves. */
export interface StreamOptions {
  /** The name in the messages of the assertions; `false` states none. */
  readonly check?: string | false;
}

/** How a stream is registered: `valid` and `data`, or `ready`, or both. */
export type SliceKind = "forward" | "backward" | "full";

/**
 * A stream of items with backpressure, as a value: `Stream.from(this.source).map(f).skid().into(this.sink)`. Each step
 * takes the stream before it, so a stream has one reader; `fork` makes several. What a step adds (registers, a FIFO)
 * takes the name of the `const` at the caller.
 */
export class Stream<S = unknown> {
  readonly #link: Link;
  declare private readonly item: S;

  private constructor(link: Link) {
    this.#link = link;
  }

  /** The items that arrive at a port of this module, or leave a child. Relies on the sender to keep the rules. */
  static from<P extends StreamPort>(port: P, options: StreamOptions = {}): Stream<P["data"]> {
    const { valid, ready, data } = port;
    const link = handshake(typeOf(data) as DataType, valid, data as never);
    ready.value = link.ready;
    if (options.check !== false) assumeStream(options.check ?? "a received stream", link);
    return new Stream(link);
  }

  /** A stream made of signals: `ready` of the result says when an item is taken. A record of signals is a bundle. */
  static of<S>(valid: UInt<1>, data: S & Typed<S>): Stream<Bundled<S>> {
    const item = bundled(data, "an item of Stream.of()");
    return new Stream(handshake(typeOf(item) as DataType, valid, item as never));
  }

  /** Items of several streams together, one of each: `Stream.join([a, b], (x, y) => x.add(y))`. */
  static join<const V extends readonly Stream[], R>(
    streams: V,
    merge: (...items: ItemsOf<V>) => R,
  ): Stream<Bundled<R>> {
    const links = streams.map((stream) => stream.#link);
    const items = links.map(({ data }) => data) as unknown as ItemsOf<V>;
    const merged = bundled(merge(...items), "an item of Stream.join()");
    return new Stream(join(links, typeOf(merged) as DataType, () => merged as never));
  }

  /** Items of several streams one after the other, by priority (the first stream first) or each in turn. */
  static arbitrate<S>(streams: readonly Stream<S>[], policy: ArbitrationPolicy = "round-robin"): Stream<S> {
    return new Stream(
      arbitrate(
        streams.map((stream) => stream.#link),
        policy,
      ),
    );
  }

  /** 1 while an item is offered. */
  get valid(): UInt<1> {
    return this.#link.valid;
  }

  /** 1 while the receiver takes items. */
  get ready(): UInt<1> {
    return this.#link.ready;
  }

  /** The item; means something while `valid` is 1. */
  get data(): S {
    return this.#link.data as S;
  }

  /** 1 in a cycle in which an item moves. */
  get fires(): UInt<1> {
    return fires(this.#link);
  }

  /** Each item as a combinational function makes it; a record of signals is a bundle, an array of them a vector. */
  map<R>(compute: (item: S) => R & Typed<R>): Stream<Bundled<R>> {
    const { valid, ready } = this.#link;
    const made = bundled(compute(this.data), "an item of map()");
    return new Stream({ type: typeOf(made) as DataType, valid, ready, data: made as never });
  }

  /** Only the items for which `keep` gives 1; the others are taken and dropped. */
  filter(keep: (item: S) => UInt<1>): Stream<S> {
    const { type, valid, ready, data } = this.#link;
    const kept = keep(this.data);
    const next = handshake(type, valid.and(kept), data);
    ready.value = next.ready.or(kept.not());
    return new Stream(next);
  }

  /** Items wait while `condition` is 0. It must not fall while an offered item waits. */
  waitFor(condition: Condition): Stream<S> {
    const { type, valid, ready, data } = this.#link;
    const open = condition as UInt<1>;
    const next = handshake(type, valid.and(open), data);
    ready.value = next.ready.and(open);
    return new Stream(next);
  }

  /** A register slice; `"full"` cuts every path between the two sides. */
  registered(kind: SliceKind = "forward"): Stream<S> {
    const slice = { forward: forwardSlice, backward: backwardSlice, full: fullSlice }[kind];
    return new Stream(slice(this.#link));
  }

  /** A skid buffer: `ready` comes from a register, and nothing is delayed while nobody waits. */
  skid(): Stream<S> {
    return new Stream(backwardSlice(this.#link));
  }

  /** A queue of `depth` items. */
  fifo(depth: number): Stream<S> {
    return new Stream(fifo(this.#link, depth));
  }

  /** A queue into another clock domain. */
  asyncFifo(options: AsyncFifoOptions): Stream<S> {
    return new Stream(asyncFifo(this.#link, options));
  }

  /** The same items for each of `count` receivers, which take them at their own time. */
  fork(count: number): Stream<S>[] {
    return fork(this.#link, count).map((link) => new Stream(link));
  }

  /** Each item for the one of `count` receivers that `select` names for it; without such a receiver it is dropped. */
  route(count: number, select: (item: S) => UInt): Stream<S>[] {
    return route(this.#link, select(this.data), count).map((link) => new Stream(link));
  }

  /** Vectors of `count` items, the first as element 0. */
  widen(count: number): Stream<Vec<S>> {
    return new Stream(widen(this.#link, count));
  }

  /** The elements of vectors one by one, element 0 first. */
  narrow(): Stream<S extends Vec<infer E> ? E : never> {
    return new Stream(narrow(this.#link as Handshake<never>));
  }

  /** Sends the items to a port of this module or of a child. States that the rules are kept. */
  into<P extends StreamPort>(port: P & Takes<P, S>, options: StreamOptions = {}): void {
    const { valid, data, ready } = this.#link;
    ready.value = port.ready;
    (port as unknown as Bundle & { value: unknown }).value = { valid, data };
    if (options.check !== false) assertStream(options.check ?? "a sent stream", this.#link);
  }
}

/** Says in the editor when the items of a stream do not fit a port. */
type Takes<P extends StreamPort, S> =
  S extends Fitting<P["data"]> ? unknown : "the items of the stream do not fit the port";

/** The items of streams, in their order. */
type ItemsOf<V extends readonly Stream[]> = { [K in keyof V]: V[K] extends Stream<infer S> ? S : never };
