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
} as const satisfies CodeFamily;
