import { expect, test } from "vitest";
import { generatorNamed } from "../generators/index.ts";
import { Module as Base, bit, compile, delay, input, type Module, mux, output, register, uint } from "../hdl/index.ts";
import { pipelineLatency } from "./pipeline-latency.ts";
import { BothEdges, FreeRunning, NoClock, TwoClocks, Unset } from "./testing/odd-modules.ts";

test.each([
  ["vector-mac", { vectorSize: 4 }],
  ["vector-mac", { vectorSize: 4, pipelineStages: 3 }],
  ["vector-mac", { vectorSize: 4, wideBits: 0, pipelineStages: 1 }],
])("of %s %j it is what the design says", (name, params) => {
  const configured = generatorNamed(name).configure(params);
  expect(pipelineLatency(compile(configured.create()))).toBe(configured.latency);
});

test("there is none where values are kept, fed back, or come by several ways", () => {
  class Unequal extends Base {
    readonly choose = input(bit);
    readonly x = input(uint(4));
    readonly y = output(uint(4));
    build() {
      this.y.value = mux(this.choose, this.x, delay(this.x, 2));
    }
  }
  class Kept extends Base {
    readonly enable = input(bit);
    readonly x = input(uint(4));
    readonly y = output(uint(4));
    build() {
      const kept = register(uint(4), { enable: this.enable });
      kept.next = this.x;
      this.y.value = kept;
    }
  }
  const none: readonly Module[] = [
    new Unequal({}),
    new Kept({}),
    new FreeRunning({}),
    new Unset({}),
    new TwoClocks({}),
    new BothEdges({}),
    generatorNamed("mac-array").configure({ lanes: 1, vectorSize: 4, collectorDepth: 2 }).create(),
  ];
  expect(none.map((module) => pipelineLatency(compile(module)))).toEqual(none.map(() => null));
});

test("a module without a clock has none to wait for; a constant does not count", () => {
  class Tagged extends Base {
    readonly x = input(uint(4));
    readonly y = output(uint(4));
    readonly tag = output(uint(4));
    build() {
      this.y.value = delay(this.x.addWrap(1), 2);
      this.tag.value = 9;
    }
  }
  expect([pipelineLatency(compile(new NoClock({}))), pipelineLatency(compile(new Tagged({})))]).toEqual([0, 2]);
});
