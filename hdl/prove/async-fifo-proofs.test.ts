import { describe, expect, test } from "vitest";
import {
  assert,
  bit,
  clockDomain,
  inDomain,
  input,
  Module,
  output,
  register,
  Stream,
  stream,
  uint,
  when,
} from "../index.ts";
import { AsyncFifo, type AsyncFifoInside } from "../library/stream/async-fifo.ts";
import { prove } from "../prove.ts";

/**
 * Counts the items at both ends of an asynchronous FIFO and follows one that the inputs choose: the n-th that goes in is
 * the n-th that comes out. What else is stated says where the chosen item is meanwhile, which the proof needs for runs of
 * any length.
 */
class Followed extends AsyncFifo {
  readonly choose = input(bit);

  protected override observe({ push, pushed, popped, valid, data, words }: AsyncFifoInside): void {
    const { depth, width } = this.params;
    const indexBits = Math.log2(depth);
    // Twice what a queue of this depth and the register behind it hold, so that two counts are never mistaken.
    const count = uint(indexBits + 2);
    const sent = register(count, { reset: 0 });
    const following = register(bit, { reset: 0 });
    const place = register(count, { reset: 0 });
    const chosen = register(uint(width), { reset: 0 });
    when(push, () => {
      sent.next = sent.addWrap(1);
      when(this.choose.and(following.not()), () => {
        following.next = 1;
        place.next = sent;
        chosen.next = this.source.data;
      });
    });
    const out = valid.and(this.sink.ready);
    const { received, done } = inDomain(this.read, () => {
      const received = register(count, { reset: 0 });
      const done = register(bit, { reset: 0, crossing: "for the proof" });
      when(out, () => {
        received.next = received.addWrap(1);
        when(following.and(received.eq(place)), () => {
          done.next = 1;
        });
      });
      when(following.and(done.not()).and(received.eq(place)).and(out), () => {
        assert(data.eq(chosen), "the n-th item that comes out is the n-th that went in");
      });
      return { received, done };
    });
    const inside = sent.subWrap(received);
    const state = (): void => {
      assert(inside.le(depth + 1), "what came out went in before, and no more is inside than there is room for");
      assert(sent.truncate(indexBits + 1).eq(pushed), "the sender counts what went in");
      assert(
        received
          .addWrap(valid)
          .truncate(indexBits + 1)
          .eq(popped),
        "the receiver counts what came out",
      );
      when(following.and(done.not()), () => {
        assert(place.subWrap(received).lt(inside), "the chosen item is inside");
        when(valid.and(place.eq(received)), () => {
          assert(data.eq(chosen), "the chosen item is before the sink");
        }).otherwise(() => {
          assert(words.read(place.truncate(indexBits)).eq(chosen), "the chosen item is in the memory");
        });
      });
    };
    state();
    inDomain(this.read, state);
  }
}

describe("the asynchronous FIFO, for any order of the edges of its clocks and runs of any length", () => {
  test.each([
    { width: 1, depth: 2, stages: 2 },
    { width: 2, depth: 4, stages: 2 },
    { width: 1, depth: 4, stages: 3 },
    { width: 1, depth: 8, stages: 2 },
  ])(
    "keeps its rules, loses, doubles and reorders nothing: $depth items of $width bits, $stages stages",
    async (size) => {
      const report = await prove(new Followed(size), { induction: 3, depth: 4 });
      expect(report.properties.filter(({ status }) => status !== "proven").map(({ message }) => message)).toEqual([]);
      expect(report.assumptions).toEqual([
        "source: valid stays until the item is taken",
        "source: data stays until the item is taken",
      ]);
      const messages = report.properties.map(({ message }) => message);
      expect(messages).toContain("one bit of the Gray code of pushed changes at a time");
      expect(messages).toContain("sink: valid stays until the item is taken");
      expect(messages).toContain("the n-th item that comes out is the n-th that went in");
    },
  );
});

test("a design with such a queue inside is proven by the rules that the queue states of itself", async () => {
  class Bridge extends Module {
    readonly fast = clockDomain({ reset: "asynchronous" });
    readonly source = input(stream(uint(2)));
    readonly sink = output(stream(uint(2)), { domain: this.fast });
    build() {
      const queue = Stream.from(this.source).registered().asyncFifo({ depth: 4, to: this.fast });
      inDomain(this.fast, () => queue.into(this.sink));
    }
  }
  const report = await prove(new Bridge({}), { induction: 3, depth: 4 });
  expect(report.properties.filter(({ status }) => status !== "proven").map(({ message }) => message)).toEqual([]);
  expect(report.properties.some(({ kind, path }) => kind === "assume" && path.length === 2)).toBe(true);
});

test("its domains must be reset together: a reset of one alone is found, and shown", async () => {
  const fifo = new AsyncFifo({ width: 1, depth: 2, stages: 2 });
  const report = await prove(fifo, { resets: "any", induction: 0, depth: 6 });
  const failing = report.properties.find(({ message }) => message.startsWith("no more items are inside"))!;
  expect(failing.status).toBe("fails");
  expect(failing.trace!.resets!.slice(1).some((names) => names.length === 1)).toBe(true);
});
