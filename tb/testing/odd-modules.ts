import {
  assert,
  assume,
  bit,
  clockDomain,
  cover,
  delay,
  enumeration,
  inDomain,
  input,
  instance,
  Module,
  memory,
  mux,
  output,
  past,
  register,
  sint,
  stateMachine,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";

/** No inputs; its ports have names that a bench uses itself. */
export class FreeRunning extends Module {
  readonly cycle = output(uint(8));
  readonly look = output(bit);
  build() {
    const count = register(uint(8), { reset: 3 });
    count.next = count.addWrap(1);
    this.cycle.value = count;
    this.look.value = count.reduceXor();
  }
}

/** No clock, but a port of that name. */
export class NoClock extends Module {
  readonly clock = input(sint(70));
  readonly wide = input(vec(3, sint(40)));
  readonly want_y = output(sint(71));
  readonly y = output(vec(3, sint(40)));
  build() {
    this.want_y.value = this.clock.add(1);
    this.y.value = this.wide.map((x) => x.neg().saturate(40));
  }
}

/** Registers without a reset value behind one with, deeper than the reset is long; a memory without contents. */
export class Unset extends Module {
  readonly enable = input(bit);
  readonly address = input(uint(2));
  readonly x = input(uint(8));
  readonly late = output(uint(8));
  readonly word = output(uint(8));
  readonly product = output(uint(16));
  build() {
    const count = register(uint(8), { reset: 5 });
    count.next = count.addWrap(1);
    this.late.value = delay(count, 6);
    const words = memory(uint(8), 4);
    when(this.enable, () => words.write(this.address, this.x));
    this.word.value = words.read(this.address);
    // Nothing that is kept is seen, but a four-state simulator does not know that 0 times anything is 0.
    const kept = register(uint(8));
    when(this.enable, () => {
      kept.next = this.x;
    });
    this.product.value = kept.mul(mux(this.enable.not(), 0, this.x));
  }
}

/** Two clocks that have nothing to do with each other, the second one falling with a reset of its own. */
export class TwoClocks extends Module {
  readonly fast = clockDomain({ edge: "falling", reset: "asynchronous", resetActive: "low" });
  readonly x = input(uint(4));
  readonly slowSum = output(uint(8));
  readonly fastCount = output(uint(8));
  build() {
    const sum = register(uint(8), { reset: 0 });
    sum.next = sum.addWrap(this.x);
    this.slowSum.value = sum;
    inDomain(this.fast, () => {
      const count = register(uint(8), { reset: 1 });
      count.next = count.addWrap(1);
      this.fastCount.value = count;
    });
  }
}

/** Both edges of one clock. */
export class BothEdges extends Module {
  readonly falling = clockDomain({ edge: "falling", clockName: "clock" });
  readonly x = input(uint(4));
  readonly y = output(uint(4));
  build() {
    const first = register(uint(4), { reset: 0 });
    first.next = this.x;
    inDomain(this.falling, () => {
      const second = register(uint(4), { reset: 0 });
      second.next = first;
      this.y.value = second;
    });
  }
}

const Light = enumeration("Light", ["red", "green", "yellow"]);

/** A state machine; `limit` decides whether its assertion holds. */
export class Crossing extends Module<{ limit: number }> {
  readonly button = input(bit);
  readonly shown = input(Light);
  readonly light = output(Light);
  readonly same = output(bit);
  build() {
    const waited = register(uint(4), { reset: 0 });
    const light = stateMachine(
      Light,
      { reset: "red" },
      {
        red: (go) => when(this.button, () => go("green")),
        green: (go) => {
          waited.next = waited.addWrap(1);
          when(waited.eq(5), () => go("yellow"));
        },
        yellow: (go) => {
          waited.next = 0;
          go("red");
        },
      },
    );
    this.light.value = light.state;
    this.same.value = light.state.eq(this.shown);
    assert(waited.le(this.params.limit), "no longer than the limit");
    cover(light.is("yellow"), "yellow seen");
    cover(waited.eq(7), "too long");
  }
}

/** Takes a request that must be kept until it is taken; an assertion that only holds then. */
export class Polite extends Module {
  readonly valid = input(bit);
  readonly data = input(uint(8));
  readonly ready = output(bit);
  build() {
    const count = register(uint(2), { reset: 0 });
    count.next = count.addWrap(1);
    const ready = count.eq(3);
    this.ready.value = ready;
    const waited = past(this.valid.and(ready.not()));
    const before = past(this.data);
    when(waited, () => {
      assume(this.valid, "a request stays");
      assume(this.data.eq(before), "its data stay");
    });
    const sum = register(uint(8), { reset: 0 });
    when(waited, () => {
      sum.next = this.data.xor(before);
    });
    assert(sum.eq(0), "nothing changed");
  }
}

/** Hands the inputs on to `Polite` as they are: only who drives them can keep its assumptions. */
export class Wrapper extends Module {
  readonly request = input(bit);
  readonly data = input(uint(8));
  readonly ready = output(bit);
  build() {
    const polite = instance(new Polite({}));
    polite.valid.value = this.request;
    polite.data.value = this.data;
    this.ready.value = polite.ready;
  }
}

/** Gives `Polite` other data each cycle: its own fault. */
export class Careless extends Module {
  readonly request = input(bit);
  readonly ready = output(bit);
  build() {
    const polite = instance(new Polite({}));
    const count = register(uint(8), { reset: 0 });
    count.next = count.addWrap(1);
    polite.valid.value = this.request;
    polite.data.value = count;
    this.ready.value = polite.ready;
  }
}
