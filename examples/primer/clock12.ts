import { bit, cat, clockDomain, input, Module, mux, output, register, type UInt, uint, when } from "../../hdl/index.ts";

/** Two decimal digits from 00 to 59. */
function sixty(enable: UInt<1>) {
  const ones = register(uint(4), { reset: 0 });
  const tens = register(uint(4), { reset: 0 });
  const nine = ones.eq(9);
  const last = nine.and(tens.eq(5));
  when(enable, () => {
    ones.next = mux(nine, 0, ones.addWrap(1));
    when(nine, () => {
      tens.next = mux(last, 0, tens.addWrap(1));
    });
  });
  const wraps = enable.and(last);
  return { digits: cat(tens, ones), wraps };
}

/** Exercise 09. A clock of twelve hours in binary-coded decimal. */
export class Clock12 extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk" });
  readonly ena = input(bit);
  readonly pm = output(bit);
  readonly hh = output(uint(8));
  readonly mm = output(uint(8));
  readonly ss = output(uint(8));

  override get moduleName() {
    return "clock12";
  }

  build() {
    const seconds = sixty(this.ena);
    const minutes = sixty(seconds.wraps);
    const hours = register(uint(8), { reset: 0x12 });
    const pm = register(bit, { reset: 0 });
    when(minutes.wraps, () => {
      when(hours.eq(0x12), () => {
        hours.next = 0x01;
      })
        .elsewhen(hours.eq(0x09), () => {
          hours.next = 0x10;
        })
        .otherwise(() => {
          hours.next = hours.addWrap(1);
        });
      when(hours.eq(0x11), () => {
        pm.next = pm.not();
      });
    });
    this.pm.value = pm;
    this.hh.value = hours;
    this.mm.value = minutes.digits;
    this.ss.value = seconds.digits;
  }
}
