import {
  axiLite,
  axiLiteRegisters,
  bit,
  clockDomain,
  input,
  Module,
  mux,
  output,
  register,
  uint,
  when,
} from "../../hdl/index.ts";
import { timerRegisters } from "./timer-registers.ts";

/** A timer on an AXI4-Lite bus, with the names that a bus fabric expects: clock `aclk`, reset `aresetn`, ports `s_axi_…`. */
export class AxiTimer extends Module {
  readonly defaultDomain = clockDomain({ clockName: "aclk", resetName: "aresetn", resetActive: "low" });
  readonly s_axi = input(axiLite(timerRegisters));
  /** 1 while an interrupt is pending that is enabled. */
  readonly irq = output(bit);

  build() {
    const { control, compare, count, command, interrupt, status } = axiLiteRegisters(this.s_axi, timerRegisters);

    const restart = command.restart.written.and(command.restart.data);
    const clocks = register(uint(16), { reset: 0 });
    const tick = control.enable.value.and(clocks.ge(control.prescale.value));
    when(restart.or(tick), () => {
      clocks.next = 0;
    }).elsewhen(control.enable.value, () => {
      clocks.next = clocks.addWrap(1);
    });

    // At `compare` a timer that is not periodic stays where it is; the period ends once, with the tick that gets it there.
    const atCompare = count.value.value.ge(compare.value.value);
    const periodic = control.periodic.value;
    const after = mux(atCompare, mux(periodic, 0, count.value.value), count.value.value.addWrap(1));
    count.value.load(restart.or(tick), mux(restart, 0, after));

    const stopped = register(bit, { reset: 0 });
    const ends = tick.and(atCompare).and(restart.not()).and(stopped.not());
    when(restart.or(control.enable.value.not()), () => {
      stopped.next = 0;
    }).elsewhen(ends, () => {
      stopped.next = periodic.not();
    });

    const periods = register(uint(8), { reset: 0, enable: ends });
    periods.next = periods.addWrap(1);
    interrupt.pending.set(ends);
    status.ended.set(ends);
    status.periods.value = periods;
    this.irq.value = interrupt.pending.value.and(interrupt.enabled.value);
  }
}
