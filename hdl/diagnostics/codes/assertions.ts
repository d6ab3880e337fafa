import type { CodeFamily } from "./code-record.ts";

/** LS0501 to LS0509: complaints about assertions, assumptions and covers. */
export const assertionCodes = {
  LS0501: {
    severity: "error",
    title: "a property has no message or name",
    meaning: "An assertion or assumption says nothing of what holds, or a cover has no name.",
    why: "The message is what a person reads when the property fails; the name is how the bench finds the count.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(4));
        readonly y = output(uint(4));
        build() {
          assert(this.a.le(9), "");
          this.y.value = this.a;
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(4));
        readonly y = output(uint(4));
        build() {
          assert(this.a.le(9), "a is a decimal digit");
          this.y.value = this.a;
        }
      }`,
  },
  LS0502: {
    severity: "error",
    title: "a property looks an impossible number of cycles back",
    meaning: "The number of cycles given to past() is not a whole number from 1 to 4096.",
    why: "Each cycle is a register; the present value is the signal itself.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(4));
        readonly y = output(uint(4));
        build() {
          assert(this.a.eq(past(this.a, 0)), "a stays");
          this.y.value = this.a;
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(4));
        readonly y = output(uint(4));
        build() {
          assert(this.a.eq(past(this.a, 1)), "a stays");
          this.y.value = this.a;
        }
      }`,
  },
} as const satisfies CodeFamily;
