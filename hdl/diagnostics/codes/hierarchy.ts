import type { CodeFamily } from "./code-record.ts";

/** LS0320 to LS0329: complaints about instances and external modules. */
export const hierarchyCodes = {
  LS0320: {
    severity: "error",
    title: "the Verilog source of an external module cannot be read",
    meaning: "A file that a BlackBox names in `sources` is not there or cannot be read.",
    why: "Simulators and synthesis would only say that the module is unknown.",
    bad: `class Multiplier extends BlackBox {
  readonly a = input(uint(8));
  readonly y = output(uint(16));
  override get sources() {
    return ["no-such-file.v"];
  }
}
class Example extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(16));
  build() {
    const square = instance(new Multiplier({}));
    square.a.value = this.a;
    this.y.value = square.y;
  }
}`,
    good: `class Multiplier extends BlackBox {
  readonly a = input(uint(8));
  readonly y = output(uint(16));
  // override get sources() { return [new URL("multiplier.v", import.meta.url)]; }
}
class Example extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(16));
  build() {
    const square = instance(new Multiplier({}));
    square.a.value = this.a;
    this.y.value = square.y;
  }
}`,
  },
  LS0321: {
    severity: "error",
    title: "a parameter that Verilog cannot take",
    meaning:
      "The name of a BlackBox's parameter is no Verilog identifier, or its value no finite number, plain text or flag.",
    why: "The instance would not compile, or would be given another number.",
    bad: `class Delay extends BlackBox {
  readonly a = input(bit);
  readonly y = output(bit);
  override get parameters() {
    return { NANOSECONDS: 1 / 0 };
  }
}
class Example extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    const delay = instance(new Delay({}));
    delay.a.value = this.a;
    this.y.value = delay.y;
  }
}`,
    good: `class Delay extends BlackBox {
  readonly a = input(bit);
  readonly y = output(bit);
  override get parameters() {
    return { NANOSECONDS: 2.5 };
  }
}
class Example extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    const delay = instance(new Delay({}));
    delay.a.value = this.a;
    this.y.value = delay.y;
  }
}`,
  },
  LS0322: {
    severity: "error",
    title: "an external module stands alone",
    meaning: "A BlackBox is elaborated, emitted or simulated by itself.",
    why: "It has no content of which Verilog could be made; it only means something inside another module.",
    bad: `class Example extends BlackBox {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
}`,
    good: `class Inverter extends BlackBox {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
}
class Example extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const inverter = instance(new Inverter({}));
    inverter.a.value = this.a;
    this.y.value = inverter.y;
  }
}`,
  },
  LS0323: {
    severity: "error",
    title: "the model of an external module has registers but no clock",
    meaning: "The model of a BlackBox holds state, while the class names no clock port.",
    why: "The instance in Verilog would be without a clock, or be given one by a name that its module does not have.",
    bad: `class Delay extends BlackBox {
  readonly a = input(bit);
  readonly y = output(bit);
  override model() {
    const kept = register(bit);
    kept.next = this.a;
    this.y.value = kept;
  }
}
class Example extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    const delay = instance(new Delay({}));
    delay.a.value = this.a;
    this.y.value = delay.y;
  }
}`,
    good: `class Delay extends BlackBox {
  readonly a = input(bit);
  readonly y = output(bit);
  readonly defaultDomain = clockDomain({ clockName: "clk" });
  override model() {
    const kept = register(bit);
    kept.next = this.a;
    this.y.value = kept;
  }
}
class Example extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    const delay = instance(new Delay({}));
    delay.a.value = this.a;
    this.y.value = delay.y;
  }
}`,
  },
  LS0324: {
    severity: "error",
    title: "an attribute that cannot be given",
    meaning: "attribute() is used on what the module being built does not declare, or with what Verilog cannot take.",
    why: "Attributes stand before a declaration. An expression has none, and a child's ports are declared by the child.",
    bad: `class Example extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const inverted = attribute(this.a.not(), "keep", "true");
    this.y.value = inverted;
  }
}`,
    good: `class Example extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(8));
  build() {
    const inverted = attribute(wire(uint(8)), "keep", "true");
    inverted.value = this.a.not();
    this.y.value = inverted;
  }
}`,
  },
  LS0325: {
    severity: "error",
    title: "instances without end",
    meaning: "A module makes an instance of itself, directly or by way of others, and nothing ends that.",
    why: "Such hardware would be infinite. A module may well contain itself with other parameters, down to one that does not.",
    bad: `
      class Example extends Module<{ inputs?: number }> {
        readonly x = input(vec(this.params.inputs ?? 4, bit));
        readonly any = output(bit);
        build() {
          const { inputs = 4 } = this.params;
          const rest = instance(new Example({ inputs }));
          rest.x.value = this.x;
          this.any.value = this.x.at(0).or(rest.any);
        }
      }`,
    good: `
      class Example extends Module<{ inputs?: number }> {
        readonly x = input(vec(this.params.inputs ?? 4, bit));
        readonly any = output(bit);
        build() {
          const { inputs = 4 } = this.params;
          if (inputs === 1) {
            this.any.value = this.x.at(0);
            return;
          }
          const rest = instance(new Example({ inputs: inputs - 1 }));
          rest.x.value = this.x.elements.slice(1);
          this.any.value = this.x.at(0).or(rest.any);
        }
      }`,
  },
} as const satisfies CodeFamily;
