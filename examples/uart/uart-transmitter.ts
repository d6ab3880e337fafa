import { bit, indexWidth, input, Module, output, register, uint, when } from "../../hdl/index.ts";

/**
 * Sends bytes over one wire, 8N1: the line rests high, a start bit (0), eight data bits with the least significant
 * first, a stop bit (1). Every bit lasts `clocksPerBit` clocks: the clock frequency divided by the baud rate, rounded.
 *
 * A byte is taken in a clock in which `valid` and `ready` are both 1.
 */
export class UartTransmitter extends Module<{ clocksPerBit: number }> {
  readonly data = input(uint(8));
  readonly valid = input(bit);
  readonly ready = output(bit);
  readonly line = output(bit);

  build() {
    const { clocksPerBit } = this.params;
    const frame = register(uint(9), { reset: 0b1_1111_1111 }); // bit 0 is on the line
    const bitsLeft = register(uint(4), { reset: 0 });
    const clocksLeft = register(uint(indexWidth(clocksPerBit)), { reset: 0 });
    const idle = bitsLeft.eq(0);
    const bitOver = clocksLeft.eq(0);

    when(idle, () => {
      when(this.valid, () => {
        frame.next = this.data.shiftLeft(1); // the zero that comes in is the start bit
        bitsLeft.next = 10;
        clocksLeft.next = clocksPerBit - 1;
      });
    })
      .elsewhen(bitOver, () => {
        frame.next = frame.shiftRight(1).extend(9).or(0b1_0000_0000); // ones follow: the stop bit, then rest
        bitsLeft.next = bitsLeft.subWrap(1);
        clocksLeft.next = clocksPerBit - 1;
      })
      .otherwise(() => {
        clocksLeft.next = clocksLeft.subWrap(1);
      });

    this.ready.value = idle;
    this.line.value = frame.bit(0);
  }
}
