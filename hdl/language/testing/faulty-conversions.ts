import { sint, uint, vec } from "../../types/index.ts";
import { input, Module, match, memory, output, register, unpack } from "../index.ts";

// Modules whose mistake is that of somebody who thinks in another language: the hint has to know which.

class HalfOfSigned extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  readonly odd = output(uint(1));
  build() {
    this.odd.value = this.a.bit(0);
    this.y.value = this.a.asSint().shiftRight(1).asUint();
  }
}

class SignLostFromWider extends Module {
  readonly s = input(sint(4));
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const bits = this.s.asUint();
    this.y.value = this.a.addWrap(bits);
  }
}

class DifferenceIntoUnsigned extends Module<{ bits?: number }> {
  readonly a = input(uint(this.params.bits ?? 4));
  readonly y = output(uint(this.params.bits ?? 4));
  build() {
    this.y.value = this.a.sub(1).saturate(this.a.width) as never;
  }
}

class IndexTooWide extends Module<{ bits?: number }> {
  readonly word = input(uint(32));
  readonly at = input(uint(this.params.bits ?? 4));
  readonly nibble = output(uint(4));
  readonly stored = output(uint(4));
  build() {
    const words = memory(uint(4), 8);
    words.write(this.at, 1);
    this.nibble.value = unpack(vec(8, uint(4)), this.word).at(this.at);
    this.stored.value = words.read(this.at.wrap(3));
  }
}

class ShiftAsInVerilog extends Module<{ bits?: number }> {
  readonly a = input(uint(8));
  readonly by = input(uint(3));
  readonly y = output(uint(this.params.bits ?? 8));
  build() {
    this.y.value = this.a.shiftLeft(this.by);
  }
}

class SumAndDifferenceTooWide extends Module<{ bits?: number }> {
  readonly a = input(sint(8));
  readonly b = input(sint(8));
  readonly sum = output(sint(this.params.bits ?? 8));
  readonly difference = output(sint(this.params.bits ?? 8));
  build() {
    this.sum.value = this.a.add(this.b);
    this.difference.value = this.a.sub(this.b);
  }
}

class OnesByMinusOne extends Module {
  readonly select = input(uint(2));
  readonly a = input(uint(16));
  readonly y = output(uint(16));
  build() {
    this.y.value = match(this.select, { 0: this.a, otherwise: -1 });
  }
}

class OutputAsRegister extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    this.y.next = this.a;
  }
}

class NamedRegister extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const r = register(uint(8), { reset: 0 }).named("kept");
    r.next = this.a;
    this.y.value = r;
  }
}

class ClockAndResetAsPorts extends Module {
  readonly clk = input(uint(1));
  readonly reset = input(uint(1));
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const r = register(uint(8), { reset: 0 });
    r.next = this.a;
    this.y.value = r;
  }
}

/** One mistake each, that of a habit. */
export const faultyConversions: readonly (new (params: object) => Module)[] = [
  HalfOfSigned,
  SignLostFromWider,
  DifferenceIntoUnsigned,
  IndexTooWide,
  ShiftAsInVerilog,
  SumAndDifferenceTooWide,
  OnesByMinusOne,
  OutputAsRegister,
  NamedRegister,
  ClockAndResetAsPorts,
];
