import type { CodeFamily } from "./code-record.ts";

/** LS0120 to LS0129: complaints about operators. */
export const operatorCodes = {
  LS0120: {
    severity: "error",
    title: "a shift by a signal grows beyond all use",
    meaning: `shiftLeft() keeps every bit, so by a signal of n bits its result is 2^n − 1 bits wider. Above 1024 bits that is
taken for a mistake.`,
    why: "An amount of 8 bits, of which the design uses the values up to 15, would cost 255 bits of hardware.",
    bad: `class Example extends Module {
  readonly a = input(uint(8));
  readonly by = input(uint(12));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a.shiftLeft(this.by).wrap(8);
  }
}`,
    good: `class Example extends Module {
  readonly a = input(uint(8));
  readonly by = input(uint(12));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a.shiftLeftWrap(this.by);
  }
}`,
  },
  LS0121: {
    severity: "error",
    title: "a division by zero or by a signal",
    meaning:
      "divFloor(), divTrunc(), remFloor() and remTrunc() divide by a number that is known when the design is built.",
    why: "By a number a division is a multiplication or less; by a signal it is a large circuit, or several cycles.",
    bad: `class Example extends Module<{ groups?: number }> {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a.divFloor(this.params.groups ?? 0);
  }
}`,
    good: `class Example extends Module<{ groups?: number }> {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a.divFloor(this.params.groups ?? 3);
  }
}`,
  },
  LS0122: {
    severity: "error",
    title: "a shift to the right leaves no bit",
    meaning: "shiftRight() by a number drops that many bits, and the value has no more than those.",
    why: "A signal has one bit at least. Most often a parameter was worked out wrongly, or the operand is narrower than it was.",
    bad: `class Example extends Module<{ count?: number }> {
  readonly a = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = this.a.xor(this.a.shiftRight(this.params.count ?? 4));
  }
}`,
    good: `class Example extends Module<{ count?: number }> {
  readonly a = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = this.a.xor(this.a.shiftRight(this.params.count ?? 2));
  }
}`,
  },
  LS0123: {
    severity: "warning",
    title: "a shift to the left leaves only zeros",
    meaning: "shiftLeftWrap() by a number that is not below the width loses every bit of the value.",
    why: "The value has no effect then: the number is wrong, or shiftLeft(), which keeps every bit, was meant.",
    bad: `class Example extends Module {
  readonly a = input(uint(4));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a.or(this.a.shiftLeftWrap(4));
  }
}`,
    good: `class Example extends Module {
  readonly a = input(uint(4));
  readonly y = output(uint(8));
  build() {
    this.y.value = this.a.or(this.a.shiftLeft(4));
  }
}`,
  },
  LS0124: {
    severity: "warning",
    title: "a signed value is read as unsigned and then extended",
    meaning: `asUint() keeps the bits, the sign among them. Where the result meets something wider, in an assignment or an
operator, zeros come in above that sign, and a negative value becomes a large positive one.`,
    why: `So \`x.asSint().shiftRight(1).asUint()\`, one bit narrower than x, would be a logical shift where an arithmetic one
was meant. Extend before the sign is gone, or say that zeros are wanted.`,
    bad: `class Example extends Module {
  readonly a = input(uint(8));
  readonly half = output(uint(8));
  readonly odd = output(bit);
  build() {
    this.odd.value = this.a.bit(0);
    this.half.value = this.a.asSint().shiftRight(1).asUint();
  }
}`,
    good: `class Example extends Module {
  readonly a = input(uint(8));
  readonly half = output(uint(8));
  readonly odd = output(bit);
  build() {
    this.odd.value = this.a.bit(0);
    this.half.value = this.a.asSint().shiftRightKeep(1).asUint(); // or .shiftRight(1).extend(8).asUint()
  }
}`,
  },
} as const satisfies CodeFamily;
