import type { CodeFamily } from "./code-record.ts";

/** LS0112 to LS0119: complaints about bundles, enumerations and their like. */
export const typeCodes = {
  LS0112: {
    severity: "error",
    title: "a bundle and what it is given do not match",
    meaning: "A field has no value, a value has no field, or two bundles that are joined do not have the same type.",
    why: "A field left out would be driven by nothing, and one too many is most often a misspelt name.",
    bad: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly request = output(bundle({ valid: bit, data: uint(8) }));
        build() {
          this.request.value = { valid: 1, date: this.a } as never;
        }
      }`,
    good: `
      class Example extends Module {
        readonly a = input(uint(8));
        readonly request = output(bundle({ valid: bit, data: uint(8) }));
        build() {
          this.request.value = { valid: 1, data: this.a };
        }
      }`,
  },
  LS0113: {
    severity: "error",
    title: "a bundle cannot have this field",
    meaning:
      "The name of a field is taken (`value`, `next`) or no part of a name in Verilog, there is no field at all, or a field is flipped where nothing has a direction.",
    why: "`request.value = …` assigns to the whole bundle, so a field of that name could not be reached. A register only stores.",
    bad: `
      class Example extends Module {
        readonly valid = input(bit);
        readonly last = output(bit);
        build() {
          const held = register(bundle({ valid: bit, ready: flipped(bit) }), { reset: 0 });
          held.valid.next = this.valid;
          held.ready.next = held.valid;
          this.last.value = held.ready;
        }
      }`,
    good: `
      class Example extends Module {
        readonly valid = input(bit);
        readonly last = output(bit);
        build() {
          const held = register(bundle({ valid: bit, ready: bit }), { reset: 0 });
          held.next = { valid: this.valid, ready: held.valid };
          this.last.value = held.ready;
        }
      }`,
  },
  LS0114: {
    severity: "error",
    title: "an enumeration cannot be declared like this",
    meaning:
      "Two members have one number or one name, a number is not whole or is negative, a name is none in Verilog, or there is no member at all.",
    why: "Every value of an enumeration needs a name of its own, which becomes a `localparam`.",
    bad: `
      class Example extends Module {
        readonly y = output(enumeration("State", { idle: 0, run: 1, wait: 1 }));
        build() {
          this.y.value = "run";
        }
      }`,
    good: `
      class Example extends Module {
        readonly y = output(enumeration("State", { idle: 0, run: 1, wait: 2 }));
        build() {
          this.y.value = "run";
        }
      }`,
  },
  LS0115: {
    severity: "error",
    title: "a value is no member of the enumeration",
    meaning: "A name is given that the enumeration has not, a number, or a signal of another enumeration.",
    why: "Numbers and other enumerations may hold encodings that stand for nothing here. The type checker refuses them where it can.",
    bad: `
      const State = enumeration("State", ["idle", "run"]);
      class Example extends Module {
        readonly y = output(State);
        build() {
          this.y.value = "runn" as never;
        }
      }`,
    good: `
      const State = enumeration("State", ["idle", "run"]);
      class Example extends Module {
        readonly y = output(State);
        build() {
          this.y.value = "run";
        }
      }`,
  },
  LS0116: {
    severity: "error",
    title: "a case can never be reached",
    meaning:
      "The signal cannot have the value of the case, the value has a case already, or `otherwise` stands where every value has one.",
    why: "Statements that never act are most often meant for another value.",
    bad: `
      class Example extends Module {
        readonly mode = input(uint(2));
        readonly y = output(uint(4));
        build() {
          this.y.value = match(this.mode, { 0: constant(uint(4), 1), 4: 2, otherwise: 3 });
        }
      }`,
    good: `
      class Example extends Module {
        readonly mode = input(uint(3));
        readonly y = output(uint(4));
        build() {
          this.y.value = match(this.mode, { 0: constant(uint(4), 1), 4: 2, otherwise: 3 });
        }
      }`,
  },
  LS0117: {
    severity: "error",
    title: "a value has no case",
    meaning:
      "Some member of an enumeration, or some value of an integer, is named by no case, and there is no `otherwise`.",
    why: "What should happen then is not said. The type checker tells it for enumerations; for integers the elaboration does.",
    bad: `
      class Example extends Module {
        readonly mode = input(uint(2));
        readonly y = output(uint(4));
        build() {
          this.y.value = match(this.mode, { 0: constant(uint(4), 1), 1: 2 });
        }
      }`,
    good: `
      class Example extends Module {
        readonly mode = input(uint(2));
        readonly y = output(uint(4));
        build() {
          this.y.value = match(this.mode, { 0: constant(uint(4), 1), 1: 2, otherwise: 0 });
        }
      }`,
  },
  LS0118: {
    severity: "warning",
    title: "a state is never entered",
    meaning: "No chain of transitions leads from the reset state to it.",
    why: "A transition has been forgotten, or the state is left over.",
    bad: `
      const State = enumeration("State", ["idle", "run", "done"]);
      class Example extends Module {
        readonly start = input(bit);
        readonly busy = output(bit);
        build() {
          const state = stateMachine(State, { reset: "idle" }, {
            idle: (go) => { when(this.start, () => go("run")); },
            run: (go) => go("idle"),
            done: (go) => go("idle"),
          });
          this.busy.value = state.is("run");
        }
      }`,
    good: `
      const State = enumeration("State", ["idle", "run", "done"]);
      class Example extends Module {
        readonly start = input(bit);
        readonly busy = output(bit);
        build() {
          const state = stateMachine(State, { reset: "idle" }, {
            idle: (go) => { when(this.start, () => go("run")); },
            run: (go) => go("done"),
            done: (go) => go("idle"),
          });
          this.busy.value = state.is("run");
        }
      }`,
  },
  LS0119: {
    severity: "error",
    title: "a value has no type of its own",
    meaning:
      "A number, a name, an empty array or an array of signals of several types stands where the type is that of the value.",
    why: "An item of a stream and a field of `bundleOf` are as wide as the signal that they are given. A number has no width.",
    bad: `
      class Example extends Module {
        readonly go = input(bit);
        readonly a = input(uint(8));
        readonly sink = output(stream(bundle({ tag: uint(4), data: uint(8) })));
        build() {
          Stream.of(this.go, { tag: 3 as unknown as UInt<4>, data: this.a }).into(this.sink);
        }
      }`,
    good: `
      class Example extends Module {
        readonly go = input(bit);
        readonly a = input(uint(8));
        readonly sink = output(stream(bundle({ tag: uint(4), data: uint(8) })));
        build() {
          Stream.of(this.go, { tag: constant(uint(4), 3), data: this.a }).into(this.sink);
        }
      }`,
  },
} as const satisfies CodeFamily;
