import { expect, test } from "vitest";
import { assert, input, Module, output, register, type UInt, when } from "../language/index.ts";
import { Fifo, Stream, stream } from "../library/index.ts";
import { prove } from "../prove.ts";
import { bit, uint, vec } from "../types/index.ts";

/** One step between two ports, whose rules are stated where the stream enters and leaves. */
class Step extends Module<{ step: (items: Stream<UInt<2>>) => Stream<UInt<2>> }> {
  readonly source = input(stream(uint(2)));
  readonly sink = output(stream(uint(2)));
  build(): void {
    this.params.step(Stream.from(this.source)).into(this.sink);
  }
}

/**
 * Follows one item that the inputs choose through a queue of one kind or another: while it is inside, the items before it
 * are counted, and it must come out when they have.
 */
class Followed extends Module<{ step: (items: Stream<UInt<2>>) => Stream<UInt<2>>; most: number }> {
  readonly source = input(stream(uint(2)));
  readonly sink = output(stream(uint(2)));
  readonly choose = input(bit);

  build(): void {
    const arriving = Stream.from(this.source);
    const entering = arriving.fires;
    const item = arriving.data;
    const leaving = this.params.step(arriving);
    const out = leaving.fires;
    const value = leaving.data;
    const inside = register(uint(3), { reset: 0 });
    const following = register(bit, { reset: 0 });
    const ahead = register(uint(3), { reset: 0 });
    const chosen = register(uint(2), { reset: 0 });
    // With nothing inside, an item may go out in the cycle in which it comes in.
    const through = inside.eq(0).and(entering).and(out);
    const start = entering.and(this.choose).and(following.not()).and(through.not());
    when(through, () => {
      assert(value.eq(item), "what goes straight through is unchanged");
    });
    inside.next = inside.addWrap(entering.extend(3)).subWrap(out.extend(3));
    when(start, () => {
      following.next = 1;
      chosen.next = item;
      ahead.next = inside.subWrap(out.extend(3));
    }).elsewhen(following.and(out), () => {
      when(ahead.eq(0), () => {
        following.next = 0;
      }).otherwise(() => {
        ahead.next = ahead.subWrap(1);
      });
    });
    assert(inside.le(this.params.most), "no more items are inside than there is room for");
    when(following.and(ahead.eq(0)).and(out), () => {
      assert(value.eq(chosen), "the item that went in comes out in its turn");
    });
    leaving.into(this.sink);
  }
}

const steps: Readonly<Record<string, (items: Stream<UInt<2>>) => Stream<UInt<2>>>> = {
  "a forward slice": (items) => items.registered("forward"),
  "a backward slice": (items) => items.skid(),
  "a full slice": (items) => items.registered("full"),
  "a FIFO of one": (items) => items.fifo(1),
};

test.each(Object.entries(steps))("%s keeps the rules of streams, in every run", async (_name, step) => {
  const result = await prove(new Step({ step }), { covers: false });
  expect(result.properties.map(({ status }) => status)).toEqual(result.properties.map(() => "proven"));
  expect(result.properties.length).toBeGreaterThanOrEqual(2);
});

test.each([1, 2, 3, 4])("a FIFO of %i keeps its own rules, in every run", async (depth) => {
  const result = await prove(new Fifo({ width: 1, depth }), { depth: 4, induction: 2, covers: false });
  expect(result.proven).toBe(true);
});

test.each([...Object.entries(steps), ["a FIFO of two", (items: Stream<UInt<2>>) => items.fifo(2)] as const])(
  "%s loses, doubles and reorders nothing: every run of 10 cycles",
  async (_name, step) => {
    const result = await prove(new Followed({ step, most: 3 }), { depth: 10, induction: 0, covers: false });
    expect(result.properties.map(({ status }) => status)).not.toContain("fails");
    expect(result.properties.every(({ status }) => status === "holds" || status === "proven")).toBe(true);
  },
);

/** Several streams that become one, each through a step of its own first. */
class Arbitrated extends Module<{
  sources: number;
  policy: "priority" | "round-robin";
  step?: (items: Stream<UInt<2>>) => Stream<UInt<2>>;
}> {
  readonly sources = input(vec(this.params.sources, stream(uint(2))));
  readonly sink = output(stream(uint(2)));
  build(): void {
    const { step = (items) => items, policy } = this.params;
    Stream.arbitrate(
      this.sources.map((source) => step(Stream.from(source))),
      policy,
    ).into(this.sink);
  }
}

const policies = ["priority", "round-robin"] as const;
test.each(policies.flatMap((policy) => [1, 2, 3, 4].map((sources) => ({ policy, sources }))))(
  "$sources streams by $policy: the rules are kept behind the arbiter, in every run",
  async (params) => {
    const result = await prove(new Arbitrated(params), { depth: 4, induction: 2, covers: false });
    expect(result.properties.map(({ status }) => status)).toEqual(result.properties.map(() => "proven"));
    expect(result.properties.filter(({ message }) => message.startsWith("a sent stream"))).toHaveLength(2);
  },
);

test.each(policies)("streams out of FIFOs by %s: the rules are kept, in every run", async (policy) => {
  const step = (items: Stream<UInt<2>>): Stream<UInt<2>> => items.fifo(2);
  const result = await prove(new Arbitrated({ sources: 2, policy, step }), { depth: 4, induction: 2, covers: false });
  expect(result.proven).toBe(true);
});

test("a stage that drops an item is found", async () => {
  const forgetful = (items: Stream<UInt<2>>): Stream<UInt<2>> => items.filter((item) => item.ne(3)).fifo(2);
  const result = await prove(new Followed({ step: forgetful, most: 3 }), { depth: 8, induction: 0, covers: false });
  expect(result.properties.some(({ status }) => status === "fails")).toBe(true);
});
