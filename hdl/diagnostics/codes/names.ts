import type { CodeFamily } from "./code-record.ts";

/** LS0401 and up: complaints about names. */
export const nameCodes = {
  LS0401: {
    severity: "error",
    title: "two things have the same name",
    meaning: "A port has the name of the clock or reset that the module has of itself.",
    why: "Port names are kept exactly or refused, since other files and test benches refer to them.",
    bad: `
      class Example extends Module {
        readonly clock = input(bit);
        readonly y = output(bit);
        build() {
          const kept = register(bit);
          kept.next = this.clock;
          this.y.value = kept;
        }
      }`,
    good: `
      class Example extends Module {
        readonly tick = input(bit);
        readonly y = output(bit);
        build() {
          const kept = register(bit);
          kept.next = this.tick;
          this.y.value = kept;
        }
      }`,
  },
  LS0402: {
    severity: "error",
    title: "a name is not legal in Verilog",
    meaning:
      "The name of a port or module is a reserved word of Verilog or SystemVerilog, or has letters that Verilog has not.",
    why: "Port and module names are kept exactly or refused, since other files and test benches refer to them.",
    bad: `
      class Example extends Module {
        readonly logic = input(bit);
        readonly y = output(bit);
        build() {
          this.y.value = this.logic.not();
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
  LS0403: {
    severity: "warning",
    title: "names that differ only in capitals",
    meaning: "Two ports, signals or instances of a module, or two modules, have names that differ only in capitals.",
    why: "VHDL and many tools take them for one, and so do the file systems of some machines.",
    bad: `
      class Example extends Module {
        readonly data = input(bit);
        readonly Data = output(bit);
        build() {
          this.Data.value = this.data.not();
        }
      }`,
    good: `
      class Example extends Module {
        readonly data = input(bit);
        readonly inverted = output(bit);
        build() {
          this.inverted.value = this.data.not();
        }
      }`,
  },
} as const satisfies CodeFamily;
