import { expect, test } from "vitest";
import { inspect } from "../elaborate.ts";
import { simulate } from "../simulate.ts";
import { bit, bundle, flipped, uint, vec } from "../types/index.ts";
import { type BundleSignal, connect, input, Module, output, register, type UInt, type Vec, when } from "./index.ts";

const fields = { kind: uint(2), words: vec(3, uint(4)) };
const Item = bundle(fields);

interface Signals {
  readonly go: UInt<1>;
  readonly item: BundleSignal<typeof fields>;
  readonly y: BundleSignal<typeof fields>;
  readonly list: Vec<UInt<4>>;
  readonly kept: BundleSignal<typeof fields>;
}

/** Outputs and a register, and statements that drive them. */
class Overrides extends Module<{ body: (signals: Signals) => void }> {
  readonly go = input(bit);
  readonly item = input(Item);
  readonly y = output(Item);
  readonly list = output(vec(3, uint(4)));
  readonly z = output(Item);
  build() {
    const { go, item, y, list } = this;
    const kept = register(Item);
    this.params.body({ go, item, y, list, kept });
    this.z.value = kept;
  }
}

function parts({ go, item, y, list, kept }: Signals): void {
  y.value = item;
  y.kind.value = 3;
  y.words.at(1).value = 7;
  list.value = [1, item.words.at(1), 3];
  list.at(0).value = 4;
  list.at(2).bit(0).value = 0;
  kept.next = item;
  kept.words.next = [9, 8, 7];
  kept.words.at(0).next = 5;
  when(go, () => {
    y.value = { kind: 1, words: [1, 1, 1] };
    y.words.at(2).value = 2;
  });
}

const told = (body: (signals: Signals) => void): string[] =>
  inspect(new Overrides({ body })).diagnostics.map(({ code, signal }) => `${code} ${signal}`);

test("a part overrides the bundle or vector that was assigned before", async () => {
  expect(told(parts)).toEqual([]);
  const bench = await simulate(new Overrides({ body: parts }));
  bench.in.item = { kind: 0, words: [4, 5, 6] };
  bench.in.go = 0;
  expect(bench.out.y).toEqual({ kind: 3, words: [4, 7, 6] });
  expect(bench.out.list).toEqual([4, 5, 2]);
  bench.step();
  expect(bench.out.z).toEqual({ kind: 0, words: [5, 8, 7] });
  bench.in.go = 1;
  expect(bench.out.y).toEqual({ kind: 1, words: [1, 1, 2] });
  bench.close();
});

test.each<[string, (signals: Signals) => void, string[]]>([
  [
    "the whole behind a part",
    ({ list }) => {
      list.at(1).value = 2;
      list.value = [1, 2, 3];
    },
    ["LS0203 list[1]"],
  ],
  [
    "the whole twice",
    ({ list }) => {
      list.value = [3, 2, 1];
      list.value = [1, 2, 3];
    },
    ["LS0203 list[0]", "LS0203 list[1]", "LS0203 list[2]"],
  ],
  [
    "a part twice",
    ({ list }) => {
      list.value = [3, 2, 1];
      list.at(1).value = 2;
      list.at(1).value = 3;
    },
    ["LS0203 list[1]"],
  ],
  [
    "the whole behind a part under a condition",
    ({ go, list }) => {
      when(go, () => {
        list.at(1).value = 2;
      });
      list.value = [1, 2, 3];
    },
    ["LS0203 list[1]"],
  ],
])("is told: %s", (_name, body, expected) => {
  const others = ({ item, y, kept }: Signals): void => {
    y.value = item;
    kept.next = item;
  };
  const found = told((signals) => {
    others(signals);
    body(signals);
  });
  expect(found.filter((each) => each.startsWith("LS0203"))).toEqual(expected);
});

test("a field overrides what connect() joined", async () => {
  const Link = bundle({ data: uint(4), ready: flipped(bit) });
  class Through extends Module {
    readonly from = input(Link);
    readonly to = output(Link);
    build() {
      connect(this.to, this.from);
      this.to.data.value = this.from.data.not();
    }
  }
  const { diagnostics } = inspect(new Through({}));
  expect(diagnostics).toEqual([]);
  const bench = await simulate(new Through({}));
  bench.in.from = { data: 5 };
  expect(bench.out.to.data).toBe(10);
  bench.close();
});
