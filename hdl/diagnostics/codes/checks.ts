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
} as const satisfies CodeFamily;
