import type { CodeFamily } from "./code-record.ts";

/** LS0101 to LS0111: complaints about widths, signs, literals and parameters. */
export const valueCodes = {
  LS0101: {
    severity: "error",
    title: "a value is wider than what it is assigned to",
    meaning: "The value has more bits than the signal, port, register or memory that takes it.",
    why: "Verilog would drop the upper bits without a word. Here nothing is lost in silence: you say which bits may go.",
    bad: `
      const bits: number = 8;
      class Example extends Module {
        readonly a = input(uint(8));
        readonly b = input(uint(8));
        readonly sum = output(uint(bits));
        build() {
          this.sum.value = this.a.add(this.b);
        }
      }`,
    good: `
      const bits: number = 8;
      class Example extends Module {
        readonly a = input(uint(8));
        readonly b = input(uint(8));
        readonly sum = output(uint(bits));
        build() {
          this.sum.value = this.a.addWrap(this.b); // or addSat, or an output of 9 bits
        }
      }`,
  },
  LS0102: {
    severity: "error",
    title: "signed and unsigned values are mixed",
    meaning: "One side is signed and the other is not, in an operator or in an assignment.",
    why: "The same bits mean different numbers on the two sides. Verilog makes the whole expression unsigned, rarely what was meant.",
    bad: `
      class Example extends Module {
        readonly a = input(sint(8));
        readonly b = input(uint(8));
        readonly sum = output(sint(10));
        build() {
          this.sum.value = this.a.add(this.b as never);
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(sint(8));
        readonly b = input(uint(8));
        readonly sum = output(sint(10));
        build() {
          this.sum.value = this.a.add(this.b.toSint()); // the same value, one bit more
        }
      }`,
  },
  LS0103: {
    severity: "error",
    title: "a literal does not fit its type",
    meaning: "A number in the program lies outside the range of what takes it, or is not a whole number.",
    why: "It would be cut to some other number.",
    bad: `
      class Example extends Module {
        readonly limit = output(uint(8));
        build() {
          this.limit.value = 256;
        }
      }`,
    good: `
      class Example extends Module {
        readonly limit = output(uint(9));
        build() {
          this.limit.value = 256;
        }
      }`,
  },
  LS0104: {
    severity: "error",
    title: "a bit index or slice lies outside the value",
    meaning:
      "bit(), slice() or at() names bits or elements that the value does not have, or a memory is accessed at an address that it does not have, or the two bounds are swapped.",
    why: "Verilog reads such bits as unknown and drops what is written to them.",
    bad: `
      class Example extends Module {
        readonly word = input(uint(8));
        readonly upper = output(uint(4));
        readonly lower = output(uint(4));
        build() {
          this.lower.value = this.word.slice(3, 0);
          this.upper.value = this.word.slice(8, 5);
        }
      }`,
    good: `
      class Example extends Module {
        readonly word = input(uint(8));
        readonly upper = output(uint(4));
        readonly lower = output(uint(4));
        build() {
          this.lower.value = this.word.slice(3, 0);
          this.upper.value = this.word.slice(7, 4);
        }
      }`,
  },
  LS0105: {
    severity: "error",
    title: "a narrowing operator is asked to widen, or a widening one to narrow",
    meaning: "The number of bits given to an operator is not one that it can give.",
    why: "The name of an operator says whether bits are added or lost; a reader must be able to trust it.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly y = output(uint(9));
        build() {
          this.y.value = this.a.truncate(9);
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly y = output(uint(9));
        build() {
          this.y.value = this.a.extend(9);
        }
      }`,
  },
  LS0106: {
    severity: "error",
    title: "an impossible width or length",
    meaning: "A width, a length or a count is not a whole number of at least 1.",
    why: "No hardware has such a size; most often a parameter was worked out wrongly.",
    bad: `
      const bits: number = 0;
      class Example extends Module {
        readonly y = output(uint(8));
        build() {
          const spare = wire(uint(bits));
          this.y.value = spare;
        }
      }`,
    good: `
      class Example extends Module {
        readonly y = output(uint(8));
        build() {
          const spare = wire(uint(1));
          spare.value = 0;
          this.y.value = spare;
        }
      }`,
  },
  LS0107: {
    severity: "error",
    title: "a condition is wider than one bit",
    meaning: "What stands in when() or mux() as a condition has several bits.",
    why: "Whether any bit or all bits are meant has to be said.",
    bad: `
      const bits: number = 4;
      class Example extends Module {
        readonly errors = input(uint(bits));
        readonly alarm = output(bit);
        build() {
          this.alarm.value = mux(this.errors, 1, constant(bit, 0));
        }
      }`,
    good: `
      const bits: number = 4;
      class Example extends Module {
        readonly errors = input(uint(bits));
        readonly alarm = output(bit);
        build() {
          this.alarm.value = mux(this.errors.reduceOr(), 1, constant(bit, 0));
        }
      }`,
  },
  LS0108: {
    severity: "error",
    title: "vectors of different lengths or shapes are connected",
    meaning: "The two sides of an assignment or of mux() have different numbers of elements.",
    why: "Elements would be left over or left out.",
    bad: `
      class Example extends Module {
        readonly a = input(vec(3, bit));
        readonly y = output(vec(4, bit));
        build() {
          this.y.value = this.a;
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(vec(3, bit));
        readonly y = output(vec(4, bit));
        build() {
          this.y.value = [...this.a, 0];
        }
      }`,
  },
  LS0109: {
    severity: "error",
    title: "a signal is used in JavaScript arithmetic or text",
    meaning: "A signal stands in `a + b`, `a < b` or a text. JavaScript's operators know nothing of signals.",
    why: "A signal is an object that stands for hardware; it has no number while the design is built.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly y = output(uint(9));
        build() {
          this.y.value = (this.a as never as number) + 1;
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly y = output(uint(9));
        build() {
          this.y.value = this.a.add(1);
        }
      }`,
  },
  LS0110: {
    severity: "error",
    title: "something that is not a signal stands where one is needed",
    meaning: "A plain number, or something else, stands where only a signal can: the width is not known.",
    why: "A number has a width only beside a signal that gives it one.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(4));
        readonly y = output(uint(8));
        build() {
          this.y.value = cat(0 as never, this.a);
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(4));
        readonly y = output(uint(8));
        build() {
          this.y.value = cat(constant(uint(4), 0), this.a);
        }
      }`,
  },
  LS0111: {
    severity: "error",
    title: "a module refuses its parameters",
    meaning: "The module says with require() which parameters it can be built with, and these are others.",
    why: "What would be built does not work. Nothing else of the module is built or checked.",
    bad: `
      class Queue extends Module<{ depth: number }> {
        readonly full = output(bit);
        build() {
          this.require(this.params.depth >= 2, "depth must be at least 2");
          this.full.value = 0;
        }
      }
      class Example extends Module {
        readonly full = output(bit);
        build() {
          this.full.value = instance(new Queue({ depth: 1 })).full;
        }
      }`,
    good: `
      class Queue extends Module<{ depth: number }> {
        readonly full = output(bit);
        build() {
          this.require(this.params.depth >= 2, "depth must be at least 2");
          this.full.value = 0;
        }
      }
      class Example extends Module {
        readonly full = output(bit);
        build() {
          this.full.value = instance(new Queue({ depth: 2 })).full;
        }
      }`,
  },
} as const satisfies CodeFamily;
