import type { CodeFamily } from "./code-record.ts";

/** LS0201 to LS0205: complaints about what drives a signal, and what reads it. */
export const drivingCodes = {
  LS0201: {
    severity: "error",
    title: "a signal is never driven",
    meaning: "Nothing is assigned to an output, a wire, a child's input or a register.",
    why: "In Verilog the signal would be unknown in simulation and anything at all in hardware.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly same = output(uint(8));
        readonly twice = output(uint(9));
        build() {
          this.same.value = this.a;
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly same = output(uint(8));
        readonly twice = output(uint(9));
        build() {
          this.same.value = this.a;
          this.twice.value = this.a.shiftLeft(1);
        }
      }`,
  },
  LS0202: {
    severity: "error",
    title: "a signal is driven only under some conditions",
    meaning: "On some path through the conditions nothing is assigned to a combinational signal.",
    why: "It would have to remember its value, which is a latch; Verilog makes one without asking.",
    bad: `
      class Example extends Module {
        readonly enable = input(bit);
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          when(this.enable, () => {
            this.y.value = this.a;
          });
        }
      }`,
    good: `
      class Example extends Module {
        readonly enable = input(bit);
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          this.y.value = 0;
          when(this.enable, () => {
            this.y.value = this.a;
          });
        }
      }`,
  },
  LS0203: {
    severity: "error",
    title: "a signal is driven twice",
    meaning: "A second assignment hides the first on every path, or one module object is made an instance twice.",
    why: "The first can have no effect, so one of the two is a mistake.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          this.y.value = this.a;
          this.y.value = this.a.not();
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly invert = input(bit);
        readonly y = output(uint(8));
        build() {
          this.y.value = this.a;
          when(this.invert, () => {
            this.y.value = this.a.not();
          });
        }
      }`,
  },
  LS0204: {
    severity: "error",
    title: "this cannot be driven here",
    meaning:
      "An expression, an input seen from inside or a child's output is assigned, an output is read inside its module, or `.value` and `.next` are mixed up.",
    why: "Every signal has one side that drives it. `.next` is for registers, `.value` for everything else.",
    bad: `
      class Example extends Module {
        readonly count = output(uint(8));
        build() {
          const total = register(uint(8), { reset: 0 });
          total.value = total.addWrap(1);
          this.count.value = total;
        }
      }`,
    good: `
      class Example extends Module {
        readonly count = output(uint(8));
        build() {
          const total = register(uint(8), { reset: 0 });
          total.next = total.addWrap(1);
          this.count.value = total;
        }
      }`,
  },
  LS0205: {
    severity: "warning",
    title: "a signal is never read",
    meaning: "Nothing that leaves the module depends on an input, a register or a wire.",
    why: "It costs area or is a sign of a slip: a JavaScript if() on a signal is always taken, and then nobody reads the signal.",
    bad: `
      class Example extends Module {
        readonly select = input(bit);
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          if (this.select) this.y.value = this.a;
          else this.y.value = 0;
        }
      }`,
    good: `
      class Example extends Module {
        readonly select = input(bit);
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          this.y.value = mux(this.select, this.a, 0);
        }
      }`,
  },
} as const satisfies CodeFamily;
