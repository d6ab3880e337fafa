import { bit, bundle, flipped, sint, uint, vec } from "../../types/index.ts";
import { cat, input, instance, Module, memory, mux, output, register, type UInt, when, wire } from "../index.ts";

// Widths that the type checker does not know, so that the mistakes below reach the elaboration.
const byte: number = 8;

// Modules with one mistake each (the last has several), for the snapshots of what a person is told.

class TooWide extends Module {
  readonly a = input(uint(8));
  readonly b = input(uint(8));
  readonly sum = output(uint(byte));
  build() {
    this.sum.value = this.a.add(this.b);
  }
}

class MixedSigns extends Module {
  readonly a = input(sint(8));
  readonly b = input(uint(8));
  readonly sum = output(sint(9));
  build() {
    // The type checker refuses this too; a cast stands for code that it cannot see.
    this.sum.value = this.a.add(this.b as never);
  }
}

class SignLost extends Module {
  readonly a = input(sint(8));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a as never;
  }
}

class LiteralTooLarge extends Module {
  readonly y = output(uint(8));
  build() {
    this.y.value = 256;
  }
}

class LiteralFraction extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(9));
  build() {
    this.y.value = this.a.add(0.5);
  }
}

class ResetTooLarge extends Module {
  readonly y = output(uint(4));
  build() {
    const count = register(uint(4), { reset: 16 });
    count.next = count.addWrap(1);
    this.y.value = count;
  }
}

class SliceOutside extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(4));
  build() {
    this.y.value = this.a.slice(8, 5);
  }
}

class ElementOutside extends Module {
  readonly a = input(vec(4, uint(8)));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a.at(4);
  }
}

class NarrowerThanNothing extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(9));
  build() {
    this.y.value = this.a.truncate(9);
  }
}

class NoWidth extends Module {
  readonly y = output(uint(8));
  build() {
    const empty = wire(uint(0 as number));
    this.y.value = empty;
  }
}

class WideCondition extends Module {
  readonly a = input(uint(2));
  readonly y = output(bit);
  build() {
    this.y.value = 0;
    when(this.a as UInt, () => {
      this.y.value = 1;
    });
  }
}

class WrongLength extends Module {
  readonly a = input(vec(3, bit));
  readonly y = output(vec(4, bit));
  build() {
    this.y.value = this.a;
  }
}

class Refused extends Module<{ depth?: number }> {
  readonly y = output(bit);
  build() {
    const { depth = 1 } = this.params;
    this.require(depth >= 2, "depth must be at least 2");
    this.y.value = 0;
  }
}

class UsedAsNumber extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(9));
  build() {
    // Type-checked code cannot say this; plain JavaScript can.
    this.y.value = ((this.a as never as number) + 1) as number;
  }
}

class LiteralForSignal extends Module {
  readonly a = input(uint(4));
  readonly y = output(uint(8));
  readonly z = output(uint(8));
  build() {
    this.y.value = cat(0 as never, this.a);
    this.z.value = mux(this.a.eq(1), 2 as never, 3);
  }
}

class NeverRead extends Module {
  readonly select = input(bit);
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const lonely = register(uint(8));
    lonely.next = lonely.addWrap(1);
    // A signal is an object, so this branch is always taken.
    if (this.select) this.y.value = this.a;
    else this.y.value = 0;
  }
}

class Undriven extends Module {
  readonly y = output(uint(8));
  readonly z = output(vec(2, bit));
  build() {
    const idle = register(uint(4));
    this.z.at(0).value = idle.bit(0);
  }
}

class PartlyDriven extends Module {
  readonly enable = input(bit);
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    when(this.enable, () => {
      this.y.value = this.a;
    });
  }
}

class DrivenTwice extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a;
    this.y.value = this.a.not();
  }
}

class DrivesItsInput extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    this.a.value = 3;
    this.y.value = this.a;
  }
}

class DrivesAnExpression extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const inverted = this.a.not();
    inverted.value = 3;
    this.y.value = inverted;
  }
}

class ValueOfARegister extends Module {
  readonly y = output(uint(8));
  build() {
    const total = register(uint(8));
    total.value = 3;
    this.y.value = total;
  }
}

