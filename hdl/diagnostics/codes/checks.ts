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
  LS0209: {
    severity: "warning",
    title: "a comparison that always gives the same",
    meaning: "The values that the two sides can have decide the comparison, or a value is compared with itself.",
    why: "A branch would never be taken, or always; the literal or a width is wrong.",
    bad: `
      class Example extends Module {
        readonly count = input(uint(4));
        readonly full = output(bit);
        build() {
          this.full.value = this.count.eq(16);
        }
      }`,
    good: `
      class Example extends Module {
        readonly count = input(uint(5));
        readonly full = output(bit);
        build() {
          this.full.value = this.count.eq(16);
        }
      }`,
  },
  LS0210: {
    severity: "warning",
    title: "an instance of which no output is read",
    meaning: "A child is put in place and driven, and nothing that leaves the module depends on what it gives.",
    why: "It has no effect: a connection was forgotten, or the instance.",
    bad: `
      class Inverter extends Module {
        readonly a = input(bit);
        readonly y = output(bit);
        build() {
          this.y.value = this.a.not();
        }
      }
      class Example extends Module {
        readonly a = input(bit);
        readonly y = output(bit);
        build() {
          const inverter = instance(new Inverter({}));
          inverter.a.value = this.a;
          this.y.value = this.a;
        }
      }`,
    good: `
      class Inverter extends Module {
        readonly a = input(bit);
        readonly y = output(bit);
        build() {
          this.y.value = this.a.not();
        }
      }
      class Example extends Module {
        readonly a = input(bit);
        readonly y = output(bit);
        build() {
          const inverter = instance(new Inverter({}));
          inverter.a.value = this.a;
          this.y.value = inverter.y;
        }
      }`,
  },
  LS0211: {
    severity: "warning",
    title: "a memory that is only written, or only read",
    meaning: "Nothing reads the memory, or nothing writes it and it has no contents to begin with.",
    why: "What is never read has no effect, and what was never written is unknown.",
    bad: `
      class Example extends Module {
        readonly address = input(uint(4));
        readonly data = output(uint(8));
        build() {
          const words = memory(uint(8), 16);
          this.data.value = words.read(this.address);
        }
      }`,
    good: `
      class Example extends Module {
        readonly address = input(uint(4));
        readonly load = input(bit);
        readonly next = input(uint(8));
        readonly data = output(uint(8));
        build() {
          const words = memory(uint(8), 16);
          when(this.load, () => {
            words.write(this.address, this.next);
          });
          this.data.value = words.read(this.address);
        }
      }`,
  },
  LS0212: {
    severity: "warning",
    title: "a module without an output",
    meaning: "Nothing can come out of the module.",
    why: "A synthesis tool removes it with everything in it.",
    bad: `
      class Example extends Module {
        readonly a = input(bit);
        build() {
          allow("LS0205", "for this example", this.a);
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(bit);
        readonly y = output(bit);
        build() {
          this.y.value = this.a;
        }
      }`,
  },
  LS0213: {
    severity: "warning",
    title: "a value is used outside the when() that made it",
    meaning: "A value made inside one branch of a when() is used outside of that branch.",
    why: "The branches of a when() all run while the design is built, so a variable that they assign keeps the last one's value, whatever the condition. Driving a wire, or mux(), is meant.",
    bad: `
      class Example extends Module {
        readonly up = input(bit);
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          let step = this.a.wrap(8);
          when(this.up, () => {
            step = this.a.addWrap(1).wrap(8);
          });
          this.y.value = step; // a + 1, whatever \`up\` is
        }
      }`,
    good: `
      class Example extends Module {
        readonly up = input(bit);
        readonly a = input(uint(8));
        readonly y = output(uint(8));
        build() {
          const step = wire(uint(8));
          step.value = this.a;
          when(this.up, () => {
            step.value = this.a.addWrap(1);
          });
          this.y.value = step;
        }
      }`,
  },
  LS0214: {
    severity: "warning",
    title: "an index too narrow for what it selects from",
    meaning:
      "The index has so few bits that it cannot name every word of a memory, element of a vector or bit of a value.",
    why: "What it cannot reach is there for nothing. An index with too many bits is an error (LS0101), or checked in simulation.",
    bad: `
      class Example extends Module {
        readonly address = input(uint(3));
        readonly data = input(uint(8));
        readonly y = output(uint(8));
        build() {
          const words = memory(uint(8), 16);
          words.write(this.address, this.data);
          this.y.value = words.read(this.address);
        }
      }`,
    good: `
      class Example extends Module {
        readonly address = input(uint(4));
        readonly data = input(uint(8));
        readonly y = output(uint(8));
        build() {
          const words = memory(uint(8), 16);
          words.write(this.address, this.data);
          this.y.value = words.read(this.address);
        }
      }`,
  },
} as const satisfies CodeFamily;
