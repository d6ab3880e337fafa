import { bit, cat, indexWidth, input, Module, output, register, uint, when } from "../../hdl/index.ts";

/**
 * Receives bytes from one wire, 8N1, at `clocksPerBit` clocks per bit (4 or more). A falling edge starts a frame; the
 * start bit is looked at again in its middle, and every later bit one bit time after the one before, so in its middle
 * too. Sender and receiver may therefore differ by a few percent in speed.
 *
 * `valid` is 1 for one clock when `data` holds a new byte. When the stop bit is not 1, `framingError` is 1 for that
 * clock instead: the speeds differ, or the sender holds the line low (a break).
 */
export class UartReceiver extends Module<{ clocksPerBit: number }> {
  readonly line = input(bit);
  readonly data = output(uint(8));
  readonly valid = output(bit);
  readonly framingError = output(bit);

  build() {
    const { clocksPerBit } = this.params;
    if (clocksPerBit < 4) throw new RangeError(`clocksPerBit is ${clocksPerBit}; a bit has a middle from 4 on`);

    // The line belongs to another clock: two registers give a value that is still changing time to settle.
    const settling = register(bit, { reset: 1 });
    const level = register(bit, { reset: 1 });
    const levelBefore = register(bit, { reset: 1 });
    settling.next = this.line;
    level.next = settling;
    levelBefore.next = level;

    const bitsLeft = register(uint(4), { reset: 0 }); // 10: start bit, 9 to 2: data, 1: stop bit, 0: idle
    const clocksLeft = register(uint(indexWidth(clocksPerBit)), { reset: 0 });
    const data = register(uint(8), { reset: 0 });
    const valid = register(bit, { reset: 0 });
    const framingError = register(bit, { reset: 0 });
    valid.next = 0;
    framingError.next = 0;

    const idle = bitsLeft.eq(0);
    const inStartBit = bitsLeft.eq(10);
    const inStopBit = bitsLeft.eq(1);
    const inMiddle = clocksLeft.eq(0);
    const fallingEdge = levelBefore.and(level.not());

    when(idle, () => {
      when(fallingEdge, () => {
        bitsLeft.next = 10;
        clocksLeft.next = Math.floor(clocksPerBit / 2) - 1; // to the middle of the start bit
      });
    })
      .elsewhen(inMiddle, () => {
        bitsLeft.next = bitsLeft.subWrap(1);
        clocksLeft.next = clocksPerBit - 1; // to the middle of the next bit
        when(inStartBit, () => {
          when(level, () => {
            bitsLeft.next = 0; // no start bit, only a disturbance
          });
        })
          .elsewhen(inStopBit, () => {
            valid.next = level;
            framingError.next = level.not();
          })
          .otherwise(() => {
            data.next = cat(level, data.slice(7, 1)); // the least significant bit comes first
          });
      })
      .otherwise(() => {
        clocksLeft.next = clocksLeft.subWrap(1);
      });

    this.data.value = data;
    this.valid.value = valid;
    this.framingError.value = framingError;
  }
}
