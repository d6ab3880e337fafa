import { describe, expect, test } from "vitest";
import { emitVerilog, inspect, simulate } from "../index.ts";
import { cat, input, instance, Module, mux, output, type UInt, wire } from "../language/index.ts";
import { sint, uint, vec } from "../types/index.ts";
import { lint } from "../verilog/testing/tools.ts";
import { optimize } from "./optimize.ts";

const width = 4;

interface Plan {
  /** What is taken at each turn. */
  readonly turns: readonly number[];
  /** The bit of its outputs, or of the parent's input, that each bit of the child's inputs comes from. */
  readonly order: readonly number[];
  /** Whether the child has a child of its own. */
  readonly deep: boolean;
}

/** Random logic that moves bits about. */
class Child extends Module<Plan> {
  readonly x = input(uint(width));
  readonly a = input(uint(width));
  readonly pairs = input(vec(2, sint(2)));
  readonly y = output(uint(width));
  readonly halves = output(vec(2, sint(2)));
  build() {
    const { turns, deep } = this.params;
    let turn = 0;
    const take = (below: number): number => turns[turn++ % turns.length]! % below;
    const pool: UInt[] = [this.x, this.a, cat(this.pairs.at(1).asUint(), this.pairs.at(0).asUint())];
    if (deep) {
      const inner = instance(new Child({ ...this.params, turns: turns.slice(3), deep: false }));
      inner.x.value = pool[take(3)]!;
      inner.a.value = this.a;
      inner.pairs.value = [pool[2]!.slice(1, 0).asSint(), this.a.slice(3, 2).asSint()];
      pool.push(inner.y, cat(inner.halves.at(0).asUint(), inner.halves.at(1).asUint()));
    }
    for (let i = 0; i < 5; i++) {
      const [u, v] = [pool[take(pool.length)]!, pool[take(pool.length)]!];
      const named = (value: UInt): UInt => {
        const copy = wire(uint(width));
        copy.value = value;
        return copy;
      };
      const makers: (() => UInt)[] = [
        () => u.xor(v),
        () => u.or(v.not()),
        () => cat(u.slice(2, 0), v.bit(3)),
        () => cat(u.slice(1, 0), v.slice(3, 2)),
        () => mux(this.a.bit(0), u, v),
        () => u.slice(2, 1).replicate(2),
        () => named(u.and(v)),
        () => u.bit(1).add(v.bit(2)).extend(width),
        () => cat(u.bit(0).and(v.bit(0)), u.slice(2, 0)),
      ];
      pool.push(makers[take(makers.length)]!());
    }
    const half = pool.at(-2)!;
    this.y.value = pool.at(-1)!;
    this.halves.value = [half.slice(1, 0).asSint(), half.slice(3, 2).asSint()];
  }
}

class Around extends Module<Plan> {
  readonly a = input(uint(width));
  readonly y = output(uint(width));
  readonly halves = output(vec(2, sint(2)));
  build() {
    const child = instance(new Child(this.params));
    child.a.value = this.a;
    const bits = [child.y, ...child.halves.map((half) => half.asUint())].flatMap((value) =>
      Array.from({ length: value.width }, (_, i) => value.bit(i)),
    );
    const from = this.params.order.map((place) => bits[place] ?? this.a.bit(place % width));
    for (let i = 0; i < width; i++) child.x.bit(i).value = from[i]!;
    child.pairs.value = [cat(from[4]!, from[5]!).asSint(), cat(from[6]!, from[7]!).asSint()];
    this.y.value = child.y;
    this.halves.value = child.halves;
  }
}

describe("bits of ports taken apart", () => {
  test("random ways round a child are either told or mean the same in Icarus, without a warning of the linter", async () => {
    let state = 3;
    const next = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    let told = 0;
    let compared = 0;
    while (compared < 8) {
      const plan: Plan = {
        turns: Array.from({ length: 30 }, () => next(1000)),
        order: Array.from({ length: 8 }, () => next(14)),
        deep: next(2) === 1,
      };
      const { design, diagnostics } = inspect(new Around(plan));
      if (!design) {
        expect(diagnostics.map(({ code }) => code)).toContain("LS0301");
        told++;
        continue;
      }
      const files = emitVerilog(optimize(design), { sourceComments: false });
      if (!files.some(({ text }) => text.includes("UNOPTFLAT"))) continue;
      compared++;
      lint(files);
      const here = await simulate(new Around(plan));
      const icarus = await simulate(new Around(plan), { engine: "icarus" });
      for (let a = 0; a < 2 ** width; a++) {
        here.in.a = a;
        icarus.in.a = a;
        expect([icarus.out.y, icarus.out.halves], `${JSON.stringify(plan)}, a = ${a}`).toEqual([
          here.out.y,
          here.out.halves,
        ]);
      }
      here.close();
      icarus.close();
    }
    expect(told).toBeGreaterThan(0);
  });
});
