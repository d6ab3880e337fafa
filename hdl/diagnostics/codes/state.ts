import type { CodeFamily } from "./code-record.ts";

/** LS0304 to LS0319: complaints about clocks, resets and memories. */
export const stateCodes = {
  LS0304: {
    severity: "error",
    title: "a value crosses from one clock domain to another",
    meaning:
      "A register, memory or port of one clock domain depends on a register, memory or port of another; the places show the way between them.",
    why: "The value may change near the clock edge: it may be caught half changed, or leave the register undecided for a while.",
    bad: `
      class Example extends Module {
        readonly fast = clockDomain();
        readonly request = input(bit);
        readonly seen = output(bit);
        build() {
          const held = register(bit, { reset: 0 });
          held.next = this.request;
          const caught = register(bit, { reset: 0, domain: this.fast });
          const inverted = held.not();
          caught.next = inverted;
          this.seen.value = caught;
        }
      }`,
    good: `
      class Example extends Module {
        readonly fast = clockDomain();
        readonly request = input(bit);
        readonly seen = output(bit);
        build() {
          const held = register(bit, { reset: 0 });
          held.next = this.request.not();
          this.seen.value = synchronise(held, { domain: this.fast, reset: 0 });
        }
      }`,
    suppress:
      'Mark the register that may take the value: `register(type, { crossing: "reason" })`; that is what `synchronise` does.',
  },
  LS0305: {
    severity: "error",
    title: "a register has no reset value where one is required",
    meaning: "A clock domain asks that each of its registers has a reset value, and one has none.",
    why: "After a reset the register would still hold what it held, or anything after power-up.",
    bad: `
      class Example extends Module {
        readonly defaultDomain = clockDomain({ requireReset: true });
        readonly y = output(uint(8));
        build() {
          const count = register(uint(8));
          count.next = count.addWrap(1);
          this.y.value = count;
        }
      }`,
    good: `
      class Example extends Module {
        readonly defaultDomain = clockDomain({ requireReset: true });
        readonly data = input(uint(8));
        readonly y = output(uint(8));
        readonly delayed = output(uint(8));
        build() {
          const count = register(uint(8), { reset: 0 });
          count.next = count.addWrap(1);
          this.y.value = count;
          const held = register(uint(8), { noReset: "data, which a valid bit goes with" });
          held.next = this.data;
          this.delayed.value = held;
        }
      }`,
  },
  LS0306: {
    severity: "error",
    title: "a clock domain cannot be used like this",
    meaning:
      "A domain of a child is not given, a reset value stands in a domain without reset, or one port would be two things.",
    why: "The registers would have no clock, or no reset, or the wrong one.",
    bad: `
      class Example extends Module {
        readonly defaultDomain = clockDomain({ reset: "none" });
        readonly y = output(uint(8));
        build() {
          const count = register(uint(8), { reset: 0 });
          count.next = count.addWrap(1);
          this.y.value = count;
        }
      }`,
    good: `
      class Example extends Module {
        readonly defaultDomain = clockDomain({ reset: "asynchronous", resetActive: "low" });
        readonly y = output(uint(8));
        build() {
          const count = register(uint(8), { reset: 0 });
          count.next = count.addWrap(1);
          this.y.value = count;
        }
      }`,
  },
  LS0307: {
    severity: "error",
    title: "a memory cannot be used like this",
    meaning:
      "There are more initial words than the memory has, a mask without parts of the word to choose, parts that do not divide it, a write to a `rom()`, or a read that is to see a write of another clock domain.",
    why: "No hardware does what is asked for.",
    bad: `
      class Example extends Module {
        readonly address = input(uint(4));
        readonly data = input(uint(32));
        readonly bytes = input(uint(4));
        readonly read = output(uint(32));
        build() {
          const words = memory(uint(32), 16);
          words.write(this.address, this.data, { mask: this.bytes });
          this.read.value = words.readSync(this.address);
        }
      }`,
    good: `
      class Example extends Module {
        readonly address = input(uint(4));
        readonly data = input(uint(32));
        readonly bytes = input(uint(4));
        readonly read = output(uint(32));
        build() {
          const words = memory(uint(32), 16, { granularity: 8 });
          words.write(this.address, this.data, { mask: this.bytes });
          this.read.value = words.readSync(this.address);
        }
      }`,
  },
  LS0308: {
    severity: "warning",
    title: "a clock domain that nothing uses",
    meaning:
      "A module declares a clock domain, but no register, memory, property, port or child is in it. Declaring one puts nothing into it: that is what `inDomain` and the option `domain` are for. A domain whose clock or reset port is given a name is left alone: it may be there for the sake of that port.",
    why: "What was meant to be clocked by it is clocked by another clock, mostly the default one, and no crossing is seen.",
    bad: `
      class Example extends Module {
        readonly fast = clockDomain();
        readonly count = output(uint(8));
        build() {
          const count = register(uint(8), { reset: 0 });
          count.next = count.addWrap(1);
          this.count.value = count;
        }
      }`,
    good: `
      class Example extends Module {
        readonly fast = clockDomain();
        readonly count = output(uint(8));
        build() {
          inDomain(this.fast, () => {
            const count = register(uint(8), { reset: 0 });
            count.next = count.addWrap(1);
            this.count.value = count;
          });
        }
      }`,
  },
} as const satisfies CodeFamily;
