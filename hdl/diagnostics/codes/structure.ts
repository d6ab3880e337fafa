import type { CodeFamily } from "./code-record.ts";

/** LS0301 to LS0303: complaints about how parts of a design are joined. */
export const structureCodes = {
  LS0301: {
    severity: "error",
    title: "a combinational loop",
    meaning:
      "A value depends on itself without a register in between; the places show the way around. Every bit is looked at on its own, through children too: a chain through different bits of a wire or of a child's port is no loop. Arithmetic, comparisons and shifts by signals count as depending on every bit of their operands, and the ports of external modules are looked at as wholes.",
    why: "Such a circuit has no value, or several, or rings; simulators and timing analysis cannot treat it.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          const total = wire(uint(8));
          total.value = total.addWrap(this.a);
          this.y.value = total;
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          const total = register(uint(8), { reset: 0 });
          total.next = total.addWrap(this.a);
          this.y.value = total;
        }
      }`,
  },
  LS0302: {
    severity: "error",
    title: "a signal is used outside its module",
    meaning: "A module uses a signal that is neither its own nor a port of one of its instances.",
    why: "Values go from module to module through ports; a hidden connection would be none in Verilog.",
    bad: `
      class Example extends Module {
        readonly y = output(uint(8));
        build() {
          const source = new Source({}); // not an instance yet
          this.y.value = source.y;
        }
      }
      class Source extends Module {
        readonly y = output(uint(8));
        build() {
          this.y.value = 42;
        }
      }`,
    good: `
      class Example extends Module {
        readonly y = output(uint(8));
        build() {
          const source = instance(new Source({}));
          this.y.value = source.y;
        }
      }
      class Source extends Module {
        readonly y = output(uint(8));
        build() {
          this.y.value = 42;
        }
      }`,
  },
  LS0303: {
    severity: "error",
    title: "hardware is described outside a module's build()",
    meaning: "An operator, a declaration or an assignment runs while no module is being built.",
    why: "It would belong to no module.",
    bad: `
      const total = register(uint(8));
      total.next = 0;`,
    good: `
      class Example extends Module {
        readonly y = output(uint(8));
        build() {
          const total = register(uint(8));
          total.next = 0;
          this.y.value = total;
        }
      }`,
  },
} as const satisfies CodeFamily;
