import { bit, uint, vec } from "../../types/index.ts";
import { clockDomain, input, instance, Module, memory, output, register, switchOn, type UInt, when } from "../index.ts";

// More modules with one mistake each, for the snapshots of what a person is told.

class DefaultBehindWhen extends Module {
  readonly go = input(bit);
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  readonly z = output(uint(8));
  build() {
    this.z.value = this.a;
    when(this.go, () => {
      this.y.value = this.a;
    });
    this.y.value = 0;
  }
}

class SameConditionTwice extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    when(this.a.eq(3), () => {
      this.y.value = 1;
    })
      .elsewhen(this.a.lt(9), () => {
        this.y.value = 2;
      })
      .elsewhen(this.a.eq(3), () => {
        this.y.value = 3;
      })
      .otherwise(() => {
        this.y.value = 0;
      });
  }
}

class SameCaseTwice extends Module {
  readonly mode = input(uint(2));
  readonly y = output(bit);
  build() {
    this.y.value = 0;
    switchOn(this.mode, {
      "1": () => {
        this.y.value = 1;
      },
      "01": () => {},
      otherwise: () => {},
    });
  }
}

class AddressOutside extends Module {
  readonly a = input(uint(4));
  readonly y = output(uint(8));
  build() {
    const words = memory(uint(8), 10);
    words.write(12, this.a);
    this.y.value = words.read(this.a);
  }
}

/** Has no word of its own on resets: it follows its parent. */
class Unreset extends Module {
  readonly y = output(bit);
  build() {
    const toggle = register(bit);
    toggle.next = toggle.not();
    this.y.value = toggle;
  }
}

class ResetRequiredBelow extends Module {
  readonly defaultDomain = clockDomain({ requireReset: true });
  readonly y = output(bit);
  build() {
    this.y.value = instance(new Unreset({})).y;
  }
}

class ElementEscapes extends Module {
  readonly go = input(bit);
  readonly i = input(bit);
  readonly x = input(vec(2, bit));
  readonly y = output(bit);
  readonly z = output(bit);
  build() {
    let chosen: UInt<1> = this.x.at(0);
    this.z.value = 0;
    when(this.go, () => {
      chosen = this.x.at(this.i);
      this.z.value = chosen;
    });
    this.y.value = chosen;
  }
}

class ComparisonOfASum extends Module {
  readonly a = input(uint(4));
  readonly y = output(bit);
  build() {
    this.y.value = this.a.add(this.a).eq(31);
  }
}

class UnusedDomain extends Module {
  readonly fast = clockDomain({ reset: "asynchronous" });
  readonly y = output(bit);
  build() {
    const toggle = register(bit, { reset: 0 });
    toggle.next = toggle.not();
    this.y.value = toggle;
  }
}

/** A module with a mistake, by the name of its class. */
export const faultyStatements: readonly (new (params: Record<string, never>) => Module)[] = [
  DefaultBehindWhen,
  SameConditionTwice,
  SameCaseTwice,
  AddressOutside,
  ResetRequiredBelow,
  ElementEscapes,
  ComparisonOfASum,
  UnusedDomain,
];
