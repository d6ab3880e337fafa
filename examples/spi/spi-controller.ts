import { bit, cat, indexWidth, input, Module, output, register, uint, when } from "../../hdl/index.ts";

/** SPI modes: 0 and 1 rest the clock at 0, 2 and 3 at 1; even modes sample on the first edge of a bit, odd on the second. */
export type SpiMode = 0 | 1 | 2 | 3;

export interface SpiParameters {
  readonly mode: SpiMode;
  /** Bits per transfer, the most significant first. */
  readonly wordBits: number;
  /** Half a period of `sclk`, in clocks. */
  readonly halfPeriod: number;
}

/**
 * The controller's end of a serial peripheral interface: one word out and, at the same time, one word in.
 *
 * A word is taken in a clock in which `valid` and `ready` are both 1. `done` is 1 for one clock when the transfer is
 * over and `received` holds the peripheral's word.
 */
export class SpiController extends Module<SpiParameters> {
  readonly data = input(uint(this.params.wordBits));
  readonly valid = input(bit);
  readonly ready = output(bit);
  readonly received = output(uint(this.params.wordBits));
  readonly done = output(bit);

  /** The four wires; `selectN` is active low. `copi` and `cipo` are also known as MOSI and MISO. */
  readonly selectN = output(bit);
  readonly sclk = output(bit);
  readonly copi = output(bit);
  readonly cipo = input(bit);

  build() {
    const { mode, wordBits, halfPeriod } = this.params;
    const clockAtRest = mode >> 1; // known as CPOL
    const samplesOnSecondEdge = (mode & 1) === 1; // known as CPHA
    const edges = 2 * wordBits;

    const selectN = register(bit, { reset: 1 });
    const sclk = register(bit, { reset: clockAtRest });
    const edgesLeft = register(uint(indexWidth(edges + 1)), { reset: 0 });
    const clocksLeft = register(uint(indexWidth(halfPeriod)), { reset: 0 });
    const toSend = register(uint(wordBits), { reset: 0 }); // its top bit is on the wire
    const received = register(uint(wordBits), { reset: 0 });
    const done = register(bit, { reset: 0 });
    done.next = 0;

    const idle = selectN;
    const halfOver = clocksLeft.eq(0);
    const wordOver = edgesLeft.eq(0);
    const firstEdge = edgesLeft.eq(edges);
    const secondOfBit = edgesLeft.bit(0); // every bit has two edges: an odd number is left before its second
    const sampling = samplesOnSecondEdge ? secondOfBit : secondOfBit.not();

    when(idle, () => {
      when(this.valid, () => {
        selectN.next = 0;
        toSend.next = this.data;
        edgesLeft.next = edges;
        clocksLeft.next = halfPeriod - 1;
      });
    })
      .elsewhen(halfOver.not(), () => {
        clocksLeft.next = clocksLeft.subWrap(1);
      })
      .elsewhen(wordOver, () => {
        selectN.next = 1;
        done.next = 1;
      })
      .otherwise(() => {
        sclk.next = sclk.not();
        edgesLeft.next = edgesLeft.subWrap(1);
        clocksLeft.next = halfPeriod - 1;
        when(sampling, () => {
          received.next = cat(received, this.cipo).wrap(wordBits);
        }).elsewhen(firstEdge.not(), () => {
          toSend.next = toSend.shiftLeft(1).wrap(wordBits); // the first bit is on the wire before the first edge
        });
      });

    this.ready.value = idle;
    this.received.value = received;
    this.done.value = done;
    this.selectN.value = selectN;
    this.sclk.value = sclk;
    this.copi.value = toSend.bit(wordBits - 1);
  }
}
