import { domainId, inDomainNumber } from "../../language/clock-domain.ts";
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
import { portDomain } from "../../language/port-domain.ts";
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
 * takes the name of the `const` at the caller. A stream that comes from a port with a clock domain, or from a queue into
 * one, stays in that domain: what the steps add, the statements of its rules too, is clocked there.
 */
export class Stream<S = unknown> {
  readonly #link: Link;
  /** The clock domain's number in the module being built; the present one wherever it goes when it is not known. */
  readonly #domain: number | undefined;
  declare private readonly item: S;

  private constructor(link: Link, domain: number | undefined) {
    this.#link = link;
    this.#domain = domain;
  }

  /** The stream that a step makes of this one. */
  #step<R>(make: (link: Link) => Link): Stream<R> {
    return new Stream(
      inDomainNumber(this.#domain, () => make(this.#link)),
      this.#domain,
    );
  }

  #steps(make: (link: Link) => readonly Link[]): Stream<S>[] {
    const links = inDomainNumber(this.#domain, () => make(this.#link));
    return links.map((link) => new Stream(link, this.#domain));
  }

  /** The items that arrive at a port of this module, or leave a child. Relies on the sender to keep the rules. */
  static from<P extends StreamPort>(port: P, options: StreamOptions = {}): Stream<P["data"]> {
    const { valid, ready, data } = port;
    const link = handshake(typeOf(data) as DataType, valid, data as never);
    ready.value = link.ready;
    const domain = portDomain(valid);
    const { check = "a received stream" } = options;
    if (check !== false) inDomainNumber(domain, () => assumeStream(check, link));
    return new Stream(link, domain);
  }

  /** A stream made of signals: `ready` of the result says when an item is taken. A record of signals is a bundle. */
  static of<S>(valid: UInt<1>, data: S & Typed<S>): Stream<Bundled<S>> {
    const item = bundled(data, "an item of Stream.of()");
    return new Stream(handshake(typeOf(item) as DataType, valid, item as never), undefined);
  }

  /** Items of several streams together, one of each: `Stream.join([a, b], (x, y) => x.add(y))`. */
  static join<const V extends readonly Stream[], R>(
    streams: V,
    merge: (...items: ItemsOf<V>) => R,
  ): Stream<Bundled<R>> {
    const links = streams.map((stream) => stream.#link);
    const domain = domainOfAny(streams.map((stream) => stream.#domain));
    const joined = inDomainNumber(domain, () => {
      const items = links.map(({ data }) => data) as unknown as ItemsOf<V>;
      const merged = bundled(merge(...items), "an item of Stream.join()");
      return join(links, typeOf(merged) as DataType, () => merged as never);
    });
    return new Stream(joined, domain);
  }

  /** Items of several streams one after the other, by priority (the first stream first) or each in turn. */
  static arbitrate<S>(streams: readonly Stream<S>[], policy: ArbitrationPolicy = "round-robin"): Stream<S> {
    const links = streams.map((stream) => stream.#link);
    const domain = domainOfAny(streams.map((stream) => stream.#domain));
    return new Stream(
      inDomainNumber(domain, () => arbitrate(links, policy)),
      domain,
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
    return this.#step(({ valid, ready }) => {
      const made = bundled(compute(this.data), "an item of map()");
      return { type: typeOf(made) as DataType, valid, ready, data: made as never };
    });
  }

  /** Only the items for which `keep` gives 1; the others are taken and dropped. */
  filter(keep: (item: S) => UInt<1>): Stream<S> {
    return this.#step(({ type, valid, ready, data }) => {
      const kept = keep(this.data);
      const next = handshake(type, valid.and(kept), data);
      ready.value = next.ready.or(kept.not());
      return next;
    });
  }

  /** Items wait while `condition` is 0. It must not fall while an offered item waits. */
  waitFor(condition: Condition): Stream<S> {
    return this.#step(({ type, valid, ready, data }) => {
      const open = condition as UInt<1>;
      const next = handshake(type, valid.and(open), data);
      ready.value = next.ready.and(open);
      return next;
    });
  }

  /** A register slice; `"full"` cuts every path between the two sides. */
  registered(kind: SliceKind = "forward"): Stream<S> {
    return this.#step({ forward: forwardSlice, backward: backwardSlice, full: fullSlice }[kind]);
  }

  /** A skid buffer: `ready` comes from a register, and nothing is delayed while nobody waits. */
  skid(): Stream<S> {
    return this.#step(backwardSlice);
  }

  /** A queue of `depth` items. */
  fifo(depth: number): Stream<S> {
    return this.#step((link) => fifo(link, depth));
  }

  /** A queue into another clock domain, in which the stream goes on. */
  asyncFifo(options: AsyncFifoOptions): Stream<S> {
    const queue = inDomainNumber(this.#domain, () => asyncFifo(this.#link, options));
    return new Stream(queue, domainId(options.to));
  }

  /** The same items for each of `count` receivers, which take them at their own time. */
  fork(count: number): Stream<S>[] {
    return this.#steps((link) => fork(link, count));
  }

  /** Each item for the one of `count` receivers that `select` names for it; without such a receiver it is dropped. */
  route(count: number, select: (item: S) => UInt): Stream<S>[] {
    return this.#steps((link) => route(link, select(this.data), count));
  }

  /** Vectors of `count` items, the first as element 0. */
  widen(count: number): Stream<Vec<S>> {
    return this.#step((link) => widen(link, count));
  }

  /** The elements of vectors one by one, element 0 first. */
  narrow(): Stream<S extends Vec<infer E> ? E : never> {
    return this.#step((link) => narrow(link as Handshake<never>));
  }

  /** Sends the items to a port of this module or of a child. States that the rules are kept. */
  into<P extends StreamPort>(port: P & Takes<P, S>, options: StreamOptions = {}): void {
    const { valid, data, ready } = this.#link;
    ready.value = port.ready;
    (port as unknown as Bundle & { value: unknown }).value = { valid, data };
    const { check = "a sent stream" } = options;
    if (check === false) return;
    inDomainNumber(this.#domain ?? portDomain(port.valid), () => assertStream(check, this.#link));
  }
}

/** The domain of streams that come together: crossings are told of elsewhere. */
function domainOfAny(domains: readonly (number | undefined)[]): number | undefined {
  return domains.find((domain) => domain !== undefined);
}

/** Says in the editor when the items of a stream do not fit a port. */
type Takes<P extends StreamPort, S> =
  S extends Fitting<P["data"]> ? unknown : "the items of the stream do not fit the port";

/** The items of streams, in their order. */
type ItemsOf<V extends readonly Stream[]> = { [K in keyof V]: V[K] extends Stream<infer S> ? S : never };
