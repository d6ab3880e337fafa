import type { CodeFamily } from "./code-record.ts";

/** LS0206 to LS0219: complaints of the checks of a finished netlist. */
export const checkCodes = {
  LS0206: {
    severity: "error",
    title: "some bits of a signal are never driven",
    meaning: "Some bits of an output, a wire, a child's input or a register are assigned, and others never.",
    why: "The others would be unknown in simulation and anything at all in hardware.",
    bad: `
      class Example extends Module {
        readonly error = input(bit);
        readonly status = output(uint(8));
        build() {
          this.status.bit(7).value = this.error;
          this.status.slice(3, 0).value = 5;
        }
      }`,
    good: `
      class Example extends Module {
        readonly error = input(bit);
        readonly status = output(uint(8));
        build() {
          this.status.value = 0; // the default; what follows overrides its bits
          this.status.bit(7).value = this.error;
          this.status.slice(3, 0).value = 5;
        }
      }`,
  },
  LS0207: {
    severity: "warning",
    title: "an allow() that allows nothing",
    meaning: "The code allows a warning that would not be told anyway.",
    why: "What it once excused is gone; left in place, it would hide the next mistake of that kind.",
    bad: `
      class Example extends Module {
        readonly a = allow("LS0205", "read in the next revision", input(bit));
        readonly y = output(bit);
        build() {
          this.y.value = this.a.not();
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(bit);
        readonly y = output(bit);
        build() {
          this.y.value = this.a.not();
        }
      }`,
  },
  LS0208: {
    severity: "error",
    title: "an allow() that cannot be given",
    meaning: "allow() names an error or no code at all, gives no reason, or stands where it is about nothing.",
    why: "An error has to be mended, and a reader must learn why a warning may stay.",
    bad: `
      class Example extends Module {
        readonly spare = input(bit);
        readonly y = output(bit);
        build() {
          allow("LS0205", "", this.spare);
          this.y.value = 0;
        }
      }`,
    good: `
      class Example extends Module {
        readonly spare = input(bit);
        readonly y = output(bit);
        build() {
          allow("LS0205", "on the pad ring already, used from revision B on", this.spare);
          this.y.value = 0;
        }
      }`,
  },
} as const satisfies CodeFamily;
