import type { CodeFamily } from "./code-record.ts";

/** LS0130 to LS0139: complaints about statements. */
export const statementCodes = {
  LS0130: {
    severity: "error",
    title: "a branch that does not follow its when()",
    meaning: `The branches of a when() are not one statement: a branch comes after otherwise(), in another block, or after
something else has driven the same signal.`,
    why: "The whole when() stands where it begins. A branch that is added later would lose against what stands in between.",
    bad: `
      class Example extends Module {
        readonly load = input(bit);
        readonly clear = input(bit);
        readonly y = output(uint(2));
        build() {
          const loading = when(this.load, () => {
            this.y.value = 1;
          });
          when(this.clear, () => {
            this.y.value = 2;
          });
          loading.otherwise(() => {
            this.y.value = 3;
          });
        }
      }`,
    good: `
      class Example extends Module {
        readonly load = input(bit);
        readonly clear = input(bit);
        readonly y = output(uint(2));
        build() {
          when(this.load, () => {
            this.y.value = 1;
          }).otherwise(() => {
            this.y.value = 3;
          });
          when(this.clear, () => {
            this.y.value = 2;
          });
        }
      }`,
  },
  LS0131: {
    severity: "warning",
    title: "a branch that is never reached",
    meaning: `The condition of a branch cannot be 1 where it stands: it was asked for before, or contradicts a condition around
it. Or it is a constant, written where the condition stands.`,
    why: `What is in the branch has no effect, so one of the two conditions is a slip. A constant that comes from elsewhere, such
as an enable that nobody gave, is no mistake.`,
    bad: `
      class Example extends Module {
        readonly load = input(bit);
        readonly clear = input(bit);
        readonly y = output(uint(2));
        build() {
          this.y.value = 0;
          when(this.load, () => {
            this.y.value = 1;
          }).elsewhen(this.load, () => {
            this.y.value = 2;
          });
          allow("LS0205", "for this example", this.clear);
        }
      }`,
    good: `
      class Example extends Module {
        readonly load = input(bit);
        readonly clear = input(bit);
        readonly y = output(uint(2));
        build() {
          this.y.value = 0;
          when(this.load, () => {
            this.y.value = 1;
          }).elsewhen(this.clear, () => {
            this.y.value = 2;
          });
        }
      }`,
  },
} as const satisfies CodeFamily;