class ReadsItsOutput extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  readonly z = output(uint(8));
  build() {
    this.y.value = this.a;
    this.z.value = this.y.not();
  }
}

class Loop extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const first = wire(uint(8));
    const second = wire(uint(8));
    first.value = second.xor(this.a);
    second.value = first.not();
    this.y.value = second;
  }
}

class Through extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a.not();
  }
}

class LoopThroughChildren extends Module {
  readonly y = output(uint(8));
  build() {
    const left = instance(new Through({}));
    const right = instance(new Through({}));
    left.a.value = right.y;
    right.a.value = left.y;
    this.y.value = left.y;
  }
}

class ChildInputUndriven extends Module {
  readonly y = output(uint(8));
  build() {
    const child = instance(new Through({}));
    this.y.value = child.y;
  }
}

class Lender extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  inner: UInt | undefined;
  build() {
    const secret = this.a.not();
    this.inner = secret;
    this.y.value = secret;
  }
}

class UsesForeignSignal extends Module {
  readonly y = output(uint(8));
  build() {
    const lender = instance(new Lender({}));
    lender.a.value = 1;
    this.y.value = lender.inner!.xor(lender.y);
  }
}

class UsesUnplacedChild extends Module {
  readonly y = output(uint(8));
  build() {
    const child = new Through({});
    this.y.value = child.y;
  }
}

class SameChildTwice extends Module {
  readonly y = output(uint(8));
  build() {
    const child = instance(new Through({}));
    child.a.value = 1;
    const again = instance(child);
    this.y.value = again.y;
  }
}

class ClockPort extends Module {
  readonly clock = input(bit);
  readonly y = output(bit);
  build() {
    const kept = register(bit);
    kept.next = this.clock;
    this.y.value = kept;
  }
}

class ReservedPort extends Module {
  readonly logic = input(bit);
  readonly größe = input(bit);
  readonly y = output(bit);
  build() {
    this.y.value = this.logic.and(this.größe);
  }
}

class ForeignMemory extends Module {
  readonly y = output(uint(8));
  build() {
    const store = memory(uint(8), 4);
    store.write(5, 300);
    this.y.value = store.read(0);
  }
}

class OtherFields extends Module {
  readonly a = input(uint(8));
  readonly y = output(bundle({ valid: bit, data: uint(8), ready: flipped(bit) }));
  build() {
    const { a, y } = this;
    y.value = { valid: y.ready, date: a } as never;
  }
}

class StoredDirection extends Module {
  readonly y = output(bit);
  build() {
    const stored = register(bundle({ valid: bit, ready: flipped(bit) }), { reset: 0 });
    stored.valid.next = stored.ready;
    stored.ready.next = stored.valid;
    this.y.value = stored.valid;
  }
}

class SeveralMistakes extends Module {
  readonly a = input(uint(byte));
  readonly b = input(sint(8));
  readonly y = output(uint(4));
  readonly z = output(uint(4));
  build() {
    this.y.value = this.a;
    const both = mux(this.a.eq(3), this.b.add(1), 300);
    const joined = cat();
    this.y.value = both.asUint().bit(12).xor(joined);
  }
}

/** A module with a mistake, by the name of its class. */
export const faultyModules: readonly (new (params: Record<string, never>) => Module)[] = [
  TooWide,
  MixedSigns,
  SignLost,
  LiteralTooLarge,
  LiteralFraction,
  ResetTooLarge,
  SliceOutside,
  ElementOutside,
  NarrowerThanNothing,
  NoWidth,
  WideCondition,
  WrongLength,
  Refused,
  UsedAsNumber,
  LiteralForSignal,
  NeverRead,
  Undriven,
  PartlyDriven,
  DrivenTwice,
  DrivesItsInput,
  DrivesAnExpression,
  ValueOfARegister,
  ReadsItsOutput,
  Loop,
  LoopThroughChildren,
  ChildInputUndriven,
  UsesForeignSignal,
  UsesUnplacedChild,
  SameChildTwice,
  ClockPort,
  ReservedPort,
  ForeignMemory,
  OtherFields,
  StoredDirection,
  SeveralMistakes,
];

/** Describes hardware where no module is being built. */
export function registerOutside(): void {
  const stray = register(uint(8));
  stray.next = 0;
}
