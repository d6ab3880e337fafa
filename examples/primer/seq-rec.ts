import { bit, clockDomain, enumeration, input, Module, output, stateMachine, when } from "../../hdl/index.ts";

/** How much of 1, 0, 1, 1, 0 has been seen last. */
const Seen = enumeration("Seen", ["none", "s1", "s10", "s101", "s1011", "s10110"]);

/** Exercise 14. Finds 1, 0, 1, 1, 0 in a row of bits, in the cycle itself (`z`) and one later (`found`). */
export class SeqRec extends Module {
  readonly defaultDomain = clockDomain({
    clockName: "clk",
    resetName: "aresetn",
    reset: "asynchronous",
    resetActive: "low",
  });
  readonly x = input(bit);
  readonly z = output(bit);
  readonly found = output(bit);

  override get moduleName() {
    return "seq_rec";
  }

  build() {
    const { x } = this;
    const seen = stateMachine(
      Seen,
      { reset: "none" },
      {
        none: (go) => {
          when(x, () => go("s1"));
        },
        s1: (go) => {
          when(x.not(), () => go("s10"));
        },
        s10: (go) => {
          when(x, () => go("s101")).otherwise(() => go("none"));
        },
        s101: (go) => {
          when(x, () => go("s1011")).otherwise(() => go("s10"));
        },
        s1011: (go) => {
          when(x, () => go("s1")).otherwise(() => go("s10110"));
        },
        s10110: (go) => {
          when(x, () => go("s101")).otherwise(() => go("none"));
        },
      },
    );
    this.z.value = seen.is("s1011").and(x.not());
    this.found.value = seen.is("s10110");
  }
}
