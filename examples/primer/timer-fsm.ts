import {
  bit,
  cat,
  clockDomain,
  enumeration,
  input,
  Module,
  output,
  register,
  stateMachine,
  uint,
  when,
} from "../../hdl/index.ts";

const Phase = enumeration("Phase", ["search", "delay", "counting", "done"]);

/** Exercise 18. Waits for 1, 0, 1, 1, takes a delay of four bits, and counts it down in steps of fifty clocks. */
export class TimerFsm extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk" });
  readonly data = input(bit);
  readonly ack = input(bit);
  readonly shift_ena = output(bit);
  readonly counting = output(bit);
  readonly count = output(uint(4));
  readonly done = output(bit);

  override get moduleName() {
    return "timer_fsm";
  }

  build() {
    const { data, ack } = this;
    const last = register(uint(3), { reset: 0 }); // the last three samples of this search
    const delayBits = register(uint(2), { reset: 0 });
    const count = register(uint(4));
    const cycles = register(uint(6), { reset: 0 });
    const phase = stateMachine(
      Phase,
      { reset: "search" },
      {
        search: (go) => {
          last.next = cat(last.slice(1, 0), data);
          when(cat(last, data).eq(0b1011), () => {
            last.next = 0;
            go("delay");
          });
        },
        delay: (go) => {
          count.next = cat(count.slice(2, 0), data);
          delayBits.next = delayBits.addWrap(1);
          when(delayBits.eq(3), () => go("counting"));
        },
        counting: (go) => {
          cycles.next = cycles.addWrap(1);
          when(cycles.eq(49), () => {
            cycles.next = 0;
            count.next = count.subWrap(1);
            when(count.eq(0), () => go("done"));
          });
        },
        done: (go) => {
          when(ack, () => go("search"));
        },
      },
    );
    this.shift_ena.value = phase.is("delay");
    this.counting.value = phase.is("counting");
    this.done.value = phase.is("done");
    this.count.value = count;
  }
}
